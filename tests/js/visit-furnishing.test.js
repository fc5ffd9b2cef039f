/** Rooms and elements are offered from the landlord's own catalogue, by the same rule as on the server. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { usualElements } from "../../fieldapp/static/field/rules/house-catalogue.js";
import { offeredElements } from "../../fieldapp/static/field/visit/furnishing.js";

/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), "utf8"));
const catalogue = read("catalogue.json");
const vector = read("house/usual.json");

for (const { house, room, usual } of vector.cases) {
  test(`a new ${room} holds what the server would put there, ${house ? "in the landlord’s words" : "in ours"}`, () => {
    assert.deepEqual(usualElements(catalogue, house ? vector.house : null, room), usual);
  });
}

test("an element is offered with the landlord’s words and material, and every other kind below", () => {
  const { usual, others } = offeredElements({ ...catalogue, house: vector.house }, "kitchen");
  assert.deepEqual(usual[0], { element_kind: "sink", label: "Évier deux bacs", material: "Inox" });
  const there = new Set(usual.map((each) => each.element_kind));
  const rest = catalogue.elements
    .map((/** @type {any} */ row) => row.code)
    .filter((/** @type {string} */ code) => !there.has(code));
  assert.deepEqual(
    others.map((each) => each.element_kind),
    rest,
  );
});
