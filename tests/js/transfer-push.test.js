// What waits on the tablet reaches the server once, whatever the line does.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { acknowledged, merged, written } from "../../fieldapp/static/field/store/entity.js";
import { tick } from "../../fieldapp/static/field/store/hlc.js";
import { merge } from "../../fieldapp/static/field/store/merge.js";
import { envelope } from "../../fieldapp/static/field/transfer/push.js";
import { asText, CODE, disk, EMAIL, enrolledTablet, FakeTimers, tablet } from "./support/bench.js";
import { PASSWORD, ROOM, ROOT } from "./support/fake-server.js";

/** @param {string} wanted */
function on(wanted) {
  return (/** @type {string} */ path) => path.includes(wanted);
}

test("a lost request and a lost answer lose nothing and send nothing twice", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  for (const fault of /** @type {const} */ (["lose request", "lose reply", "lose reply"])) {
    await inventory.set(ROOM, "room", "label", fault);
    server.fault = (_, path) => (on("/push")(path) ? fault : null);
    await store.transfer.syncNow();
    assert.equal(store.transfer.state().online, false);
    assert.notEqual(store.transfer.state().pendingOps, 0);
  }
  server.fault = () => null;
  await store.transfer.syncNow();
  assert.equal(store.transfer.state().pendingOps, 0);
  assert.deepEqual(
    server.ops.map((op) => op.device_seq),
    [1, 2, 3],
  );
  assert.equal(inventory.where(ROOM).place, "safe");
});

test("what the server rejects leaves the queue, stays visible as stuck, and a new write settles it", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  server.rejects = (op) => (op.value === "Non" ? "bad_value" : null);
  await inventory.set(ROOM, "room", "label", "Non");
  await inventory.set(ROOT, "inventory", "remark", "Oui");
  await store.transfer.syncNow();
  assert.deepEqual(inventory.where(ROOM), { place: "stuck", percent: null, reason: "bad_value" });
  assert.equal(inventory.where(ROOT).place, "safe");
  assert.equal(inventory.summary().stuck, 1);
  assert.equal((await store.day()).appointments[0]?.summary?.stuck, 1);
  const again = await tablet({ server });
  await again.store.unlock(CODE);
  assert.equal((await again.store.openInventory(ROOT)).where(ROOM).place, "stuck");
  await (await again.store.openInventory(ROOT)).set(ROOM, "room", "label", "Mieux");
  await again.store.transfer.syncNow();
  assert.equal((await again.store.openInventory(ROOT)).where(ROOM).place, "safe");
  assert.equal((await again.store.day()).appointments[0]?.summary?.stuck, 0);
});

test("what is written after others have signed is shown as the document has it, and said to be with the office", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const label = inventory.get(ROOM)?.fields.label;
  const other = "0190f5a0-0000-7000-8000-0000000000bb";
  const closed = { record_sha256: "ab", at: "2026-11-21T09:00:00.000Z", acts: [] };
  server.fields.set(`${ROOT}/${ROOT}/closed`, { value: closed, rev: 1, hlc: "0000000000001-0000", device_id: other });
  const told = { root_id: ROOT, entity_id: ROOT, kind: "inventory", field: "closed", value: closed };
  server.changes.push({
    ...told,
    rev: 1,
    hlc: "0000000000001-0000",
    device_id: other,
    position: server.changes.length + 1,
  });
  server.fields.set(`${ROOT}/${ROOM}/label`, { value: label, rev: 1, hlc: "0000000000001-0000", device_id: other });
  server.signedElsewhere = () => true;

  await inventory.set(ROOM, "room", "label", "Trop tard");
  await inventory.set(ROOM, "room", "preset", "parquet");
  const added = await inventory.addEntity("element", { room_id: ROOM, element_kind: "mirror", label: "Miroir" });
  await store.transfer.syncNow();
  const shown = inventory.get(ROOM)?.fields;
  assert.deepEqual([shown?.label, shown?.preset], [label, undefined]);
  assert.equal(inventory.get(added), null);
  assert.equal(inventory.list("element").some(({ id }) => id === added) || added in inventory.state().entities, false);
  assert.deepEqual([inventory.summary().stuck, inventory.summary().unsentOps], [0, 0]);
  assert.deepEqual(
    inventory.apart().map(({ entityId, field, value }) => [entityId, field, value]),
    [
      [ROOM, "label", "Trop tard"],
      [ROOM, "preset", "parquet"],
      [added, "room_id", ROOM],
      [added, "element_kind", "mirror"],
      [added, "label", "Miroir"],
    ],
  );

  // The office takes one of them: it is in the document after all.
  const took = {
    root_id: ROOT,
    entity_id: ROOM,
    kind: "room",
    field: "preset",
    value: "parquet",
    rev: 1,
    hlc: "0000000000002-0000",
  };
  server.changes.push({ ...took, device_id: other, position: server.changes.length + 1 });
  await store.transfer.syncNow();
  assert.equal(inventory.get(ROOM)?.fields.preset, "parquet");
  assert.equal(inventory.apart().length, 4);
});

