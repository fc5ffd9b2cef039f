// A move-out beside its entry: rooms that were joined or split, and what a tenant is shown first.

import assert from "node:assert/strict";
import { test } from "node:test";
import { exitChanges, exitRemoved, repairable } from "../../fieldapp/static/field/visit/exit-changes.js";
import { lineage, merged } from "../../fieldapp/static/field/visit/room-identity.js";

/** @param {string} id @param {string} kind @param {object} [more] */
const element = (id, kind, more) => ({ id, element_kind: kind, position: 1, ...more });

test("a room that took another in comes from both, and so does what both had", () => {
  const kept = { room: { id: "r1" }, elements: [element("e1", "floor"), element("e2", "walls")] };
  const other = { room: { id: "r2" }, elements: [element("e3", "floor"), element("e4", "sink")] };
  const { forth } = merged(kept, other);
  const written = (/** @type {string} */ id) =>
    Object.fromEntries(forth.filter(({ entityId }) => entityId === id).map(({ field, value }) => [field, value]));
  assert.deepEqual(written("r1"), { from: ["r2"] });
  assert.deepEqual(written("r2"), { deleted: true });
  assert.deepEqual(written("e1"), { from: ["e3"] });
  assert.deepEqual(written("e3"), { deleted: true });
  assert.deepEqual(written("e4"), { room_id: "r1", position: 2 });
  assert.deepEqual(written("e2"), {});
});

test("joining is undone write for write", () => {
  const kept = { room: { id: "r1", from: ["r0"] }, elements: [element("e1", "floor")] };
  const other = { room: { id: "r2" }, elements: [element("e3", "floor"), element("e4", "sink", { position: 7 })] };
  const { forth, back } = merged(kept, other);
  assert.deepEqual(
    back.map(({ entityId, field }) => [entityId, field]),
    forth.map(({ entityId, field }) => [entityId, field]),
  );
  assert.deepEqual(
    back.filter(({ entityId }) => entityId === "e4").map(({ value }) => value),
    ["r2", 7],
  );
  assert.deepEqual(back.find(({ entityId, field }) => entityId === "r1" && field === "from")?.value, ["r0"]);
});

test("what a thing came from goes on with its parts", () => {
  assert.deepEqual(lineage({ id: "e1" }), ["e1"]);
  assert.deepEqual(lineage({ id: "e1", from: ["e0", "e1"] }), ["e1", "e0"]);
});

const room = {
  label: "Séjour",
  elements: [
    { id: "a", change: "same", state: "poor" },
    { id: "b", change: "changed", state: "worn" },
    { id: "c", change: "changed", state: "new" },
    { id: "d", change: "not_comparable", state: "good" },
    { id: "e", change: "not_comparable", state: "poor" },
    { id: "f", change: "created", state: "good" },
  ],
  removed: [{ id: "g", label: "Placard" }],
};
const record = { rooms: [room], removed: { rooms: [{ label: "Cave", elements: [{ id: "h", label: "Porte" }] }] } };
const ids = (/** @type {{element: Record<string, any>}[]} */ list) => list.map(({ element: { id } }) => id);

test("a tenant is shown what changed, however it changed, and no state that was there already", () => {
  assert.deepEqual(ids(exitChanges(record)), ["b", "c", "e", "f"]);
  assert.deepEqual(ids(exitRemoved(record)), ["g", "h"]);
});

test("advice before the exit names what can still be repaired", () => {
  assert.deepEqual(ids(repairable(record)), ["b", "e"]);
});
