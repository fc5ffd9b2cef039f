/** What the check says, what stands out, and what a finger draws. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { exceptions } from "../../fieldapp/static/field/rules/exceptions.js";
import { itemPath, itemWords } from "../../fieldapp/static/field/screens/check-words.js";
import { inLanguage } from "../../fieldapp/static/field/visit/spoken-state.js";

const vectors = new URL("../vectors/", import.meta.url);
/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(path, vectors), "utf8"));

test("every finding of the rules has its own sentence, with its blanks filled", () => {
  for (const name of readdirSync(new URL("completeness/", vectors))) {
    const { items, closing } = read(`completeness/${name}`);
    for (const item of [...items, ...closing]) {
      const said = itemWords(item, "Europe/Paris");
      assert.notEqual(said, item.code);
      assert.doesNotMatch(said, /\{\w+\}/);
    }
  }
});

test("an evening is dated where the dwelling is, whatever the tablet's own zone", () => {
  const target = { screen: "check", entity_id: null, room_id: null };
  const item = { clause: "b", code: "established", ok: true, blocking: false, target };
  const said = (/** @type {string} */ zone) => itemWords({ ...item, params: { at: "2026-11-27T23:43:00.000Z" } }, zone);
  assert.match(said("Europe/Paris"), /^Samedi 28 novembre 2026, 0.h.43$/);
  assert.match(said("America/Martinique"), /^Vendredi 27 novembre 2026, 19.h.43$/);
});

test("a finding in a room leads to its element", () => {
  const { items } = read("completeness/untouched_rooms.json");
  const found = items.find((/** @type {{code: string}} */ item) => item.code === "states_missing");
  assert.equal(itemPath("i", found), `#/inventory/i/room/${found.target.room_id}/${found.target.entity_id}`);
});

test("one missing thing is named, several are counted", () => {
  const target = { screen: "room", entity_id: "e", room_id: "r" };
  const item = { clause: "h", code: "states_missing", ok: false, blocking: true, target };
  assert.equal(
    itemWords({ ...item, params: { room: "Séjour", element: "Sol", count: 1 } }, "Europe/Paris"),
    "Séjour\u00a0: Sol n’a pas d’état",
  );
  assert.equal(
    itemWords({ ...item, params: { room: "Séjour", element: "Sol", count: 3 } }, "Europe/Paris"),
    "Séjour\u00a0: 3 éléments sans état",
  );
});

test("what differs from good order is shown first", () => {
  const { record } = read("record/f3.json");
  const found = exceptions(record);
  assert.ok(found.length > 0);
  const rest = record.rooms
    .flatMap((/** @type {any} */ room) => room.elements)
    .filter((/** @type {any} */ element) => !found.some((each) => each.element === element));
  assert.ok(
    rest.every(
      (/** @type {any} */ element) =>
        element.state === "good" && element.defects.length === 0 && element.promise === null,
    ),
  );
});

test("a state read in another language leaves the kept one as it was", () => {
  const state = read("state/f3.json");
  const before = structuredClone(state);
  const english = inLanguage(state, "en");
  assert.deepEqual(state, before);
  assert.ok(Object.values(english.entities).some((entity) => entity.fields.language === "en"));
});
