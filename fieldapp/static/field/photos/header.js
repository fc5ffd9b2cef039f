/** Reads what a file says of itself before anything decodes it: format, size, orientation, and whether it is whole. */

import { PhotoRefused } from "./errors.js";
import { isoHeader } from "./iso-header.js";
import { jpegHeader } from "./jpeg-header.js";

/**
 * @typedef {object} ImageHeader
 * @property {"jpeg" | "png" | "gif" | "webp" | "bmp" | "heic" | "avif"} format
 * @property {number} width pixels as stored, before any turn
 * @property {number} height
 * @property {number} orientation EXIF 1 to 8; 1 where the format keeps none that we must apply
 * @property {boolean} whole the file does not end early
 */

/**
 * @param {Uint8Array} bytes
 * @returns {ImageHeader}
 * @throws {PhotoRefused} `empty_image`, `not_an_image`, `damaged_image`
 */
export function readHeader(bytes) {
  if (bytes.length === 0) throw new PhotoRefused("empty_image");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const read = READERS.find(({ begins }) => begins(bytes))?.read;
  if (read === undefined) throw new PhotoRefused("not_an_image");
  try {
    return read(bytes, view);
  } catch (error) {
    // Reading beyond the end.
    if (error instanceof RangeError) throw new PhotoRefused("damaged_image", "the header is cut");
    throw error;
  }
}

/** @type {{begins: (bytes: Uint8Array) => boolean, read: (bytes: Uint8Array, view: DataView) => ImageHeader}[]} */
const READERS = [
  { begins: (bytes) => has(bytes, 0, "\xff\xd8\xff"), read: jpegHeader },
  { begins: (bytes) => has(bytes, 0, "\x89PNG\r\n\x1a\n"), read: pngHeader },
  { begins: (bytes) => has(bytes, 0, "GIF8"), read: gifHeader },
  { begins: (bytes) => has(bytes, 0, "RIFF") && has(bytes, 8, "WEBP"), read: webpHeader },
  { begins: (bytes) => has(bytes, 0, "BM") && bytes.length > 26, read: bmpHeader },
  { begins: (bytes) => has(bytes, 4, "ftyp"), read: isoHeader },
];

/**
 * @param {Uint8Array} bytes
 * @param {number} at
 * @param {string} text one character a byte
 */
export function has(bytes, at, text) {
  return Array.from(text).every((character, index) => bytes[at + index] === character.charCodeAt(0));
}

/**
 * PNG (ISO/IEC 15948): the size is in the first chunk, the last one is empty and named IEND.
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {ImageHeader}
 */
function pngHeader(bytes, view) {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return { format: "png", width, height, orientation: 1, whole: chunksEnd(bytes, view) };
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 */
function chunksEnd(bytes, view) {
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    if (has(bytes, at + 4, "IEND")) return true;
  }
  return false;
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {ImageHeader}
 */
function gifHeader(bytes, view) {
  const [width, height] = [view.getUint16(6, true), view.getUint16(8, true)];
  return { format: "gif", width, height, orientation: 1, whole: bytes.lastIndexOf(0x3b) > 12 };
}

/**
 * WebP (RFC 9649): lossy, lossless and extended files keep the size in three ways.
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {ImageHeader}
 */
function webpHeader(bytes, view) {
  const whole = view.getUint32(4, true) + 8 <= bytes.length;
  const rest = /** @type {const} */ ({ format: "webp", orientation: 1 });
  if (has(bytes, 12, "VP8X")) {
    const triple = (/** @type {number} */ at) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
    return { ...rest, width: triple(24), height: triple(27), whole };
  }
  if (has(bytes, 12, "VP8L")) {
    const bits = view.getUint32(21, true);
    return { ...rest, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, whole };
  }
  return { ...rest, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, whole };
}

/**
 * @param {Uint8Array} bytes
 * @param {DataView} view
 * @returns {ImageHeader}
 */
function bmpHeader(bytes, view) {
  const [width, height] = [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  return { format: "bmp", width, height, orientation: 1, whole: view.getUint32(2, true) <= bytes.length };
}
