/** The turn that Exif asks for, applied exactly once, whether the browser does it or we do. */

/**
 * A grey JPEG of 2 × 1 pixels whose Exif asks for a quarter turn: a browser that obeys makes it 1 × 2.
 */
const PROBE =
  "/9j/4AAQSkZJRgABAQAAAQABAAD/4QAiRXhpZgAATU0AKgAAAAgAAQESAAMAAAABAAYAAAAAAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUl" +
  "KFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAABAAIBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/E" +
  "ABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z";

/** @type {Promise<boolean> | null} */
let turns = null;

/**
 * Tells whether `decode` turns pictures as Exif asks; tried once.
 * @param {(blob: Blob) => Promise<{width: number, height: number}>} decode
 * @returns {Promise<boolean>}
 */
export function browserTurns(decode) {
  const bytes = Uint8Array.from(atob(PROBE), (character) => character.charCodeAt(0));
  turns ??= decode(new Blob([bytes], { type: "image/jpeg" })).then(({ width, height }) => width < height);
  return turns;
}

/** @param {number} orientation EXIF 1 to 8 */
export function swapsSides(orientation) {
  return orientation >= 5;
}

/**
 * Gives the canvas transform that puts a stored picture upright; `w` and `h` are its upright size.
 * @param {number} orientation EXIF 1 to 8
 * @param {number} w
 * @param {number} h
 * @returns {[number, number, number, number, number, number]} a, b, c, d, e, f of `setTransform`
 */
export function uprightTransform(orientation, w, h) {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, w, 0];
    case 3:
      return [-1, 0, 0, -1, w, h];
    case 4:
      return [1, 0, 0, -1, 0, h];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, w, 0];
    case 7:
      return [0, -1, -1, 0, w, h];
    case 8:
      return [0, -1, 1, 0, 0, h];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
