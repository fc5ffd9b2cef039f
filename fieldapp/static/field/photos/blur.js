/** Makes an area of a picture impossible to make out: a few flat tiles remain, of a few colours. */

import { BOX } from "../rules/photo-mark.js";

/** A rectangle, in units of which the picture's longest side has `BOX`. @typedef {{x: number, y: number, w: number, h: number}} Area */
/** @typedef {{x: number, y: number, w: number, h: number}} Rectangle in pixels */

/** Along the longer side of the area: too few for a face or a line of writing, whatever its size. */
const TILES = 6;
/** Of each colour: an average that is kept exactly would say more. */
const LEVELS = 8;

/**
 * Paints over an area; nothing of what was there can be worked out from what is left.
 * @param {CanvasRenderingContext2D} context
 * @param {Area} area
 */
export function blur(context, area) {
  const { width, height } = context.canvas;
  const { x, y, w, h } = pixelsOf(area, width, height);
  if (w < 1 || h < 1) return;
  const { data } = context.getImageData(x, y, w, h);
  for (const tile of tilesOf(data, w, h)) {
    context.fillStyle = tile.colour;
    context.fillRect(x + tile.x, y + tile.y, tile.w, tile.h);
  }
}

/**
 * Gives the pixels of an area, whole ones, inside the picture.
 * @param {Area} area
 * @param {number} width
 * @param {number} height
 * @returns {Rectangle}
 */
export function pixelsOf({ x, y, w, h }, width, height) {
  const scale = Math.max(width, height) / BOX;
  const within = (/** @type {number} */ value, /** @type {number} */ most) => Math.min(Math.max(value, 0), most);
  const [left, top] = [within(Math.floor(x * scale), width), within(Math.floor(y * scale), height)];
  const [right, bottom] = [within(Math.ceil((x + w) * scale), width), within(Math.ceil((y + h) * scale), height)];
  return { x: left, y: top, w: right - left, h: bottom - top };
}

/**
 * Gives the flat tiles that take the place of pixels.
 * @param {Uint8ClampedArray} data red, green, blue, alpha of each pixel
 * @param {number} width
 * @param {number} height
 * @returns {(Rectangle & {colour: string})[]}
 */
export function tilesOf(data, width, height) {
  const side = Math.ceil(Math.max(width, height) / TILES);
  const tiles = [];
  for (let y = 0; y < height; y += side) {
    for (let x = 0; x < width; x += side) {
      const tile = { x, y, w: Math.min(side, width - x), h: Math.min(side, height - y) };
      tiles.push({ ...tile, colour: colourOf(data, width, tile) });
    }
  }
  return tiles;
}

/**
 * @param {Uint8ClampedArray} data
 * @param {number} width
 * @param {Rectangle} tile
 */
function colourOf(data, width, { x, y, w, h }) {
  const sum = [0, 0, 0];
  for (let row = y; row < y + h; row += 1) {
    for (let at = 4 * (row * width + x); at < 4 * (row * width + x + w); at += 4) {
      for (const channel of [0, 1, 2]) sum[channel] = (sum[channel] ?? 0) + (data[at + channel] ?? 0);
    }
  }
  const step = 256 / LEVELS;
  const parts = sum.map((total) => step * Math.floor(total / (w * h) / step) + step / 2);
  return `rgb(${parts.join(" ")})`;
}
