/** Reads the header of HEIC and AVIF files (ISO/IEC 14496-12 boxes, 23008-12 image size). */

import { PhotoRefused } from "./errors.js";

const HEIC_BRANDS = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];
const AVIF_BRANDS = ["avif", "avis"];

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {import('./header.js').ImageHeader}
 */
export function isoHeader(bytes, view) {
  const brands = brandsOf(bytes, view);
  const avif = brands.some((brand) => AVIF_BRANDS.includes(brand));
  if (!avif && !brands.some((brand) => HEIC_BRANDS.includes(brand))) throw new PhotoRefused("not_an_image");
  const { width, height } = largestImage(bytes, view);
  // The decoder turns these by itself: their turn is a property of the image, not of Exif.
  return { format: avif ? "avif" : "heic", width, height, orientation: 1, whole: boxesEnd(bytes, view) };
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 */
function brandsOf(bytes, view) {
  const end = Math.min(view.getUint32(0), bytes.length);
  const brands = [];
  for (let at = 8; at + 4 <= end; at += 4) {
    // What follows the main brand is its version.
    if (at !== 12) brands.push(text(bytes, at));
  }
  return brands;
}

/**
 * Each image, and each of the tiles that make a large one, has a size box: the largest counts.
 * @param {Uint8Array} bytes
 * @param {DataView} view
 */
function largestImage(bytes, view) {
  let [width, height] = [0, 0];
  for (let at = bytes.indexOf(0x69); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf(0x69, at + 1)) {
    if (text(bytes, at) !== "ispe") continue;
    const [w, h] = [view.getUint32(at + 8), view.getUint32(at + 12)];
    if (w * h > width * height) [width, height] = [w, h];
    // Pixels may look like a box by chance: the real ones stand before them.
    if (at > 1_000_000) break;
  }
  if (width === 0) throw new PhotoRefused("damaged_image", "no image size");
  return { width, height };
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 */
function boxesEnd(bytes, view) {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const size = view.getUint32(at);
    if (size === 0) return true;
    const length = size === 1 ? Number(view.getBigUint64(at + 8)) : size;
    if (length < 8) return false;
    at += length;
  }
  return at === bytes.length;
}

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function text(bytes, at) {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
