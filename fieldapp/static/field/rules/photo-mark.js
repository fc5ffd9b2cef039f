/** Arrows and circles that point at something on a photograph: drawn over it as vectors, never into it. */

/** The longest side of every photograph; the other side has as many units as the picture's shape leaves it. */
export const BOX = 10_000;
export const MOST = 20;

/** @typedef {{shape: "arrow", x: number, y: number, x2: number, y2: number}} Arrow from its tail to its tip */
/** @typedef {{shape: "circle", x: number, y: number, r: number}} Circle */
/** @typedef {Arrow | Circle} Mark whole numbers from 0 to `BOX` */

/** @type {Record<string, string[]>} */
const SHAPES = { arrow: ["x", "y", "x2", "y2"], circle: ["x", "y", "r"] };

/**
 * Gives what the field `marks` of a photograph draws; whatever is no such shape is left out.
 * @param {any} value
 * @returns {Mark[]}
 */
export function marksOf(value) {
  if (!Array.isArray(value)) return [];
  return value.filter(isMark).map((mark) => {
    const measures = SHAPES[mark.shape] ?? [];
    return /** @type {Mark} */ (
      Object.fromEntries([["shape", mark.shape], ...measures.map((name) => [name, mark[name]])])
    );
  });
}

/** @param {any} value */
function isMark(value) {
  if (value === null || typeof value !== "object" || !Object.hasOwn(SHAPES, value.shape)) return false;
  return (SHAPES[value.shape] ?? []).every(
    (name) => Number.isInteger(value[name]) && value[name] >= 0 && value[name] <= BOX,
  );
}
