// Arrows and circles over a photo that stays what it is.

import { nothing, svg } from "lit";
import { n } from "../i18n.js";
import { BOX } from "../rules/photo-mark.js";

/** @typedef {import("../rules/photo-mark.js").Mark} Mark */
/** @typedef {{width: number, height: number}} Size of the photo, in pixels */

const HEAD = { least: 350, most: 1100, share: 0.35, angle: Math.PI / 7 };

/**
 * The box in which a photo's marks are drawn, as a `viewBox`.
 * @param {Size} size
 * @returns {string}
 */
export function boxOf({ width, height }) {
  const scale = BOX / Math.max(width, height, 1);
  return `0 0 ${Math.round(width * scale)} ${Math.round(height * scale)}`;
}

/**
 * A mark as the path of an SVG, in the units of its box.
 * @param {Mark} mark
 * @returns {string}
 */
export function markPath(mark) {
  if (mark.shape === "circle") {
    const { x, y, r } = mark;
    return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
  }
  const { x, y, x2, y2 } = mark;
  const [across, down] = [x - x2, y - y2];
  const length = Math.min(HEAD.most, Math.max(HEAD.least, Math.hypot(across, down) * HEAD.share));
  const back = Math.atan2(down, across);
  const barb = (/** @type {number} */ turn) =>
    `${Math.round(x2 + length * Math.cos(back + turn))} ${Math.round(y2 + length * Math.sin(back + turn))}`;
  return `M${x} ${y}L${x2} ${y2}M${barb(HEAD.angle)}L${x2} ${y2}L${barb(-HEAD.angle)}`;
}

/**
 * The marks of a photo, to be laid over its picture.
 * @param {Mark[] | null | undefined} marks
 * @param {Size | null | undefined} size
 */
export function marksLayer(marks, size) {
  if (!marks?.length || !size) return nothing;
  return svg`<svg class="marks" viewBox=${boxOf(size)} role="img" aria-label=${marksSaid(marks)}>${marks.map(drawn)}</svg>`;
}

/** One mark, with its halo. @param {Mark} mark */
export function drawn(mark) {
  const path = markPath(mark);
  return svg`<path class="halo" d=${path}></path><path d=${path}></path>`;
}

/** What is drawn, in words. @param {Mark[]} marks */
export function marksSaid(marks) {
  const arrows = marks.filter((mark) => mark.shape === "arrow").length;
  const circles = marks.length - arrows;
  return [
    arrows > 0 && n("{count} flèche posée sur la photo", "{count} flèches posées sur la photo", arrows),
    circles > 0 && n("{count} cercle posé sur la photo", "{count} cercles posés sur la photo", circles),
  ]
    .filter(Boolean)
    .join(", ");
}
