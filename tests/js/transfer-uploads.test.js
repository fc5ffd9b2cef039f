// Photographs reach the server whole, from where the line broke, report sizes first.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Pace } from "../../fieldapp/static/field/transfer/pace.js";
import { CODE, enrolledTablet, FakeDarkroom, failWrites, tablet } from "./support/bench.js";
import { ROOM, ROOT } from "./support/fake-server.js";

const CLOSED_AT = "2026-11-21T11:00:00.000Z";
const SHOT = /** @type {const} */ ({
  subjectKind: "room",
  subjectId: ROOM,
  roomId: ROOM,
  source: "camera",
  blob: new Blob(["x"]),
});

/** @typedef {import("../../fieldapp/static/field/store/session.js").Inventory} Inventory */

/** @param {Inventory} inventory @param {string} photoId */
function bodyOf(inventory, photoId) {
  return /** @type {any} */ (inventory.get(photoId)).fields.body;
}

/** Counts from 1. */
function counter() {
  let count = 0;
  return () => {
    count += 1;
    return count;
  };
}

/** @param {number} bytes of the archive's size */
async function tabletWithCamera(bytes) {
  const made = await enrolledTablet({ develop: new FakeDarkroom(bytes).develop });
  return { ...made, inventory: await made.store.openInventory(ROOT) };
}

test("a photograph names the bytes that were stored, and is safe once both sizes are receipted", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const photoId = await inventory.addPhoto(SHOT);
  const { archive, report, thumb, room_id, taken_at } = bodyOf(inventory, photoId);
  assert.equal(room_id, ROOM);
  assert.match(taken_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  assert.deepEqual(Object.keys(thumb).sort(), ["bytes", "sha256"]);
  assert.equal(inventory.where(photoId).place, "tablet");
  await store.transfer.syncNow();
  assert.deepEqual([...server.blobs.keys()].sort(), [archive.sha256, report.sha256].sort());
  assert.equal(server.blobs.get(archive.sha256)?.length, archive.bytes);
  assert.deepEqual(inventory.where(photoId), { place: "safe", percent: null, reason: null });
  assert.equal(inventory.summary().unsentPhotos, 0);
});

test("every report size goes before any archive size, and operations before both", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const ids = [await inventory.addPhoto(SHOT), await inventory.addPhoto(SHOT), await inventory.addPhoto(SHOT)];
  const reports = new Set(ids.map((id) => inventory.get(id)?.fields.body.report.sha256));
  await store.transfer.syncNow();
  assert.deepEqual(
    [...server.blobs.keys()].map((sha256) => reports.has(sha256)),
    [true, true, true, false, false, false],
  );
  const paths = server.requests.map(({ path }) => path);
  assert.ok(
    paths.findLastIndex((path) => path.includes("/push")) < paths.findIndex((path) => path.includes("/uploads")),
  );
});

test("an upload goes on from the byte where the line broke, chunk after chunk", async () => {
  const { store, server, inventory } = await tabletWithCamera(5_000_000);
  await inventory.addPhoto(SHOT);
  let bytesSent = 0;
  let resets = 0;
  server.fault = (method, path, init) => {
    if (!path.includes("/uploads") || method === "HEAD") return null;
    bytesSent += /** @type {Uint8Array} */ (init.body).length;
    resets += 1;
    if (resets % 3 !== 0) return null;
    return resets % 2 === 0 ? "lose reply" : "lose request";
  };
  await store.transfer.syncNow();
  assert.equal(server.blobs.size, 2);
  for (const [sha256, bytes] of server.blobs) assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
  assert.ok(resets > 4);
  assert.ok(bytesSent < 1.5 * 7_000_000, `${bytesSent} bytes for 7,000,000`);
});

test("a tablet that was switched off in the middle resumes; what arrived is not sent again", async () => {
  const { store, server, inventory } = await tabletWithCamera(4_000_000);
  await inventory.addPhoto(SHOT);
  const chunks = counter();
  server.fault = (method, path) =>
    path.includes("/uploads") && method !== "HEAD" && chunks() > 3 ? "lose request" : null;
  await store.transfer.syncNow();
  const arrived = [...server.uploads.values()].reduce((sum, upload) => sum + upload.bytes.length, 0);
  assert.ok(arrived > 500_000 && server.blobs.size < 2);
  assert.notEqual(store.transfer.state().pendingPhotos, 0);
  let bytesSent = 0;
  server.fault = (_, path, init) => {
    if (path.includes("/uploads") && init.body) bytesSent += /** @type {Uint8Array} */ (init.body).length;
    return null;
  };
  const again = await tablet({ server });
  await again.store.unlock(CODE);
  await again.store.transfer.syncNow();
  assert.equal(server.blobs.size, 2);
  assert.equal(bytesSent, 5_600_000 - arrived);
});

