// Pictures that another tablet took: fetched last, checked, sealed, and gone with their inventory.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { asText, disk, enrolledTablet } from "./support/bench.js";
import { FakeServer, ROOM, ROOT } from "./support/fake-server.js";

const OTHER_DEVICE = "0190f5a0-0000-7000-8000-0000000000ff";
const PHOTO = "0190f5a0-0000-7000-8000-0000000000f1";

/**
 * Another tablet photographed a room; the server holds the bytes.
 * @param {FakeServer} server
 * @param {number} [count]
 */
function photographed(server, count = 1) {
  return Array.from({ length: count }, (_, at) => {
    const file = (/** @type {string} */ name) => {
      const bytes = Buffer.from(`\xff\xd8 ${name} ${at} of another tablet`, "latin1");
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      server.blobs.set(sha256, new Uint8Array(bytes));
      return { sha256, bytes: bytes.length, width: 10, height: 10 };
    };
    const subject = { subject_kind: "room", subject_id: ROOM, room_id: ROOM };
    const value = { ...subject, taken_at: server.now(), source: "camera", archive: file("a"), report: file("r") };
    const id = `${PHOTO.slice(0, -1)}${at}`;
    const op = { root_id: ROOT, entity_id: id, kind: "photo", field: "body", value, base_rev: 0 };
    const hlc = `000000000000${at + 1}-0000`;
    server.push({ ops: [{ ...op, device_id: OTHER_DEVICE, hlc, op_id: `photo${at}` }] });
    return id;
  });
}

/** @param {string} path */
const isPicture = (path) => path.includes("/photos/");

test("the thumbnail of a photograph taken on another tablet is fetched and shown", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const [id = ""] = photographed(server);
  assert.equal(await inventory.thumb(id), null);
  await store.transfer.syncNow();
  const bytes = Buffer.from(new Uint8Array((await inventory.photoBytes(id, "thumb")) ?? new ArrayBuffer(0)));
  assert.equal(bytes.toString("latin1"), "small \xff\xd8 r 0 of another tablet");
  assert.deepEqual(inventory.summary().pictures, { all: 1, away: 0 });
  assert.equal(inventory.where(id).place, "safe");
  assert.equal(inventory.summary().unsentPhotos, 0);
});

test("what was fetched lies sealed on the disk", async () => {
  const { store, server } = await enrolledTablet();
  photographed(server);
  await store.transfer.syncNow();
  const kept = (await disk()).map(({ values }) => asText(values)).join("\n");
  assert.ok(!kept.includes("of another tablet"));
});

test("a connection that breaks half-way leaves what came, and the rest comes at the next contact", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  photographed(server, 6);
  let given = 0;
  server.fault = (_, path) => {
    if (isPicture(path)) given += 1;
    return isPicture(path) && given > 3 ? "lose reply" : null;
  };
  await store.transfer.syncNow();
  const { all, away } = inventory.summary().pictures;
  assert.equal(all, 6);
  assert.ok(away > 0 && away < 6, `${away} are away`);
  server.fault = () => null;
  server.requests.length = 0;
  await store.transfer.syncNow();
  assert.equal(inventory.summary().pictures.away, 0);
  assert.equal(server.requests.filter(({ path }) => isPicture(path)).length, away);
});

test("a picture that was altered on the way is not kept", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  photographed(server);
  server.fault = (_, path) =>
    isPicture(path)
      ? new Response("<html>portal", { headers: { "Fieldapp-Server": "1", "Repr-Digest": "sha-256=:AAAA:" } })
      : null;
  await store.transfer.syncNow();
  assert.equal(inventory.summary().pictures.away, 1);
});

test("what the server cannot give yet is no trouble, and everything else goes on", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  photographed(server);
  server.fault = (_, path) => (isPicture(path) ? server.ours(404, { code: "no_photo" }) : null);
  await store.transfer.syncNow();
  assert.equal(store.transfer.state().problem, null);
  await inventory.set(ROOM, "room", "label", "Séjour");
  await store.transfer.syncNow();
  assert.equal(store.transfer.state().pendingOps, 0);
  server.fault = () => null;
  await store.transfer.syncNow();
  assert.equal(inventory.summary().pictures.away, 0);
});

test("a move-out brings the photographs of its entry, small and large, by the entry's own ids", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const bytes = Buffer.from("\xff\xd8 of the entry", "latin1");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  server.blobs.set(sha256, new Uint8Array(bytes));
  const value = { origin: "sealed", photos: [{ mark: "P01", id: PHOTO, report: { sha256 } }] };
  const op = { root_id: ROOT, entity_id: ROOT, kind: "inventory", field: "entry", value, base_rev: 0 };
  server.push({ ops: [{ ...op, device_id: OTHER_DEVICE, hlc: "0000000000001-0000", op_id: "entry" }] });
  await store.transfer.syncNow();
  for (const [size, made] of /** @type {const} */ ([
    ["thumb", "small"],
    ["view", "large"],
  ])) {
    const kept = await inventory.photoBytes(PHOTO, /** @type {any} */ (size));
    assert.equal(
      Buffer.from(new Uint8Array(kept ?? new ArrayBuffer(0))).toString("latin1"),
      `${made} \xff\xd8 of the entry`,
    );
  }
  assert.deepEqual(inventory.summary().pictures, { all: 1, away: 0 });
});

test("own photographs are not asked for, nor those that were taken back", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  const blob = new Blob(["x"]);
  await inventory.addPhoto({ subjectKind: "room", subjectId: ROOM, source: "camera", blob });
  const [gone = ""] = photographed(server);
  const op = { root_id: ROOT, entity_id: gone, kind: "photo", field: "deleted", value: true, base_rev: 0 };
  server.push({ ops: [{ ...op, device_id: OTHER_DEVICE, hlc: "0000000000009-0000", op_id: "gone" }] });
  await store.transfer.syncNow();
  assert.deepEqual(
    server.requests.filter(({ path }) => isPicture(path)),
    [],
  );
});

test("an inventory that leaves takes its fetched pictures along", async () => {
  const { store, server } = await enrolledTablet();
  photographed(server);
  await store.transfer.syncNow();
  server.news.evict = [ROOT];
  await store.transfer.syncNow();
  const left = (await disk()).filter(({ store: name }) => name === "files" || name === "blobs");
  assert.deepEqual(
    left.flatMap(({ keys }) => keys),
    [],
  );
});

test("the photographs and the plan of a dwelling sheet come to the tablet that holds its visit", async () => {
  const server = new FakeServer();
  const sha256 = createHash("sha256").update("plan").digest("hex");
  server.blobs.set(sha256, new Uint8Array(Buffer.from("a plan")));
  server.visit = { id: ROOT, candidates: [], photos: [], plan: { sha256 } };
  const { store } = await enrolledTablet({ server });
  const inventory = await store.openInventory(ROOT);
  await store.transfer.syncNow();
  const bytes = await inventory.photoBytes(sha256, "view");
  assert.equal(Buffer.from(new Uint8Array(bytes ?? new ArrayBuffer(0))).toString("latin1"), "large a plan");
});