test("an operation that the server cannot read is set aside, and those behind it go", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  for (const value of ["a", "bad", "c"]) await inventory.set(ROOM, "room", "label", value);
  server.fault = (_, path, init) => {
    if (!on("/push")(path)) return null;
    const index = JSON.parse(String(init.body)).ops.findIndex((/** @type {any} */ op) => op.value === "bad");
    return index < 0 ? null : server.ours(400, { code: "malformed", index });
  };
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => op.value),
    ["a", "c"],
  );
  assert.equal(inventory.summary().stuck, 0, "a later write of the field replaced it");
  assert.equal(store.transfer.state().pendingOps, 0);
});

test("a push holds at most 500 operations and 1 MB", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const large = { entityId: ROOM, kind: "room", field: "note", value: "é".repeat(200_000) };
  await inventory.setMany([large, large, large, large]);
  await inventory.setMany(
    Array.from({ length: 1_100 }, (_, n) => ({ entityId: ROOM, kind: "room", field: "n", value: n })),
  );
  /** @type {{ops: number, bytes: number}[]} */
  const pushes = [];
  server.fault = (_, path, init) => {
    if (on("/push")(path)) {
      const text = String(init.body);
      pushes.push({ ops: JSON.parse(text).ops.length, bytes: Buffer.byteLength(text) });
    }
    return null;
  };
  await store.transfer.syncNow();
  assert.equal(server.ops.length, 1_104);
  for (const { ops, bytes } of pushes) assert.ok(ops <= 500 && bytes <= 1_000_000, `${ops} operations, ${bytes} bytes`);
  assert.deepEqual(
    server.ops.map((op) => op.device_seq),
    server.ops.map((_, at) => at + 1),
  );
});

test("an operation larger than a push still goes, alone", () => {
  const op = /** @type {any} */ ({ value: "x".repeat(2_000_000) });
  assert.equal(
    envelope(
      [
        { seq: 1, op },
        { seq: 2, op },
      ],
      "d",
      0,
    ).sent.length,
    1,
  );
});

test("a captive portal is not our server: nothing counts as sent, signed out or received", async () => {
  const portals = [
    () => new Response("<html>Bienvenue</html>", { status: 200, headers: { "Content-Type": "text/html" } }),
    () => new Response("<html>Connectez-vous</html>", { status: 401 }),
    () => new Response(null, { status: 302, headers: { Location: "http://portal.example/" } }),
    () => new Response('{"acks":[]}', { status: 200, headers: { "Content-Type": "application/json" } }),
    () => new Response("Bad gateway", { status: 502 }),
  ];
  for (const portal of portals) {
    const { store, server } = await enrolledTablet();
    const inventory = await store.openInventory(ROOT);
    await inventory.set(ROOM, "room", "label", "Bureau");
    server.fault = portal;
    await store.transfer.syncNow();
    const { online, problem, pendingOps } = store.transfer.state();
    assert.deepEqual([online, problem, pendingOps], [false, { code: "not_our_server" }, 1]);
    assert.equal(inventory.where(ROOM).place, "tablet");
  }
});