test("bytes that the server already has are not sent at all", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const photoId = await inventory.addPhoto(SHOT);
  const { archive } = bodyOf(inventory, photoId);
  server.blobs.set(archive.sha256, new Uint8Array());
  await store.transfer.syncNow();
  assert.equal(server.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/uploads")).length, 1);
  assert.equal(inventory.where(photoId).place, "safe");
});

test("a lost receipt is asked for, not paid for twice", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  await inventory.addPhoto(SHOT);
  const lost = counter();
  server.fault = (method, path) =>
    method === "POST" && path.endsWith("/uploads") && lost() <= 2 ? "lose reply" : null;
  await store.transfer.syncNow();
  assert.equal(server.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/uploads")).length, 2);
  assert.equal(store.transfer.state().pendingPhotos, 0);
});

test("bytes altered on the way are sent once more; refused for good, the photograph is stuck and the others go", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const bad = await inventory.addPhoto(SHOT);
  const good = await inventory.addPhoto(SHOT);
  const { report, archive } = bodyOf(inventory, bad);
  const altered = counter();
  server.fault = (method, path, init) => {
    const metadata = new Headers(init.headers).get("Upload-Metadata") ?? "";
    if (method !== "POST" || !path.endsWith("/uploads")) return null;
    if (metadata.includes(btoa(report.sha256)) && altered() === 1) return server.ours(400, { code: "hash_mismatch" });
    if (metadata.includes(btoa(archive.sha256))) return server.ours(413, { code: "too_large" });
    return null;
  };
  await store.transfer.syncNow();
  assert.ok(server.blobs.has(report.sha256));
  assert.deepEqual(inventory.where(bad), { place: "stuck", percent: null, reason: "too_large" });
  assert.equal(inventory.where(good).place, "safe");
  assert.equal(inventory.summary().stuck, 1);
});

test("a photograph deleted before it went stays here; restored, it goes", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const photoId = await inventory.addPhoto(SHOT);
  await inventory.remove(photoId);
  await store.transfer.syncNow();
  assert.equal(server.blobs.size, 0);
  assert.equal(store.transfer.state().pendingPhotos, 0);
  await inventory.restore(photoId);
  await store.transfer.syncNow();
  assert.equal(server.blobs.size, 2);
});

test("a tablet whose disk is full still gives the server what it holds, and notes it once there is room", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  const photoId = await inventory.addPhoto(SHOT);
  const repairs = ["entities", "files", "meta"].map((name) => failWrites(name, 1, true));
  await store.transfer.syncNow();
  for (const repair of repairs.reverse()) repair();
  assert.deepEqual([server.ops.length, server.blobs.size], [1, 2]);
  assert.deepEqual(store.transfer.state().problem, { code: "storage_full" });
  assert.equal(inventory.where(photoId).place, "tablet");
  await store.transfer.syncNow();
  assert.equal(inventory.where(photoId).place, "safe");
  assert.deepEqual([server.ops.length, store.transfer.state().problem], [1, null]);
});

test("an operation written while photographs go does not wait for them", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  for (let shots = 0; shots < 6; shots += 1) await inventory.addPhoto(SHOT);
  let written = false;
  server.fault = (method, path) => {
    if (!written && method === "POST" && path.endsWith("/uploads")) {
      written = true;
      void inventory.set(ROOM, "room", "label", "Bureau");
    }
    return null;
  };
  await store.transfer.syncNow();
  const paths = server.requests.map(({ path }) => path);
  assert.ok(
    paths.findLastIndex((path) => path.includes("/push")) < paths.findLastIndex((path) => path.endsWith("/uploads")),
  );
  assert.equal(server.blobs.size, 12);
});

test("while a file goes, the photograph says how far it is", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000_000);
  const photoId = await inventory.addPhoto(SHOT);
  /** @type {number[]} */
  const seen = [];
  inventory.subscribe(() => {
    const { place, percent } = inventory.where(photoId);
    if (place === "sending" && percent !== null) seen.push(percent);
  });
  await store.transfer.syncNow();
  assert.ok(server.blobs.size === 2 && seen.length > 3);
  assert.deepEqual(
    seen,
    seen.toSorted((one, other) => one - other),
    "it never goes back",
  );
  assert.ok(Number(seen.at(-1)) > 50);
});

