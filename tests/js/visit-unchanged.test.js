/** *Inchangé* takes what the entry says, and only that. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { entriesOf, entryOf } from "../../fieldapp/static/field/visit/entry-look.js";
import { emptyUnchanged, fillUnchanged } from "../../fieldapp/static/field/visit/room-fill.js";

const catalogue = {
  elements: [
    { code: "floor", surface: "floor" },
    { code: "walls", surface: "wall" },
    { code: "sockets" },
    { code: "fuse_board", safety: true },
  ],
  states: ["new", "good", "worn", "poor", "out_of_order", "not_checked", "absent"].map((code) => ({ code })),
  defects: [{ code: "stain", replaces: ["mark"] }, { code: "hole" }],
};

/** @param {string} id @param {string} element_kind @param {Record<string, any>} fields @returns {any} */
const row = (id, element_kind, fields) => ({ id, element_kind, material_confirmed: false, ...fields });
/** @param {any} item */
const own = (item) => item.entry ?? null;
/** @param {any[]} items @param {any[]} changes */
const after = (items, changes) =>
  items.map((item) => ({
    ...item,
    ...Object.fromEntries(changes.filter((made) => made.entityId === item.id).map((made) => [made.field, made.value])),
  }));

const room = () => [
  row("floor", "floor", { material: "Parquet", entry: { state: "worn", material: "Parquet", defects: ["mark"] } }),
  row("walls", "walls", { material: "Peinture", state: "poor", entry: { state: "good", defects: [] } }),
  row("sockets", "sockets", {
    entry: { state: "good", working: "yes", cleanliness: "clean", quantity: 4, defects: [] },
  }),
  row("board", "fuse_board", { entry: { state: "good", defects: [] } }),
  row("blind", "shutter", { entry: { state: "not_checked", defects: [] } }),
  row("gone", "shutter", { entry: { state: "absent", defects: [] } }),
  row("new", "shutter", {}),
  row("redone", "shutter", { works: { on: null, document: "" }, entry: { state: "good", defects: [] } }),
  row("old", "shutter", { entry: { state: "fair", defects: [] } }),
  row("odd", "shutter", { entry: { state: "good", defects: ["gouge"] } }),
];

test("untouched rows become what the entry says, with its words of today, and remember it", () => {
  const [floor, walls, sockets, ...others] = after(room(), fillUnchanged(catalogue, room(), own).forth);
  assert.deepEqual(
    [floor.state, floor.defects, floor.material_confirmed, floor.filled_at_one_touch],
    ["worn", ["stain"], true, true],
  );
  assert.deepEqual([walls.state, walls.filled_at_one_touch, walls.material_confirmed], ["poor", undefined, false]);
  assert.deepEqual(
    [sockets.state, sockets.working, sockets.cleanliness, sockets.quantity, sockets.filled_at_one_touch],
    ["good", "yes", "clean", 4, true],
  );
  assert.deepEqual(
    others.map((item) => item.state),
    others.map(() => undefined),
    "safety, not checked, absent, added, replaced and unknown words are looked at one by one",
  );
});

test("taking it back at once gives every row as it was, and later every filled row empty", () => {
  const { forth, back } = fillUnchanged(catalogue, room(), own);
  const [floor, , sockets] = after(after(room(), forth), back);
  assert.deepEqual([floor.state, floor.defects, floor.material_confirmed], [null, null, false]);
  assert.deepEqual([sockets.state, sockets.quantity, sockets.filled_at_one_touch], [null, null, false]);
  const filled = after(room(), forth);
  const emptied = after(filled, emptyUnchanged(filled));
  assert.deepEqual([emptied[0].state, emptied[1].state, emptied[2].working], [null, "poor", null]);
});

test("a row that was made of one of the entry shows that one, a row made of two shows none", () => {
  const entities = {
    id: { kind: "inventory", fields: { entry: { origin: "sealed" } } },
    a: { kind: "element", fields: { deleted: true, entry: { state: "good" } } },
    b: { kind: "element", fields: { entry: { state: "worn" } } },
  };
  const draft = /** @type {any} */ ({
    id: "id",
    header: entities.id.fields,
    list: () => [],
    get: (/** @type {"a" | "b"} */ id) => entities[id],
    state: () => ({ entities }),
  });
  const entries = entriesOf(draft);
  assert.deepEqual(entryOf(entries, "element", { id: "c", from: ["a"] }), { state: "good" });
  assert.equal(entryOf(entries, "element", { id: "c", from: ["a", "b"] }), null);
  assert.equal(entryOf(entries, "element", { id: "c" }), null);
  assert.deepEqual(
    entries.removed("element").map((source) => source.thing.id),
    ["a", "b"],
    "nobody's room is there any more",
  );
});
