// Arrows and circles: placed by finger or by buttons, always whole numbers on the photo.

import assert from "node:assert/strict";
import { test } from "node:test";
import { boxOf, markPath } from "../../fieldapp/static/field/elements/marks-layer.js";
import { marksOf } from "../../fieldapp/static/field/rules/photo-mark.js";
import { areaOf, centred, isDrawn, markOf, nudged } from "../../fieldapp/static/field/visit/placing.js";

const END = { x: 10_000, y: 7_500 };
const TOOLS = /** @type {const} */ (["arrow", "circle", "blur"]);
const NUDGES = /** @type {const} */ (["left", "right", "up", "down", "larger", "smaller", "turn"]);

test("the box follows the photo's shape, its longest side is always the same", () => {
  assert.equal(boxOf({ width: 1000, height: 750 }), "0 0 10000 7500");
  assert.equal(boxOf({ width: 600, height: 800 }), "0 0 7500 10000");
});

test("an arrow points to where the finger stopped, a circle grows around where it began", () => {
  const drag = { from: { x: 1000, y: 1000 }, to: { x: 4000, y: 5000 } };
  assert.deepEqual(markOf("arrow", drag), { shape: "arrow", x: 1000, y: 1000, x2: 4000, y2: 5000 });
  assert.deepEqual(markOf("circle", drag), { shape: "circle", x: 1000, y: 1000, r: 5000 });
  assert.deepEqual(areaOf({ from: drag.to, to: drag.from }), { x: 1000, y: 1000, w: 3000, h: 4000 });
  assert.equal(markPath(markOf("arrow", drag)).startsWith("M1000 1000L4000 5000M"), true);
});

test("a touch that does not move draws nothing", () => {
  assert.equal(isDrawn({ from: { x: 10, y: 10 }, to: { x: 60, y: 40 } }), false);
});

test("by buttons alone every shape is placed, moved and sized, and stays on the photo", () => {
  for (const tool of TOOLS) {
    const start = centred(tool, END);
    assert.ok(isDrawn(start));
    for (const nudge of NUDGES) {
      let drag = start;
      for (let times = 0; times < 40; times += 1) drag = nudged(tool, drag, nudge, END);
      for (const { x, y } of [drag.from, drag.to]) {
        assert.ok(Number.isInteger(x) && x >= 0 && x <= END.x, `${tool} ${nudge} ${x}`);
        assert.ok(Number.isInteger(y) && y >= 0 && y <= END.y, `${tool} ${nudge} ${y}`);
      }
    }
    assert.notDeepEqual(nudged(tool, start, "left", END), start);
    assert.notDeepEqual(nudged(tool, start, "smaller", END), start);
  }
});

test("what is no mark is left out of what is signed", () => {
  const good = { shape: "circle", x: 1, y: 2, r: 3 };
  assert.deepEqual(
    marksOf([
      good,
      { shape: "circle", x: 1, y: 2 },
      { shape: "star" },
      null,
      { ...good, r: 10_001 },
      { ...good, x: 1.5 },
    ]),
    [good],
  );
  assert.deepEqual(marksOf("circle"), []);
});
