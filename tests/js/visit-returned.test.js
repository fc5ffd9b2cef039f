import assert from "node:assert/strict";
import { test } from "node:test";
import { askedOf, comments, placeOf, toAnswer } from "../../fieldapp/static/field/visit/returned.js";

const said = (/** @type {Record<string, unknown>} */ body) => ({
  text: "À revoir",
  by: "Odile",
  wants: "correction",
  ...body,
});
/** @type {Record<string, Record<string, any>>} */
const things = {
  wall: { room_id: "room" },
  photo: { body: { room_id: "room", subject_kind: "element", subject_id: "wall" } },
  late: { body: said({ at: "2026-11-19", subject_kind: "photo", subject_id: "photo" }) },
  early: { body: said({ at: "2026-11-18", subject_kind: "element", subject_id: "wall" }) },
  answered: {
    body: said({ at: "2026-11-17", subject_kind: "inventory", subject_id: "root" }),
    answer: { done: true, text: "", at: "2026-11-18" },
  },
  empty: {},
};
const draft = /** @type {any} */ ({
  get: (/** @type {string} */ id) => things[id] && { fields: things[id] },
  list: () => ["late", "early", "answered", "empty"].map((id) => ({ id, ...things[id] })),
  photos: (/** @type {string} */ id) => (id === "wall" ? [{ id: "photo" }] : []),
});
const ids = (/** @type {{id: string}[]} */ list) => list.map(({ id }) => id);

test("what the office sent back is read in the order in which it was written", () => {
  assert.deepEqual(ids(comments(draft)), ["answered", "early", "late"]);
  assert.deepEqual(ids(toAnswer(draft)), ["early", "late"]);
});

test("a row shows what is asked of it and of its photographs", () => {
  assert.deepEqual(ids(askedOf(draft, "wall")), ["early", "late"]);
  assert.deepEqual(ids(askedOf(draft, "floor")), []);
});

test("a comment leads to its room and its row, one about the whole leads nowhere", () => {
  const place = (/** @type {string} */ id) => placeOf(draft, /** @type {any} */ ({ id, ...things[id] }));
  assert.deepEqual(place("early"), { roomId: "room", elementId: "wall" });
  assert.deepEqual(place("late"), { roomId: "room", elementId: "wall" });
  assert.equal(place("answered"), null);
});
