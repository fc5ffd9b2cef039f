// A photo that was blurred: the first picture is gone from the tablet in the same breath, whoever blurred it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { disk, enrolledTablet } from "./support/bench.js";
import { FakeServer, ROOM, ROOT } from "./support/fake-server.js";

const AREA = { x: 100, y: 100, w: 2000, h: 2000 };
const SUBJECT = /** @type {const} */ ({ subjectKind: "room", subjectId: ROOM, roomId: ROOM, source: "camera" });

async function withPhoto(/** @type {FakeServer} */ server = new FakeServer()) {
  const made = await enrolledTablet({ server });
  const inventory = await made.store.openInventory(ROOT);
  const photoId = await inventory.addPhoto({ ...SUBJECT, blob: new Blob(["x"]) });
  return { ...made, inventory, photoId, hashes: hashesOf(inventory, photoId) };
}

/** @param {import("../../fieldapp/static/field/store/session.js").Inventory} inventory @param {string} photoId */
function hashesOf(inventory, photoId) {
  const { archive, report, thumb } = inventory.get(photoId)?.fields.body ?? {};
  return [archive.sha256, report.sha256, thumb.sha256];
}

/** The keys of the kept bytes. */
async function kept() {
  return (await disk()).find(({ store, database }) => store === "blobs" && database !== "fieldapp")?.keys ?? [];
}

test("the blurred photo takes the first one's place, with its caption, its marks and its moment", async () => {
  const { inventory, photoId, hashes } = await withPhoto();
  const marks = [{ shape: "circle", x: 5000, y: 3000, r: 900 }];
  await inventory.set(photoId, "photo", "caption", "Trou");
  await inventory.set(photoId, "photo", "marks", marks);
  const blurred = await inventory.blurPhoto(photoId, [AREA]);
  assert.deepEqual(
    inventory.list("photo").map(({ id, caption, marks }) => ({ id, caption, marks })),
    [{ id: blurred, caption: "Trou", marks }],
  );
  const [before, after] = [inventory.get(photoId)?.fields, inventory.get(blurred)?.fields];
  assert.equal(after?.body.taken_at, before?.body.taken_at);
  assert.equal(after?.body.subject_id, ROOM);
  assert.deepEqual([before?.withdrawn.reason, before?.withdrawn.replaced_by], ["blurred", blurred]);
  assert.deepEqual(new Set(await kept()), new Set(hashesOf(inventory, blurred)));
  assert.ok(hashes.every((hash) => !hashesOf(inventory, blurred).includes(hash)));
  assert.equal(await inventory.thumb(photoId), null);
});

test("what had not been sent is never sent; the tombstone goes before the new picture", async () => {
  const { store, server, inventory, photoId, hashes } = await withPhoto();
  await inventory.blurPhoto(photoId, [AREA]);
  await store.transfer.syncNow();
  assert.ok(hashes.every((hash) => !server.blobs.has(hash)));
  assert.equal(server.blobs.size, 2);
  assert.ok(server.ops.some(({ entity_id, field }) => entity_id === photoId && field === "withdrawn"));
  assert.equal(store.transfer.state().pendingPhotos, 0);
});

test("bytes that another photo shows too are kept", async () => {
  const print = (/** @type {string} */ text) => {
    const bytes = new TextEncoder().encode(text);
    return { bytes: bytes.buffer, width: 4, height: 3, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
  let shots = 0;
  const develop = async (/** @type {unknown} */ _source, /** @type {unknown[]} */ areas = []) => {
    shots += 1;
    const name = areas.length > 0 ? "blurred" : `shot ${shots}`;
    return {
      archive: print(name),
      report: print(areas.length > 0 ? "other" : "the same"),
      thumb: print(`${name} small`),
    };
  };
  const { store } = await enrolledTablet({ develop });
  const inventory = await store.openInventory(ROOT);
  const first = await inventory.addPhoto({ ...SUBJECT, blob: new Blob(["x"]) });
  const second = await inventory.addPhoto({ ...SUBJECT, blob: new Blob(["x"]) });
  await inventory.blurPhoto(first, [AREA]);
  assert.equal((await inventory.photoBytes(second, "report"))?.byteLength, "the same".length);
  assert.equal((await kept()).length, 6);
});

test("a photo blurred on another tablet loses its thumbnail here", async () => {
  const { store, server, inventory, photoId } = await withPhoto();
  await store.transfer.syncNow();
  const withdrawn = { reason: "blurred", at: server.now(), replaced_by: ROOM };
  const op = { root_id: ROOT, entity_id: photoId, kind: "photo", field: "withdrawn", value: withdrawn, base_rev: 0 };
  server.push({ ops: [{ ...op, device_id: "elsewhere", hlc: "9999999999999-0000", op_id: "w" }] });
  await store.transfer.syncNow();
  assert.deepEqual(inventory.list("photo"), []);
  assert.deepEqual(await kept(), []);
  assert.equal(inventory.state().entities[photoId]?.fields.deleted, true);
});

test("a photo whose bytes are on another tablet cannot be blurred here", async () => {
  const { store, server, inventory } = await withPhoto();
  const id = ROOM.replace("e1", "f1");
  const value = { ...inventory.list("photo")[0]?.body, report: { sha256: "ab" }, archive: { sha256: "cd" } };
  const op = { root_id: ROOT, entity_id: id, kind: "photo", field: "body", value, base_rev: 0 };
  server.push({ ops: [{ ...op, device_id: "elsewhere", hlc: "0000000000009-0000", op_id: "p" }] });
  await store.transfer.syncNow();
  await assert.rejects(inventory.blurPhoto(id, [AREA]), { code: "not_here" });
  assert.equal(inventory.list("photo").length, 2);
});
