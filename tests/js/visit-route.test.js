// The day in the order of its way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hasRoute, inRouteOrder, metresBetween } from "../../fieldapp/static/field/visit/route.js";

/** @param {string} id @param {string} at @param {number | null} [lat] in thousandths of a degree east of nothing */
const stop = (id, at, lat = null) => ({
  id,
  starts_at: `2026-11-28T${at}:00.000Z`,
  dwelling_summary: { point: lat === null ? null : { lat_e7: 470000000 + lat * 10000, lon_e7: -15000000 } },
});

test("the day begins with its first appointment, then goes to what is nearest", () => {
  const day = [stop("noon", "12:00", 1), stop("early", "08:00", 0), stop("late", "16:00", 2), stop("ten", "10:00", 9)];
  const way = inRouteOrder(day);
  assert.deepEqual(
    way.map((each) => each.stop.id),
    ["early", "noon", "late", "ten"],
  );
  assert.deepEqual(
    way.map(({ metres }) => metres),
    [null, 111, 111, 778],
  );
});

test("of two that are as near, the earlier comes first, and one in the same building is no way at all", () => {
  const way = inRouteOrder([stop("b", "11:00", 0), stop("a", "09:00", 0), stop("c", "10:00", 0)]);
  assert.deepEqual(
    way.map((each) => [each.stop.id, each.metres]),
    [
      ["a", null],
      ["c", 0],
      ["b", 0],
    ],
  );
});

test("what has no point loses no place in the day: it comes last, by its hour", () => {
  const way = inRouteOrder([stop("x", "09:00"), stop("a", "10:00", 0), stop("w", "08:00"), stop("b", "11:00", 5)]);
  assert.deepEqual(
    way.map((each) => each.stop.id),
    ["a", "b", "w", "x"],
  );
});

test("a way is only offered where there is one", () => {
  assert.equal(hasRoute([stop("a", "09:00", 0), stop("b", "10:00", 0), stop("c", "11:00")]), false);
  assert.equal(hasRoute([stop("a", "09:00", 0), stop("b", "10:00", 1)]), true);
});

test("a distance is that of the sphere", () => {
  const nantes = { lat_e7: 472184000, lon_e7: -15536000 };
  const quimper = { lat_e7: 479960000, lon_e7: -41024000 };
  assert.equal(Math.round(metresBetween(nantes, quimper) / 1000), 210);
});
