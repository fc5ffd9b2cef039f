// What a tap leaves on the disk: state and operation together, numbered without gaps, or nothing at all.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { roomWith } from "../../fieldapp/static/field/visit/arrange.js";
import { disk, enrolledTablet, FakeDarkroom, failWrites, tablet } from "./support/bench.js";
import { FakeServer, ROOM, ROOT } from "./support/fake-server.js";

/** @param {string} store */
async function rows(store) {
  const found = (await disk()).filter((part) => part.store === store && part.database !== "fieldapp");
  return found.flatMap((part) => part.keys);
}

test("a write survives the page: a tablet that opens again shows it", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await inventory.set(ROOM, "room", "label", "Chambre bleue");
  const again = await tablet({ server });
  await again.store.unlock("246810");
  assert.equal((await again.store.openInventory(ROOT)).get(ROOM)?.fields.label, "Chambre bleue");
});

test("a write is on the disk when its promise resolves, with its operation", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await inventory.setMany([
    { entityId: ROOM, kind: "room", field: "label", value: "Bureau" },
    { entityId: ROOM, kind: "room", field: "preset", value: null },
  ]);
  assert.deepEqual(await rows("outbox"), [1, 2]);
});

test("every write transaction asks for strict durability", async () => {
  const prototype = /** @type {any} */ (globalThis.IDBDatabase.prototype);
  const original = prototype.transaction;
  /** @type {any[]} */
  const asked = [];
  prototype.transaction = function transaction(
    /** @type {any} */ names,
    /** @type {any} */ mode,
    /** @type {any} */ options,
  ) {
    if (mode === "readwrite") asked.push(options?.durability);
    return original.call(this, names, mode, options);
  };
  const { store } = await enrolledTablet();
  await (await store.openInventory(ROOT)).set(ROOM, "room", "label", "Bureau");
  prototype.transaction = original;
  assert.ok(asked.length > 3);
  assert.deepEqual([...new Set(asked)], ["strict"]);
});

for (const store of ["entities", "outbox", "meta"]) {
  test(`when the disk fills while writing ${store}, nothing is half-written and the screen is told`, async () => {
    const made = await enrolledTablet();
    const inventory = await made.store.openInventory(ROOT);
    const before = inventory.get(ROOM);
    const repair = failWrites(store);
    try {
      await assert.rejects(inventory.set(ROOM, "room", "label", "Perdu"), { code: "storage_full" });
    } finally {
      repair();
    }
    assert.deepEqual(inventory.get(ROOM), before);
    assert.deepEqual(await rows("outbox"), []);
    await inventory.set(ROOM, "room", "label", "Gardé");
    assert.deepEqual(await rows("outbox"), [1]);
  });
}

test("a room is there with all its elements or not at all, wherever the tablet dies on the way", async () => {
  const elements = [1, 2, 3].map((position) => ({ element_kind: "floor", label: "", position }));
  // Rows of the room and its elements, then the operation of each field.
  for (const [store, writes] of /** @type {const} */ ([
    ["entities", 4],
    ["outbox", 14],
  ])) {
    for (let nth = 1; nth <= writes; nth += 1) {
      const { store: first, server } = await enrolledTablet();
      const inventory = await first.openInventory(ROOT);
      const before = ["room", "element"].map((kind) => inventory.list(kind).length);
      const room = { room_kind: "cellar", label: "Cave" };
      const { changes } = roomWith(() => inventory.newId(), room, elements);
      const repair = failWrites(store, nth);
      await assert.rejects(inventory.setMany(changes));
      repair();
      const again = await tablet({ server });
      await again.store.unlock("246810");
      const found = await again.store.openInventory(ROOT);
      assert.deepEqual(
        ["room", "element"].map((kind) => found.list(kind).length),
        before,
        `${store}, row ${nth}`,
      );
      assert.deepEqual(await rows("outbox"), []);
      await found.setMany(changes);
      assert.equal(found.list("element").length, (before[1] ?? 0) + 3);
    }
  }
});

test("a photograph that does not fit leaves no file behind", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const photo = /** @type {const} */ ({
    subjectKind: "room",
    subjectId: ROOM,
    source: "camera",
    blob: new Blob(["x"]),
  });
  const repair = failWrites("blobs", 2);
  try {
    await assert.rejects(inventory.addPhoto(photo), { code: "storage_full" });
  } finally {
    repair();
  }
  assert.deepEqual([await rows("blobs"), await rows("files"), await rows("outbox")], [[], [], []]);
  assert.deepEqual(inventory.list("photo"), []);
  await inventory.addPhoto(photo);
  assert.equal((await rows("blobs")).length, 3);
});

