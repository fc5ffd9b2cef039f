/** Turns what the camera or the person gives into three clean, upright JPEGs; runs in a worker, or in the page. */

import { blur } from "./blur.js";
import { PhotoRefused } from "./errors.js";
import { readHeader } from "./header.js";
import { cleaned } from "./jpeg.js";
import { browserTurns, swapsSides, uprightTransform } from "./orientation.js";

/** Longest side in pixels (never enlarged), and JPEG quality. */
const PRINTS = /** @type {const} */ ({
  archive: { longest: 1600, quality: 0.84 },
  report: { longest: 1000, quality: 0.8 },
  thumb: { longest: 320, quality: 0.7 },
});
const MOST_BYTES = 50e6;
const MOST_PIXELS = 100e6;

/** @typedef {OffscreenCanvas | HTMLCanvasElement} Canvas */
/** @typedef {{bytes: ArrayBuffer, width: number, height: number, sha256: string}} Print */
/** @typedef {{archive: Print, report: Print, thumb: Print}} Developed */
/** An upright picture, or one that we must still put upright. @typedef {{bitmap: ImageBitmap, orientation: number}} Negative */

/**
 * @param {Blob | ImageBitmap} source an ImageBitmap is closed
 * @param {import('./blur.js').Area[]} [areas] that nobody may make out any more
 * @returns {Promise<Developed>}
 * @throws {PhotoRefused}
 */
export async function developHere(source, areas = []) {
  const { bitmap, orientation } = source instanceof Blob ? await expose(source) : { bitmap: source, orientation: 1 };
  try {
    const sides = swapsSides(orientation) ? [bitmap.height, bitmap.width] : [bitmap.width, bitmap.height];
    const [width, height] = /** @type {[number, number]} */ (sides);
    const archive = drawn(PRINTS.archive.longest, width, height, (context, w, h) => {
      context.setTransform(...uprightTransform(orientation, w, h));
      const [across, down] = swapsSides(orientation) ? [h, w] : [w, h];
      context.drawImage(bitmap, 0, 0, across, down);
    });
    for (const area of areas) blur(contextOf(archive), area);
    const report = smaller(archive, PRINTS.report.longest);
    const thumb = smaller(report, PRINTS.thumb.longest);
    const [first, second, third] = await Promise.all([
      printed(archive, PRINTS.archive.quality),
      printed(report, PRINTS.report.quality),
      printed(thumb, PRINTS.thumb.quality),
    ]);
    return { archive: first, report: second, thumb: third };
  } finally {
    bitmap.close();
  }
}

/** Tells whether this thread can draw and encode without the page. */
export function canDevelopOffscreen() {
  try {
    return typeof createImageBitmap === "function" && new OffscreenCanvas(1, 1).getContext("2d") !== null;
  } catch {
    return false;
  }
}

/**
 * Refuses what cannot be a photograph, then decodes.
 * @param {Blob} file
 * @returns {Promise<Negative>}
 */
async function expose(file) {
  if (file.size === 0) throw new PhotoRefused("empty_image");
  if (file.size > MOST_BYTES) throw new PhotoRefused("image_too_heavy", `${file.size} bytes`);
  const header = readHeader(new Uint8Array(await file.arrayBuffer()));
  if (header.width * header.height > MOST_PIXELS) {
    throw new PhotoRefused("image_too_large", `${header.width} × ${header.height}`);
  }
  if (!header.whole) throw new PhotoRefused("damaged_image", "the file ends early");
  const turned = header.orientation === 1 || (await browserTurns(decode));
  try {
    return { bitmap: await decode(file), orientation: turned ? 1 : header.orientation };
  } catch (error) {
    throw new PhotoRefused(header.format === "heic" ? "heic_unsupported" : "damaged_image", String(error));
  }
}

/** @param {Blob} file */
async function decode(file) {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch (error) {
    // Browsers before 2023 know the option by another name, or not at all.
    if (error instanceof TypeError) return createImageBitmap(file);
    throw error;
  }
}

/**
 * @param {Canvas} from
 * @param {number} longest
 */
function smaller(from, longest) {
  return drawn(longest, from.width, from.height, (context, w, h) => context.drawImage(from, 0, 0, w, h));
}

/**
 * Draws on a new canvas of the size that fits; white shows where the picture is transparent.
 * @param {number} longest
 * @param {number} width
 * @param {number} height
 * @param {(context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D, w: number, h: number) => void} draw
 * @returns {Canvas}
 */
function drawn(longest, width, height, draw) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = newCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = contextOf(canvas);
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  draw(context, canvas.width, canvas.height);
  return canvas;
}

/** @param {Canvas} canvas */
function contextOf(canvas) {
  const context = /** @type {CanvasRenderingContext2D | null} */ (canvas.getContext("2d", { alpha: false }));
  if (context === null) throw new PhotoRefused("encoder_failed", "no canvas");
  return context;
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {Canvas}
 */
function newCanvas(width, height) {
  if (canDevelopOffscreen()) return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

/**
 * Encodes, cleans and hashes.
 * @param {Canvas} canvas
 * @param {number} quality
 * @returns {Promise<Print>}
 */
async function printed(canvas, quality) {
  const blob = await encoded(canvas, quality);
  if (blob === null || blob.type !== "image/jpeg") throw new PhotoRefused("encoder_failed", "no JPEG");
  const bytes = cleaned(new Uint8Array(await blob.arrayBuffer()));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { bytes: bytes.buffer, width: canvas.width, height: canvas.height, sha256 };
}

/**
 * @param {Canvas} canvas
 * @param {number} quality
 * @returns {Promise<Blob | null>}
 */
function encoded(canvas, quality) {
  if ("convertToBlob" in canvas) return canvas.convertToBlob({ type: "image/jpeg", quality });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
}
