// What comes from the server, what must leave the tablet, and what may not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { disk, enrolledTablet, FakeTimers } from "./support/bench.js";
import { FakeServer, ROOM, ROOT } from "./support/fake-server.js";

const OTHER_DEVICE = "0190f5a0-0000-7000-8000-0000000000ff";
const DAY_MS = 24 * 3600 * 1000;

/**
 * Another tablet wrote.
 * @param {FakeServer} server
 * @param {{entity_id?: string, kind?: string, field: string, value: unknown, hlc: string, base_rev?: number}} op
 */
function elsewhere(server, op) {
  const full = { root_id: ROOT, entity_id: ROOM, kind: "room", device_id: OTHER_DEVICE, base_rev: 0, ...op };
  server.push({ ops: [{ ...full, op_id: `${op.hlc}${op.field}` }] });
}

/** Rows that are left of an inventory, by store. */
async function left() {
  const parts = (await disk()).filter(({ database, store }) => database !== "fieldapp" && store !== "meta");
  return parts.flatMap(({ store, keys }) => (keys.length > 0 ? store : []));
}

async function withPhoto(/** @type {FakeServer} */ server = new FakeServer()) {
  const made = await enrolledTablet({ server });
  const inventory = await made.store.openInventory(ROOT);
  const photoId = await inventory.addPhoto({
    subjectKind: "room",
    subjectId: ROOM,
    source: "camera",
    blob: new Blob(["x"]),
  });
  return { ...made, inventory, photoId };
}

test("the day pack opens an inventory with everything in it", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  assert.equal(inventory.get(ROOM)?.fields.label, "Chambre mansardée");
  assert.deepEqual(
    (await store.day()).appointments.map(({ id, summary }) => [id, summary?.state]),
    [["a1", "planned"]],
  );
  assert.deepEqual(await store.catalogue(), { version: 1 });
});

test("a catalogue of the landlord's own is fetched once, and an inventory keeps the one with which it began", async () => {
  const server = new FakeServer();
  server.catalogues.set("a1", { rooms: [{ kind: "kitchen", elements: [] }] });
  const { store } = await enrolledTablet({ server });
  assert.equal((await store.catalogue(ROOT)).house.sha256, "a1");
  const inventory = await store.openInventory(ROOT);
  await inventory.setMany([
    { entityId: ROOT, kind: "inventory", field: "started_at", value: "2026-11-21T09:30:00.000Z" },
    { entityId: ROOT, kind: "inventory", field: "house_catalogue", value: "a1" },
  ]);
  server.catalogues.set("b2", { rooms: [] });
  await store.refreshDay();
  await store.refreshDay();
  assert.equal((await store.catalogue(ROOT)).house.sha256, "a1");
  assert.deepEqual((await store.catalogue()).house, { sha256: "b2", rooms: [] });
  const asked = server.requests.filter(({ path }) => path.includes("/catalogues/")).map(({ path }) => path.slice(-2));
  assert.deepEqual(asked, ["a1", "b2"]);
});

test("an inventory that began before there was a catalogue keeps to ours", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await inventory.set(ROOT, "inventory", "started_at", "2026-11-21T09:30:00.000Z");
  server.catalogues.set("a1", { rooms: [] });
  await store.refreshDay();
  assert.deepEqual(await store.catalogue(ROOT), { version: 1 });
});

test("what another tablet wrote appears, in pages, and the screen is told", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  /** @type {string[]} */
  const heard = [];
  inventory.subscribe((changed) => heard.push(...changed));
  for (const n of [1, 2, 3, 4, 5, 6, 7]) elsewhere(server, { field: `f${n}`, value: n, hlc: `000000000000${n}-0000` });
  await store.transfer.syncNow();
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7].map((n) => inventory.get(ROOM)?.fields[`f${n}`]),
    [1, 2, 3, 4, 5, 6, 7],
  );
  assert.ok(heard.includes(ROOM));
});

test("a later write of this tablet stays on the screen while it waits; the server's word counts once nothing waits", async () => {
  const { store, server } = await enrolledTablet({ now: () => 1_795_000_000_000 });
  const inventory = await store.openInventory(ROOT);
  server.rejects = (op) => (op.value === "mine" ? "bad_value" : null);
  server.fault = (_, path) => (path.includes("/push") ? server.ours(503, {}) : null);
  await inventory.set(ROOM, "room", "label", "mine");
  elsewhere(server, { field: "label", value: "theirs", hlc: "1794999999999-0000" });
  await store.transfer.syncNow();
  assert.equal(inventory.get(ROOM)?.fields.label, "mine");
  server.fault = () => null;
  await store.transfer.syncNow();
  assert.equal(inventory.get(ROOM)?.fields.label, "theirs");
});

test("the clock never falls behind what was seen, also when the tablet's own is two days slow", async () => {
  const { store, server } = await enrolledTablet({ now: () => 1_795_000_000_000 });
  const inventory = await store.openInventory(ROOT);
  elsewhere(server, { field: "label", value: "theirs", hlc: "1795172800000-0005" });
  await store.transfer.syncNow();
  await inventory.set(ROOM, "room", "label", "mine");
  await store.transfer.syncNow();
  assert.equal(server.ops.at(-1).hlc, "1795172800000-0006");
  assert.equal(inventory.get(ROOM)?.fields.label, "mine");
});