test("a token that is no longer good asks for sign-in, stops the sender, and loses nothing", async () => {
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet({ after: timers.after });
  await (await store.openInventory(ROOT)).set(ROOM, "room", "label", "Bureau");
  server.tokens.clear();
  await store.transfer.syncNow();
  assert.deepEqual(store.transfer.state().problem, { code: "session_expired" });
  assert.equal(timers.next, null);
  await store.enrol({ email: EMAIL, password: PASSWORD });
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => [op.device_seq, op.value]),
    [[1, "Bureau"]],
  );
  assert.equal(store.transfer.state().problem, null);
});

test("wrong credentials and too many of them are told apart", async () => {
  const { store, server } = await enrolledTablet();
  await assert.rejects(store.enrol({ email: EMAIL, password: "wrong" }), { code: "bad_credentials" });
  server.fault = () => server.ours(429, { code: "too_many_attempts" }, { "Retry-After": "300" });
  await assert.rejects(store.enrol({ email: EMAIL, password: "x" }), { code: "too_many_attempts", retryAfter: 300 });
  server.fault = () => "lose request";
  await assert.rejects(store.enrol({ email: EMAIL, password: PASSWORD }), { code: "offline" });
  server.fault = () => new Response("<html>", { status: 200 });
  await assert.rejects(store.enrol({ email: EMAIL, password: PASSWORD }), { code: "not_our_server" });
});

test("after a failure the tablet waits 1 s, then twice as long each time up to 5 min, or as the server says", async () => {
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet({ after: timers.after, random: () => 1 });
  server.fault = () => "lose request";
  await store.transfer.syncNow();
  const waits = [];
  for (let round = 0; round < 11; round += 1) {
    waits.push(timers.next?.delayMs);
    timers.next?.act();
    await settled(store, timers);
  }
  assert.deepEqual(
    waits,
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map((seconds) => seconds * 1_000),
  );
  server.fault = () => server.ours(503, {}, { "Retry-After": "900" });
  await store.transfer.syncNow();
  assert.equal(timers.next?.delayMs, 900_000);
  assert.deepEqual(store.transfer.state().problem, { code: "server_busy" });
  server.fault = () => server.ours(507, { code: "no_space" });
  await store.transfer.syncNow();
  assert.deepEqual(store.transfer.state().problem, { code: "no_space" });
});

test("a save while the server is away does not shorten the wait; a save while all is well sends soon", async () => {
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet({ after: timers.after, random: () => 1 });
  const inventory = await store.openInventory(ROOT);
  await inventory.set(ROOM, "room", "label", "a");
  assert.ok((timers.next?.delayMs ?? 0) < 1_000);
  server.fault = () => server.ours(503, {}, { "Retry-After": "60" });
  await store.transfer.syncNow();
  await inventory.set(ROOM, "room", "label", "b");
  assert.equal(timers.next?.delayMs, 60_000);
});

test("the token is on the disk only as ciphertext, and in the header of each request", async () => {
  const { store, server } = await enrolledTablet();
  /** @type {(string | null)[]} */
  const sent = [];
  server.fault = (_, __, init) => {
    sent.push(new Headers(init.headers).get("Authorization"));
    return null;
  };
  await store.transfer.syncNow();
  assert.ok(sent.length > 0 && sent.every((value) => value === "Bearer token-1"));
  assert.ok(!asText((await disk()).map(({ values }) => values)).includes("token-1"));
});

