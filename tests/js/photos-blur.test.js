// What is left of an area that was blurred: a few flat tiles of a few colours, from which nothing can be worked out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pixelsOf, tilesOf } from "../../fieldapp/static/field/photos/blur.js";

/** @param {number} width @param {number} height @param {(x: number, y: number) => number[]} colour */
function picture(width, height, colour) {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) data.set([...colour(x, y), 255], 4 * (y * width + x));
  return data;
}

test("whatever the size of the area, at most six tiles stand along its longer side, and they cover it", () => {
  for (const [width, height] of /** @type {const} */ ([
    [600, 400],
    [40, 300],
    [7, 3],
    [1, 1],
  ])) {
    const tiles = tilesOf(
      picture(width, height, (x, y) => [x % 256, y % 256, 0]),
      width,
      height,
    );
    assert.ok(tiles.length <= 36);
    assert.equal(
      tiles.reduce((sum, { w, h }) => sum + w * h, 0),
      width * height,
    );
  }
});

test("a line of writing and another one leave the same tiles", () => {
  const written = (/** @type {(x: number) => boolean} */ ink) =>
    tilesOf(
      picture(300, 50, (x) => (ink(x) ? [20, 20, 20] : [240, 240, 240])),
      300,
      50,
    );
  assert.deepEqual(
    written((x) => x % 2 < 1),
    written((x) => x % 10 < 5),
  );
});

test("the area is cut to the picture, in whole pixels that hold all of it", () => {
  assert.deepEqual(pixelsOf({ x: 0, y: 0, w: 10_000, h: 10_000 }, 1600, 1200), { x: 0, y: 0, w: 1600, h: 1200 });
  assert.deepEqual(pixelsOf({ x: 5001, y: 2500, w: 1, h: 9000 }, 1600, 1200), { x: 800, y: 400, w: 1, h: 800 });
});