test("an alert holds the inventory on the day, offline, until the office lets it proceed", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  server.fault = () => "lose request";
  const alert = await inventory.addEntity("alert", { body: { reason: "gas", text: "", subject_id: null, at: "x" } });
  assert.equal(inventory.summary().state, "held");
  assert.equal((await store.day()).appointments[0]?.summary?.state, "held");
  server.fault = () => null;
  await store.transfer.syncNow();
  const decision = { outcome: "proceed", by: "x", at: "x", reason: "x" };
  elsewhere(server, { entity_id: alert, kind: "alert", field: "decision", value: decision, hlc: "1795000000000-0000" });
  await store.transfer.syncNow();
  assert.equal(inventory.summary().state, "planned");
});

test("an inventory that left our scope leaves the tablet, with its photographs", async () => {
  const { store, server } = await withPhoto();
  await store.transfer.syncNow();
  server.news.evict = [ROOT];
  await store.transfer.syncNow();
  await store.transfer.syncNow();
  assert.deepEqual(await left(), []);
  await assert.rejects(store.openInventory(ROOT), { code: "unknown_inventory" });
});

test("nothing leaves while an operation or a photograph of it is only here", async () => {
  const { store, server } = await withPhoto();
  server.news.evict = [ROOT];
  server.fault = (_, path) => (path.includes("/uploads") || path.includes("/missing") ? "lose request" : null);
  await store.transfer.syncNow();
  assert.equal(store.transfer.state().pendingOps, 0);
  assert.ok((await left()).includes("blobs"));
  server.fault = (_, path) => (path.includes("/push") ? "lose request" : null);
  await (await store.openInventory(ROOT)).set(ROOM, "room", "label", "a");
  await store.transfer.syncNow();
  server.fault = () => null;
  await store.transfer.syncNow();
  assert.equal(server.blobs.size, 2, "the photograph went first");
  await store.transfer.syncNow();
  assert.deepEqual(await left(), []);
});

test("a sealed inventory leaves 7 days after the later of receipt and seal, by the server's clock", async () => {
  const { store, server } = await withPhoto();
  await store.transfer.syncNow();
  const at = (/** @type {number} */ ms) => new Date(ms).toISOString();
  const sealed = {
    id: ROOT,
    state: "sealed",
    missing: [],
    receipt_at: at(server.time - DAY_MS),
    sealed_at: at(server.time),
  };
  server.news.inventories = [sealed];
  await store.transfer.syncNow();
  assert.equal((await store.day()).appointments[0]?.summary?.state, "sealed");
  server.time += 7 * DAY_MS - 1_000;
  await store.transfer.syncNow();
  assert.ok((await left()).includes("entities"));
  server.time += 1_000;
  await store.transfer.syncNow();
  assert.deepEqual(await left(), []);
});

test("an inventory that was not receipted never leaves by itself", async () => {
  const { store, server } = await withPhoto();
  await store.transfer.syncNow();
  server.news.inventories = [{ id: ROOT, state: "sealed", sealed_at: new Date(server.time).toISOString() }];
  await store.transfer.syncNow();
  server.time += 400 * DAY_MS;
  await store.transfer.syncNow();
  assert.ok((await left()).includes("entities"));
});

test("a photograph that the server could not use is stuck, with its reason", async () => {
  const { store, server, inventory, photoId } = await withPhoto();
  await store.transfer.syncNow();
  assert.equal(inventory.where(photoId).place, "safe");
  server.news.photos = [
    { sha256: inventory.get(photoId)?.fields.body.report.sha256, verdict: "unusable", reason: "truncated" },
  ];
  await store.transfer.syncNow();
  assert.deepEqual(inventory.where(photoId), { place: "stuck", percent: null, reason: "truncated" });
});

test("a server that speaks a later language stops the pull, not the push, and says so", async () => {
  const { store, server } = await withPhoto();
  server.news.upgrade_required = true;
  server.fault = (_, path) =>
    path.includes("/pull")
      ? server.ours(200, { v: 1, cursor: 0, more: false, changes: [], upgrade_required: true })
      : null;
  await store.transfer.syncNow();
  assert.deepEqual(store.transfer.state().problem, { code: "upgrade_required" });
  assert.deepEqual([server.ops.length, server.blobs.size], [1, 2]);
});

test("the pack is asked for again with its tag, and not at every round", async () => {
  const timers = new FakeTimers();
  const { store, server } = await enrolledTablet({ after: timers.after, now: () => 1_795_000_000_000 });
  const packs = () => server.requests.filter(({ path }) => path.endsWith("/pack")).length;
  const before = packs();
  const round = new Promise((resolve) => store.transfer.subscribe(resolve));
  timers.next?.act();
  await round;
  assert.equal(packs(), before);
  await store.transfer.syncNow();
  assert.ok(packs() > before);
});

test("an inventory that left the tablet comes back when the day names it again", async () => {
  const { store, server } = await enrolledTablet();
  server.news.evict = [ROOT];
  server.fault = (_, path) => (path.endsWith("/pack") ? "lose request" : null);
  await store.transfer.syncNow();
  await assert.rejects(store.openInventory(ROOT));
  server.fault = () => null;
  server.news.evict = [];
  await store.refreshDay();
  assert.equal((await store.openInventory(ROOT)).get(ROOM)?.fields.label, "Chambre mansardée");
});
