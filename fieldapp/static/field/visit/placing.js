// Placing an arrow, a circle or an area on a photo, by finger or by buttons: numbers only.

import { BOX } from "../rules/photo-mark.js";

/** @typedef {"arrow" | "circle" | "blur"} Tool */
/** @typedef {{x: number, y: number}} Point */
/** From where a finger went down to where it is; both in the units of the box. @typedef {{from: Point, to: Point}} Drag */
/** @typedef {"left" | "right" | "up" | "down" | "larger" | "smaller" | "turn"} Nudge */

/** Shorter than this a finger only touched. */
const TOUCH = 250;
const STEP = 400;
const GROWTH = 1.25;

/** Where a shape stands before anybody moved it: in the middle of the photo. @param {Tool} tool @param {Point} end of the box @returns {Drag} */
export function centred(tool, end) {
  const [x, y, reach] = [end.x / 2, end.y / 2, Math.min(end.x, end.y) / 5];
  const middle = whole({ x, y }, end);
  if (tool === "circle") return { from: middle, to: whole({ x: x + reach, y }, end) };
  if (tool === "arrow") return { from: whole({ x: x - 2 * reach, y: y - 2 * reach }, end), to: middle };
  return { from: whole({ x: x - reach, y: y - reach }, end), to: whole({ x: x + reach, y: y + reach }, end) };
}

/** Whether a finger drew something, or only touched. @param {Drag} drag */
export function isDrawn({ from, to }) {
  return Math.hypot(to.x - from.x, to.y - from.y) >= TOUCH;
}

/**
 * What a drag draws: an arrow points to where the finger stopped, a circle grows around where it began.
 * @param {"arrow" | "circle"} tool
 * @param {Drag} drag
 * @returns {import("../rules/photo-mark.js").Mark}
 */
export function markOf(tool, { from, to }) {
  if (tool === "arrow") return { shape: "arrow", x: from.x, y: from.y, x2: to.x, y2: to.y };
  const radius = Math.round(Math.hypot(to.x - from.x, to.y - from.y));
  return { shape: "circle", x: from.x, y: from.y, r: Math.min(BOX, Math.max(1, radius)) };
}

/** The area between two corners. @param {Drag} drag */
export function areaOf({ from, to }) {
  const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
  return { x, y, w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
}

/**
 * Moves, grows or turns a shape by one press of a button; it stays on the photo.
 * @param {Tool} tool
 * @param {Drag} drag
 * @param {Nudge} nudge
 * @param {Point} end of the box
 * @returns {Drag}
 */
export function nudged(tool, { from, to }, nudge, end) {
  const moves = /** @type {Record<string, Point>} */ ({
    left: { x: -STEP, y: 0 },
    right: { x: STEP, y: 0 },
    up: { x: 0, y: -STEP },
    down: { x: 0, y: STEP },
  });
  const move = moves[nudge];
  if (move) return { from: moved(from, move, end), to: moved(to, move, end) };
  // An arrow keeps its tip, a circle its centre, an area its middle.
  const fixed = tool === "arrow" ? to : tool === "circle" ? from : { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  const around = (/** @type {Point} */ point) => {
    const [x, y] = [point.x - fixed.x, point.y - fixed.y];
    if (nudge === "turn") return whole({ x: fixed.x - y, y: fixed.y + x }, end);
    const factor = nudge === "larger" ? GROWTH : 1 / GROWTH;
    return whole({ x: fixed.x + x * factor, y: fixed.y + y * factor }, end);
  };
  const turned = { from: tool === "circle" ? from : around(from), to: tool === "arrow" ? to : around(to) };
  return isDrawn(turned) ? turned : { from, to };
}

/** @param {Point} point @param {Point} by @param {Point} end */
function moved({ x, y }, by, end) {
  return whole({ x: x + by.x, y: y + by.y }, end);
}

/** The nearest whole point of the photo. @param {Point} point @param {Point} end @returns {Point} */
export function whole({ x, y }, end) {
  const within = (/** @type {number} */ value, /** @type {number} */ most) =>
    Math.round(Math.min(Math.max(value, 0), most));
  return { x: within(x, end.x), y: within(y, end.y) };
}
