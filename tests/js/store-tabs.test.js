// Two tabs of one browser: one writes, the other knows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CODE, enrolledTablet, FakeLocks, FakeTimers, tablet } from "./support/bench.js";
import { ROOM, ROOT } from "./support/fake-server.js";

test("the second tab says that the work is elsewhere, and does not write", async () => {
  const locks = /** @type {any} */ (new FakeLocks());
  const { store, server } = await enrolledTablet({ locks });
  const second = await tablet({ server, locks });
  assert.equal(store.status().elsewhere, false);
  assert.equal(second.store.status().elsewhere, true);
  await assert.rejects(second.store.openInventory(ROOT), { code: "elsewhere" });
});

test("taking over gives the work to the second tab; the first one is told and its writes are refused", async () => {
  const locks = /** @type {any} */ (new FakeLocks());
  const { store, server } = await enrolledTablet({ locks });
  const inventory = await store.openInventory(ROOT);
  await inventory.set(ROOM, "room", "label", "Un");
  const second = await tablet({ server, locks });
  /** @type {boolean[]} */
  const told = [];
  store.subscribe((status) => told.push(status.elsewhere));
  await second.store.takeOver();
  await second.store.unlock(CODE);
  const taken = await second.store.openInventory(ROOT);
  assert.equal(taken.get(ROOM)?.fields.label, "Un");
  await taken.set(ROOM, "room", "label", "Deux");
  await assert.rejects(inventory.set(ROOM, "room", "label", "Perdu"), { code: "elsewhere" });
  assert.equal(store.status().elsewhere, true);
  assert.ok(told.includes(true));
  await second.store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => [op.device_seq, op.value]),
    [
      [1, "Un"],
      [2, "Deux"],
    ],
  );
});

test("a tab that takes over while the other still sends speaks a little later", async () => {
  const locks = /** @type {any} */ (new FakeLocks());
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet({ locks, after: timers.after });
  /** @type {(value?: unknown) => void} */
  let end = () => {};
  const sending = locks.request(
    "fieldapp-sender",
    { ifAvailable: true },
    () => new Promise((resolve) => (end = resolve)),
  );
  const before = server.requests.length;
  await store.transfer.syncNow();
  assert.equal(server.requests.length, before, "the other one is speaking");
  end();
  await sending;
  const next = timers.next;
  assert.ok(next && next.delayMs > 0, "it is not left waiting for somebody to touch it");
});