test("the record goes once the inventory is closed with the same hash; missing photographs follow, then it is accepted", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  await inventory.addPhoto(SHOT);
  const bytes = new TextEncoder().encode('{"a":1}');
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await inventory.saveRecord(bytes, sha256);
  assert.deepEqual(await inventory.readRecord(), { bytes: new Uint8Array(bytes), sha256 });
  await store.transfer.syncNow();
  assert.equal(server.records.size, 0, "shown is not closed");
  await inventory.set(ROOT, "inventory", "closed", { record_sha256: sha256, at: CLOSED_AT, acts: [] });
  assert.equal(inventory.summary().state, "closed");
  await store.transfer.syncNow();
  assert.equal(server.records.get(ROOT), '{"a":1}');
  assert.deepEqual([inventory.summary().problem, inventory.summary().missing], [null, []]);
  const closes = () => server.requests.filter(({ path }) => path.endsWith("/close")).length;
  const before = closes();
  await store.transfer.syncNow();
  assert.equal(closes(), before, "what was accepted is not sent again");
});

test("a record that the server waits for photographs of asks for them, even for those thought safe", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  await inventory.addPhoto(SHOT);
  await store.transfer.syncNow();
  server.blobs.clear();
  server.uploads.clear();
  await inventory.saveRecord(new TextEncoder().encode("{}"), "aa");
  await inventory.set(ROOT, "inventory", "closed", { record_sha256: "aa", at: CLOSED_AT, acts: [] });
  await store.transfer.syncNow();
  assert.equal(server.blobs.size, 2);
  assert.equal(inventory.summary().problem, null);
});

test("a record that is refused is stuck with its reason; one that is held is asked for again", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  let code = "held";
  server.fault = (_, path) =>
    path.endsWith("/close") && code !== "" ? server.ours(code === "held" ? 409 : 422, { code }) : null;
  await inventory.saveRecord(new TextEncoder().encode("{}"), "aa");
  await inventory.set(ROOT, "inventory", "closed", { record_sha256: "aa", at: CLOSED_AT, acts: [] });
  await store.transfer.syncNow();
  assert.equal(inventory.summary().problem, "held");
  code = "record_differs";
  await store.transfer.syncNow();
  assert.equal(inventory.summary().problem, "record_differs");
  code = "";
  await store.transfer.syncNow();
  assert.equal(server.records.size, 0, "a person must look first");
  assert.deepEqual([inventory.summary().refused, (await store.day()).appointments[0]?.summary?.refused], [true, true]);
  await inventory.set(ROOT, "inventory", "closed", null);
  assert.deepEqual([inventory.summary().state, inventory.summary().problem], ["in_progress", null]);
  await inventory.saveRecord(new TextEncoder().encode('{"b":2}'), "bb");
  await inventory.set(ROOT, "inventory", "closed", { record_sha256: "bb", at: CLOSED_AT, acts: [] });
  await store.transfer.syncNow();
  assert.equal(server.records.get(ROOT), '{"b":2}', "the new record goes");
  assert.deepEqual([inventory.summary().refused, inventory.summary().problem], [false, null]);
});

test("a record damaged on its way is sent again a few times, then a person must look", async () => {
  const { store, server, inventory } = await tabletWithCamera(3_000);
  let damaged = 2;
  server.fault = (_, path) => {
    if (!path.endsWith("/close") || damaged === 0) return null;
    damaged -= 1;
    return server.ours(400, { code: "hash_mismatch" });
  };
  const close = async (/** @type {string} */ sha256) => {
    await inventory.saveRecord(new TextEncoder().encode("{}"), sha256);
    await inventory.set(ROOT, "inventory", "closed", { record_sha256: sha256, at: CLOSED_AT, acts: [] });
  };
  await close("aa");
  for (let round = 0; round < 3; round += 1) await store.transfer.syncNow();
  assert.deepEqual([server.records.has(ROOT), inventory.summary().problem], [true, null]);
  damaged = 100;
  await close("bb");
  for (let round = 0; round < 9; round += 1) await store.transfer.syncNow();
  assert.deepEqual([damaged, inventory.summary().refused], [95, true]);
});

test("chunks grow on a good line and shrink on one that breaks, between 256 KB and 2 MB", () => {
  const pace = new Pace();
  for (let round = 0; round < 9; round += 1) pace.arrived(pace.size, 10);
  assert.equal(pace.size, 2 * 1024 * 1024);
  for (let round = 0; round < 9; round += 1) pace.stumble();
  assert.equal(pace.size, 256 * 1024);
  pace.arrived(10, 1);
  assert.equal(pace.size, 256 * 1024, "a small file says nothing");
});
