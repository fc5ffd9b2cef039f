/** Reads the header of a JPEG file (ITU-T T.81), with the orientation that Exif adds (CIPA DC-008). */

import { PhotoRefused } from "./errors.js";

/**
 * A segment: its marker, and where its content lies.
 * @typedef {{marker: number, at: number, start: number, end: number}} Segment
 */

const SOS = 0xda;

/**
 * Walks the segments up to the first scan; the last one given is the scan's header.
 * @param {Uint8Array} bytes
 * @returns {Generator<Segment>}
 * @throws {PhotoRefused} `damaged_image`
 */
export function* segments(bytes) {
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw new PhotoRefused("damaged_image", "no marker where one must be");
    const marker = /** @type {number} */ (bytes[at + 1]);
    // Fill bytes before a marker.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    if (end > bytes.length) break;
    yield { marker, at, start: at + 4, end };
    if (marker === SOS) return;
    at = end;
  }
  throw new PhotoRefused("damaged_image", "the file ends before its first scan");
}

/** @param {number} marker a frame header: the size is in it */
export function isFrame(marker) {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {import('./header.js').ImageHeader}
 */
export function jpegHeader(bytes, view) {
  let [width, height, orientation, scan] = [0, 0, 1, 0];
  for (const { marker, start, end } of segments(bytes)) {
    if (isFrame(marker)) [height, width] = [view.getUint16(start + 1), view.getUint16(start + 3)];
    if (marker === 0xe1) orientation = exifOrientation(view, start, end) ?? orientation;
    scan = end;
  }
  if (width === 0 || height === 0) throw new PhotoRefused("damaged_image", "no frame");
  return { format: "jpeg", width, height, orientation, whole: endsAfter(bytes, scan) };
}

/**
 * Tells whether the end-of-image marker follows the scan: decoders show what they have of a cut file.
 * @param {Uint8Array} bytes
 * @param {number} scan
 */
export function endsAfter(bytes, scan) {
  for (let at = bytes.length - 2; at >= scan; at--) if (bytes[at] === 0xff && bytes[at + 1] === 0xd9) return true;
  return false;
}

/**
 * @param {DataView} view
 * @param {number} start
 * @param {number} end
 * @returns {number | null} 1 to 8
 */
function exifOrientation(view, start, end) {
  // "Exif", two zeros, then a TIFF header.
  if (end - start < 14 || view.getUint32(start) !== 0x45786966) return null;
  const tiff = start + 6;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return null;
  const count = view.getUint16(directory, little);
  for (let entry = directory + 2; entry + 12 <= end && entry < directory + 2 + 12 * count; entry += 12) {
    if (view.getUint16(entry, little) !== 0x0112) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
