import assert from "node:assert/strict";
import { test } from "node:test";
import { copyOfElement, duplicated, freeName, move } from "../../fieldapp/static/field/visit/arrange.js";
import { applyPreset, emptyFilled, fillRest, giveState } from "../../fieldapp/static/field/visit/room-fill.js";
import { progress } from "../../fieldapp/static/field/visit/room-progress.js";
import { roomAfter } from "../../fieldapp/static/field/visit/walk.js";

const catalogue = {
  elements: [
    { code: "floor", surface: "floor" },
    { code: "walls", surface: "wall" },
    { code: "ceiling", surface: "ceiling" },
    { code: "sockets" },
    { code: "fuse_board", safety: true },
  ],
};

/** @param {Record<string, unknown>} fields */
const element = (fields) => ({ id: String(fields.element_kind), ...fields });
const room = () => [
  element({ element_kind: "floor", material: "Parquet", material_confirmed: false }),
  element({ element_kind: "walls", material: "Peinture", material_confirmed: true, state: "poor" }),
  element({ element_kind: "sockets" }),
  element({ element_kind: "fuse_board" }),
];
/** @param {any[]} elements @param {any[]} changes */
const after = (elements, changes) =>
  elements.map((item) => ({
    ...item,
    ...Object.fromEntries(changes.filter((made) => made.entityId === item.id).map((made) => [made.field, made.value])),
  }));

test("the rest in good order fills untouched rows only, and each remembers it", () => {
  const filled = after(room(), fillRest(catalogue, room()).forth);
  assert.deepEqual(
    filled.map((item) => item.state),
    ["good", "poor", "good", undefined],
  );
  assert.deepEqual(
    filled.map((item) => item.filled_at_one_touch ?? false),
    [true, false, true, false],
  );
});

test("the rest in good order confirms the materials that it shows", () => {
  assert.equal(progress(catalogue, after(room(), fillRest(catalogue, room()).forth)).unconfirmed.length, 0);
});

test("undoing the fill gives back every row and material as it was", () => {
  const { forth, back } = fillRest(catalogue, room());
  const undone = after(after(room(), forth), back);
  assert.deepEqual(
    undone.map((item) => item.state ?? null),
    [null, "poor", null, null],
  );
  assert.equal(undone[0].material_confirmed, false);
});

test("a later undo empties what was filled at one touch and nothing else", () => {
  const filled = after(room(), fillRest(catalogue, room()).forth);
  assert.deepEqual(
    after(filled, emptyFilled(filled)).map((item) => item.state ?? null),
    [null, "poor", null, null],
  );
});

test("a safety row keeps its room open until somebody looks at it", () => {
  const filled = after(room(), fillRest(catalogue, room()).forth);
  assert.equal(progress(catalogue, filled).complete, false);
  const looked = after(filled, giveState(filled[3], "good"));
  assert.equal(progress(catalogue, looked).complete, true);
});

test("a floor without material keeps its room open, and one tap on a preset closes it", () => {
  const bare = [element({ element_kind: "floor", state: "good" })];
  assert.equal(progress(catalogue, bare).complete, false);
  const said = after(bare, applyPreset(catalogue, bare, { floor: "Carrelage", wall: "Peinture" }).forth);
  assert.equal(progress(catalogue, said).complete, true);
  assert.equal(said[0].material, "Carrelage");
});

test("an absent ceiling wants no material", () => {
  assert.equal(progress(catalogue, [element({ element_kind: "ceiling", state: "absent" })]).complete, true);
});

test("a room without rows is not complete", () => {
  assert.equal(progress(catalogue, []).complete, false);
});

test("a state given by hand is no longer one touch, and good has no defects", () => {
  const row = element({ element_kind: "floor", state: "good", filled_at_one_touch: true, defects: ["stain"] });
  const [given] = after([row], giveState(row, "new"));
  assert.equal(given.filled_at_one_touch, false);
  assert.deepEqual(given.defects, []);
});

test("what is out of order does not work, until it gets another state", () => {
  const row = element({ element_kind: "sockets" });
  const [broken] = after([row], giveState(row, "out_of_order"));
  assert.equal(broken.working, "no");
  assert.equal(after([broken], giveState(broken, "good"))[0].working, null);
});

test("the walk goes to the next open room, comes back for a skipped one, then leaves the rooms", () => {
  const rooms = [
    { id: "hall", complete: false },
    { id: "living", complete: true },
    { id: "kitchen", complete: false },
  ];
  assert.equal(roomAfter(rooms, "living"), "kitchen");
  assert.equal(roomAfter(rooms, "kitchen"), "hall");
  assert.equal(roomAfter([{ id: "hall", complete: false }], "hall"), null);
});

test("moving a room writes the positions that change and no other", () => {
  const rooms = [
    { id: "a", position: 1 },
    { id: "b", position: 2 },
    { id: "c", position: 3 },
  ];
  assert.deepEqual(
    move("room", rooms, "c", -1).map(({ entityId, value }) => [entityId, value]),
    [
      ["c", 2],
      ["b", 3],
    ],
  );
  assert.deepEqual(move("room", rooms, "a", -1), []);
});

test("rooms that share a position can still be moved", () => {
  const rooms = [
    { id: "a", position: 0 },
    { id: "b", position: 0 },
  ];
  assert.deepEqual(
    move("room", rooms, "b", -1).map(({ entityId, value }) => [entityId, value]),
    [
      ["b", 1],
      ["a", 2],
    ],
  );
});

test("a copy gets a name of its own and no state", () => {
  assert.equal(freeName("Chambre 1", ["Chambre 1", "Chambre 2"]), "Chambre 3");
  assert.equal(freeName("Cave", []), "Cave");
  const copy = copyOfElement(element({ element_kind: "floor", state: "poor", material: "Parquet" }), 4);
  assert.equal("state" in copy, false);
  assert.equal(copy.material, "Parquet");
});

test("a copy stands just below what it copies, and those that follow make room", () => {
  const siblings = ["a", "b", "c"].map((id, index) => element({ id, room_id: "room", position: index + 1 }));
  const { id, changes } = duplicated(() => "new", siblings, /** @type {any} */ (siblings[1]));
  assert.equal(id, "new");
  const places = changes
    .filter((change) => change.field === "position")
    .map(({ entityId, value }) => [entityId, value]);
  assert.deepEqual(places, [
    ["new", 3],
    ["c", 4],
  ]);
  assert.equal(changes.find((change) => change.field === "room_id")?.value, "room");
});
