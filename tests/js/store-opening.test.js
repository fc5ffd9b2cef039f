// What happens when the browser closes the database, or the tablet is put away, and what a start tells of the disk.

import assert from "node:assert/strict";
import { test } from "node:test";
import { forceCloseDatabase } from "fake-indexeddb";
import { lockWhenAway } from "../../fieldapp/static/field/store/absence.js";
import { emptyDisk, enrolledTablet, FakeTimers, tablet } from "./support/bench.js";
import { ROOM, ROOT } from "./support/fake-server.js";

/** Keeps hold of every database that is opened, to close it as the browser does. */
function watchDatabases() {
  /** @type {any[]} */
  const opened = [];
  const prototype = /** @type {any} */ (globalThis.IDBDatabase.prototype);
  const original = prototype.transaction;
  prototype.transaction = function transaction(/** @type {any[]} */ ...args) {
    if (!opened.includes(this)) opened.push(this);
    return original.apply(this, args);
  };
  return {
    close: () => {
      for (const database of opened.splice(0)) forceCloseDatabase(database);
    },
    restore: () => Object.assign(prototype, { transaction: original }),
  };
}

test("the browser closes the database behind our back; the next write opens it again", async () => {
  const databases = watchDatabases();
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await inventory.set(ROOM, "room", "label", "Un");
  databases.close();
  await inventory.set(ROOM, "room", "label", "Deux");
  databases.close();
  store.lock();
  await store.unlock("246810");
  databases.restore();
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => [op.device_seq, op.value]),
    [
      [1, "Un"],
      [2, "Deux"],
    ],
  );
});

test("a new tablet is not enrolled, knows nobody, and speaks French", async () => {
  emptyDisk();
  const { store } = await tablet();
  const { enrolled, locked, actor, landlord, language, storage } = store.status();
  assert.deepEqual([enrolled, locked, actor, landlord, language], [false, false, null, null, "fr"]);
  assert.deepEqual(storage, { persisted: null, free: null, enough: null, lost: false });
  await assert.rejects(store.day(), { code: "not_enrolled" });
});

test("the language chosen on the tablet outlives the page", async () => {
  const { store, server } = await enrolledTablet();
  await store.changeLanguage("en");
  assert.equal((await tablet({ server })).store.status().language, "en");
});

test("signing in asks for the day at once, and a start asks the server by itself", async () => {
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet();
  assert.equal((await store.day()).day, "2026-11-21");
  await tablet({ server, after: timers.after });
  assert.equal(timers.next?.delayMs, 0);
});

test("a tablet that was put away for a quarter of an hour asks for the code again; a moment away does not", () => {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  Object.assign(globalThis, { document: page });
  let [minutes, locks] = [0, 0];
  lockWhenAway({ lock: () => (locks += 1) }, () => minutes * 60_000);
  /** @param {string} state */
  const show = (state) => {
    page.visibilityState = state;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  for (const away of [14, 15]) {
    show("hidden");
    minutes += away;
    show("visible");
  }
  Reflect.deleteProperty(globalThis, "document");
  assert.equal(locks, 1);
});

test("an inventory of 120 elements opens with all of them, sorted by position", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  for (let room = 0; room < 8; room += 1) {
    const writes = Array.from({ length: 15 }, (_, n) => {
      const entityId = `0190f5a0-0000-7000-8000-00000${room}${String(n).padStart(6, "0")}`;
      return { entityId, kind: "element", field: "position", value: 200 - 15 * room - n };
    });
    await inventory.setMany(writes);
  }
  const again = (await tablet({ server })).store;
  await again.unlock("246810");
  const positions = (await again.openInventory(ROOT)).list("element").map((element) => element.position);
  assert.equal(positions.length, 120);
  assert.deepEqual(
    positions,
    positions.toSorted((one, other) => one - other),
  );
});