test("device_seq has no gap, whichever writes fail, and memory shows what the disk holds", async () => {
  const server = new FakeServer();
  const { store } = await enrolledTablet({ server });
  const inventory = await store.openInventory(ROOT);
  const step = fc.record({
    value: fc.string(),
    fails: fc.constantFrom(null, null, null, "entities", "outbox", "meta"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      for (const { value, fails } of steps) {
        const shown = inventory.get(ROOM)?.fields.label;
        const repair = fails ? failWrites(fails) : () => {};
        const written = await inventory.set(ROOM, "room", "label", value).then(
          () => true,
          () => false,
        );
        repair();
        assert.equal(inventory.get(ROOM)?.fields.label, written ? value : shown);
      }
      await store.transfer.syncNow();
      assert.deepEqual(
        server.ops.map((op) => op.device_seq),
        server.ops.map((_, at) => at + 1),
      );
    }),
    { numRuns: 25 },
  );
  assert.ok(server.ops.length > 0);
});

test("writes keep the order in which they were asked for, also when asked at once", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await Promise.all(["a", "b", "c", "d"].map((value) => inventory.set(ROOM, "room", "label", value)));
  assert.equal(inventory.get(ROOM)?.fields.label, "d");
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => op.value),
    ["a", "b", "c", "d"],
  );
  assert.deepEqual(
    server.ops.map((op) => op.base_rev),
    [1, 2, 3, 4],
  );
});

test("adding a room gives one operation a field, and an id that sorts by time", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const id = await inventory.addEntity("room", { room_kind: "bedroom", label: "Chambre 2", position: 7 });
  assert.deepEqual(inventory.get(id), {
    kind: "room",
    fields: { room_kind: "bedroom", label: "Chambre 2", position: 7 },
  });
  assert.deepEqual(
    inventory.list("room").map((room) => room.id),
    [ROOM, id],
  );
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => [op.entity_id, op.field]),
    [
      [id, "room_kind"],
      [id, "label"],
      [id, "position"],
    ],
  );
});

test("what is removed leaves the lists, stays for the rules, and comes back when restored", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await inventory.remove(ROOM);
  assert.deepEqual(inventory.list("room"), []);
  assert.equal(inventory.state().entities[ROOM]?.fields.deleted, true);
  await inventory.restore(ROOM);
  assert.equal(inventory.list("room").length, 1);
});

test("a signed act cannot change, and is stored once", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const signed = await inventory.signAct({
    act_id: "0190f5a0-0000-7000-8000-0000000000f1",
    name: "Sofia",
    decision: "signed",
  });
  assert.equal(await inventory.addEntity("act", { body: signed }), signed.act_id);
  assert.deepEqual(await rows("outbox"), [1]);
  await assert.rejects(inventory.set(signed.act_id, "act", "body", { ...signed, name: "Autre" }), {
    code: "immutable",
  });
  assert.deepEqual(inventory.get(signed.act_id)?.fields.body, signed);
});

test("a value that no record could hold is refused before it is kept", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  for (const value of [undefined, 1.5, { area: 64.3 }, "\ud800"]) {
    await assert.rejects(inventory.set(ROOM, "room", "note", value), { code: "not_canonical" });
  }
  assert.deepEqual(await rows("outbox"), []);
});

test("who listens hears of a write once it is durable", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  /** @type {[string[], unknown][]} */
  const heard = [];
  const off = inventory.subscribe((changed) => heard.push([changed, inventory.get(ROOM)?.fields.label]));
  await inventory.set(ROOM, "room", "label", "Bureau");
  off();
  await inventory.set(ROOM, "room", "label", "Cave");
  assert.deepEqual(heard, [[[ROOM], "Bureau"]]);
});

test("the same photograph twice is kept as two, and its bytes once", async () => {
  const darkroom = new FakeDarkroom();
  const { store } = await enrolledTablet({
    develop: async () => {
      darkroom.shots = 0;
      return darkroom.develop(new Blob());
    },
  });
  const inventory = await store.openInventory(ROOT);
  const photo = /** @type {const} */ ({ subjectKind: "room", subjectId: ROOM, source: "file", blob: new Blob(["x"]) });
  const ids = [await inventory.addPhoto(photo), await inventory.addPhoto(photo)];
  assert.equal(new Set(ids).size, 2);
  assert.equal((await rows("blobs")).length, 3);
  assert.equal(inventory.summary().unsentPhotos, 2);
});
