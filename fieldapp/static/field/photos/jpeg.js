/** Cleans a JPEG that a browser made: JFIF and pictures, nothing else. */

import { PhotoRefused } from "./errors.js";
import { endsAfter, isFrame, segments } from "./jpeg-header.js";

/** JFIF 1.02 without density or thumbnail. */
const JFIF = [0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 2, 0, 0, 1, 0, 1, 0, 0];
const BASELINE = 0xc0;

/**
 * Drops every APP1 to APP15 and COM segment (Exif, colour profiles, maker's notes, comments), and every APP0 but one
 * JFIF header, which is added where it is missing.
 * @param {Uint8Array} bytes
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {PhotoRefused} `encoder_failed` when it is not a whole baseline JPEG
 */
export function cleaned(bytes) {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new PhotoRefused("encoder_failed", "not a JPEG");
  const kept = [new Uint8Array([0xff, 0xd8, ...JFIF])];
  let scan = 0;
  for (const { marker, at, end } of segments(bytes)) {
    if (isFrame(marker) && marker !== BASELINE) throw new PhotoRefused("encoder_failed", "not baseline");
    const dropped = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    if (!dropped) kept.push(bytes.slice(at, end));
    scan = end;
  }
  if (!endsAfter(bytes, scan)) throw new PhotoRefused("encoder_failed", "no end of image");
  kept.push(bytes.slice(scan));
  return joined(kept);
}

/** @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