test("whatever two tablets write, lose and pull, both end with what the server holds, and nobody conflicts with oneself", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("write"), on: fc.nat(1), value: fc.string({ maxLength: 2 }) }),
    fc.record({ do: fc.constant("push"), on: fc.nat(1), lost: fc.boolean() }),
    fc.record({ do: fc.constant("pull"), on: fc.nat(1) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const world = new World();
      for (const one of steps) world.take(/** @type {any} */ (one));
      for (const on of [0, 1, 0, 1]) world.take({ do: "push", on, lost: false });
      for (const on of [0, 1]) world.take({ do: "pull", on });
      const [first, second] = world.tablets.map((each) => each.entity?.fields.label);
      assert.deepEqual(world.selfConflicts, []);
      if (world.server === null) return;
      for (const field of [first, second]) {
        assert.equal(field?.value, world.server.value);
        assert.equal(field?.rev, world.server.rev);
        assert.equal(field?.pending, 0);
      }
    }),
    { numRuns: 500 },
  );
});

/** Two tablets and a server around one field, without disk or network. */
class World {
  /** @type {import("../../fieldapp/static/field/store/merge.js").Current | null} */
  server = null;
  /** @type {Map<string, any>} */
  acks = new Map();
  /** @type {string[]} */
  selfConflicts = [];
  minted = 0;
  tablets = ["a", "b"].map((id) => ({
    id,
    clock: "0000000000000-0000",
    /** @type {import("../../fieldapp/static/field/store/entity.js").Entity | null} */
    entity: null,
    /** @type {any[]} */
    outbox: [],
  }));

  /** @param {{do: string, on: number, value?: string, lost?: boolean}} step */
  take({ do: action, on: at, value, lost }) {
    const mine = /** @type {World["tablets"][number]} */ (this.tablets[at]);
    if (action === "write") {
      mine.clock = tick(mine.clock, this.minted);
      const write = { kind: "room", field: "label", value, hlc: mine.clock, deviceId: mine.id };
      const change = /** @type {any} */ (written(mine.entity, write));
      mine.entity = change.entity;
      this.minted += 1;
      mine.outbox.push({
        op_id: `${this.minted}`,
        value,
        base_rev: change.baseRev,
        hlc: mine.clock,
        device_id: mine.id,
      });
    } else if (action === "push") this.#push(mine, lost ?? false);
    else if (this.server) mine.entity = merged(mine.entity, "room", "label", this.server) ?? mine.entity;
  }

  /** @param {World["tablets"][number]} mine @param {boolean} lost */
  #push(mine, lost) {
    const acks = mine.outbox.map((op) => {
      if (!this.acks.has(op.op_id)) {
        const before = this.server;
        const { wins, conflict, rev } = merge(before, op);
        if (conflict && before?.device_id === op.device_id) this.selfConflicts.push(op.op_id);
        if (wins) this.server = { value: op.value, rev, hlc: op.hlc, device_id: op.device_id };
        this.acks.set(op.op_id, rev);
      }
      return this.acks.get(op.op_id);
    });
    if (lost) return;
    for (const rev of acks)
      mine.entity = acknowledged(/** @type {any} */ (mine.entity), "label", { rev, refused: null });
    mine.outbox = [];
  }
}

/**
 * @param {import("../../fieldapp/static/field/store/session.js").Store} store
 * @param {FakeTimers} timers
 */
async function settled(store, timers) {
  const fired = timers.next;
  await new Promise((resolve) => {
    const off = store.transfer.subscribe(() => {
      if (timers.next === fired && fired !== null) return;
      off();
      resolve(undefined);
    });
  });
}

test("a danger that the server holds stands again when its withdrawal is refused", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const at = "2026-11-21T09:30:00.000Z";
  const alertId = await inventory.addEntity("alert", { body: { reason: "gas", text: "", subject_id: null, at } });
  await store.transfer.syncNow();
  await inventory.remove(alertId);
  assert.equal(inventory.summary().state, "planned");
  server.rejects = (op) => (op.kind === "alert" && op.field === "deleted" ? "immutable" : null);
  await store.transfer.syncNow();
  assert.equal(inventory.list("alert").length, 1);
  assert.equal(inventory.summary().state, "held");
});
