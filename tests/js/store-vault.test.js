// What a thief finds on the disk, what six digits open, and whose vault it is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { asText, CODE, disk, EMAIL, emptyDisk, enrolledTablet, tablet } from "./support/bench.js";
import { FakeServer, PASSWORD, ROOM, ROOT } from "./support/fake-server.js";

const PERSONAL = [
  "Sofia",
  "Marchetti",
  "Camille",
  "Durand",
  "Tanneurs",
  "mansardée",
  "Habitat",
  "Ma remarque",
  "token-1",
  EMAIL,
  PASSWORD,
  CODE,
  "tenant",
  "EDL-1",
];

async function workedTablet() {
  const made = await enrolledTablet();
  const inventory = await made.store.openInventory(ROOT);
  await inventory.set(ROOM, "room", "label", "Ma remarque");
  await inventory.addPhoto({ subjectKind: "room", subjectId: ROOM, source: "camera", blob: new Blob(["x"]) });
  await inventory.saveRecord(new TextEncoder().encode('{"tenant":"Sofia Marchetti"}'), "aa");
  await inventory.signAct({ act_id: "0190f5a0-0000-7000-8000-0000000000f1", name: "Sofia Marchetti" });
  return { ...made, inventory };
}

test("the disk holds nothing personal in a key, an index or a value", async () => {
  await workedTablet();
  const text = (await disk()).map(({ keys, values }) => asText([keys, values])).join("\n");
  assert.ok(text.length > 3_000, "the dump is not empty");
  for (const word of PERSONAL) assert.ok(!text.includes(word), `${word} is on the disk`);
});

test("photographs are ciphertext in array buffers, never blobs", async () => {
  await workedTablet();
  const blobs = (await disk()).flatMap(({ store, values }) => (store === "blobs" ? values : []));
  assert.equal(blobs.length, 3);
  for (const row of blobs) {
    assert.deepEqual(Object.keys(row).sort(), ["data", "key_id", "nonce"]);
    assert.ok(row.data instanceof ArrayBuffer);
    assert.equal(row.nonce.byteLength, 12);
    assert.ok(!asText(row.data).includes("1/0.4"));
  }
});

test("no two rows share a nonce", async () => {
  await workedTablet();
  const nonces = (await disk()).flatMap(({ values }) => values.flatMap((row) => (row?.nonce ? asText(row.nonce) : [])));
  assert.ok(nonces.length > 10);
  assert.equal(new Set(nonces).size, nonces.length);
});

test("the keys on the disk can be used by this browser and read by nobody", async () => {
  await workedTablet();
  const [row] = (await disk()).flatMap(({ store, values }) => (store === "vaults" ? values : []));
  const keys = [row.signing_key, ...row.wrappings.map((/** @type {any} */ wrapping) => wrapping.key)];
  assert.equal(keys.length, 2);
  for (const key of keys) {
    assert.equal(key.extractable, false);
    await assert.rejects(crypto.subtle.exportKey("jwk", key));
  }
});

test("the organisation's private key opens what a lost tablet held", async () => {
  const pair = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
    true,
    ["wrapKey", "unwrapKey"],
  );
  const server = new FakeServer();
  server.organisationKey = { ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid: "2026" };
  const { store } = await enrolledTablet({ server });
  await store.transfer.syncNow();
  await store.transfer.syncNow();
  assert.equal(server.wrappedKeys.length, 1, "left with the server, once");
  const parts = await disk();
  const [row] = parts.flatMap(({ store: name, values }) => (name === "vaults" ? values : []));
  assert.deepEqual([server.wrappedKeys[0]?.key_id, server.wrappedKeys[0]?.kid], [row.key_id, "2026"]);
  const wrapped = Buffer.from(server.wrappedKeys[0]?.wrapped ?? "", "base64");
  const key = await crypto.subtle.unwrapKey("raw", wrapped, pair.privateKey, "RSA-OAEP", "AES-GCM", false, ["decrypt"]);
  const entities = parts.find((part) => part.store === "entities");
  const at = entities?.keys.findIndex((name) => /** @type {string[]} */ (name)[1] === ROOM) ?? -1;
  const sealed = entities?.values[at];
  const additionalData = new TextEncoder().encode(`entities/${ROOT}/${ROOM}`);
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: sealed.nonce, additionalData }, key, sealed.data);
  assert.match(new TextDecoder().decode(plain), /Chambre mansardée/);
});

test("an organisation that gets its key later is added when the agent signs in again", async () => {
  const { store, server } = await enrolledTablet();
  const pair = await crypto.subtle.generateKey(
    { name: "RSA-OAEP", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
    true,
    ["wrapKey", "unwrapKey"],
  );
  server.organisationKey = { ...(await crypto.subtle.exportKey("jwk", pair.publicKey)), kid: "2027" };
  await store.enrol({ email: EMAIL, password: PASSWORD });
  await store.enrol({ email: EMAIL, password: PASSWORD });
  const [row] = (await disk()).flatMap(({ store: name, values }) => (name === "vaults" ? values : []));
  assert.deepEqual(
    row.wrappings.map((/** @type {any} */ wrapping) => wrapping.by),
    ["tablet", "organisation"],
  );
});

test("a row moved to another place does not open", async () => {
  const { server } = await workedTablet();
  const name = (await indexedDB.databases())
    .map((database) => String(database.name))
    .find((found) => found !== "fieldapp");
  await new Promise((resolve) => {
    const opening = indexedDB.open(String(name));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction("entities", "readwrite");
      const entities = transaction.objectStore("entities");
      entities.get([ROOT, ROOT]).onsuccess = (event) =>
        entities.put(/** @type {any} */ (event.target).result, [ROOT, ROOM]);
      transaction.oncomplete = () => resolve(opening.result.close());
    };
  });
  const { store } = await tablet({ server });
  await store.unlock(CODE);
  await assert.rejects(store.openInventory(ROOT), { code: "damaged_row" });
});

test("the code opens the day without a network, and only the code", async () => {
  const { server } = await enrolledTablet();
  server.fault = () => "lose request";
  const { store } = await tablet({ server });
  assert.equal(store.status().locked, true);
  await assert.rejects(store.day(), { code: "locked" });
  await assert.rejects(store.openInventory(ROOT), { code: "locked" });
  await assert.rejects(store.unlock("000000"), { code: "wrong_code", triesLeft: 4 });
  await store.unlock(CODE);
  assert.equal((await store.day()).appointments[0]?.dwelling_summary.street, "12 rue des Tanneurs");
});

test("five wrong codes: only signing in online opens the day, and what waited is still there", async () => {
  const { store, server } = await enrolledTablet();
  await (await store.openInventory(ROOT)).set(ROOM, "room", "label", "Bureau");
  store.lock();
  for (const triesLeft of [4, 3, 2, 1]) await assert.rejects(store.unlock("000000"), { code: "wrong_code", triesLeft });
  await assert.rejects(store.unlock("000000"), { code: "locked_out" });
  await assert.rejects(store.unlock(CODE), { code: "locked_out" });
  const again = await tablet({ server });
  await assert.rejects(again.store.unlock(CODE), { code: "locked_out" });
  await again.store.enrol({ email: EMAIL, password: PASSWORD });
  assert.equal(again.store.status().triesLeft, 5);
  await again.store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => op.value),
    ["Bureau"],
  );
});

test("a try is spent on the disk before its answer is known", async () => {
  const { store, server } = await enrolledTablet();
  store.lock();
  const answer = store.unlock("000000");
  await assert.rejects(answer, { code: "wrong_code" });
  assert.equal((await tablet({ server })).store.status().triesLeft, 4);
});

test("tenant mode shuts the day and leaves the open inventory at work", async () => {
  const { store } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  store.lock();
  await assert.rejects(store.day(), { code: "locked" });
  await inventory.signAct({ act_id: "0190f5a0-0000-7000-8000-0000000000f1", name: "Sofia" });
  assert.equal(inventory.list("act").length, 1);
});

test("the code must be six digits, and is asked for before the server is", async () => {
  emptyDisk();
  const { store, server } = await tablet();
  for (const code of [undefined, "", "12345", "1234567", "12a456"]) {
    const credentials = { email: EMAIL, password: PASSWORD, deviceName: "" };
    await assert.rejects(store.enrol(code === undefined ? credentials : { ...credentials, code }), {
      code: "bad_code",
    });
  }
  assert.deepEqual(server.requests, []);
});

test("the same agent comes back to the same device and outbox; another agent finds another vault", async () => {
  const { store, server } = await enrolledTablet();
  await (await store.openInventory(ROOT)).set(ROOM, "room", "label", "Bureau");
  await store.enrol({ email: "other@demo.fieldapp.example", password: PASSWORD, deviceName: "", code: "111111" });
  assert.equal(store.transfer.state().pendingOps, 0);
  assert.equal(await store.unsentOfOthers(), 1, "what another agent left is counted, whoever asks");
  await store.enrol({ email: `  ${EMAIL.toUpperCase()} `, password: PASSWORD });
  assert.equal(server.devices.size, 2);
  assert.equal((await store.openInventory(ROOT)).get(ROOM)?.fields.label, "Bureau");
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => op.device_id.at(-1)),
    ["1"],
  );
  assert.equal(await store.unsentOfOthers(), 0);
});

test("signing in again while an inventory is open keeps it open, and writing", async () => {
  const { store, server } = await enrolledTablet();
  const inventory = await store.openInventory(ROOT);
  await store.enrol({ email: EMAIL, password: PASSWORD });
  await inventory.set(ROOM, "room", "label", "Bureau");
  assert.equal((await store.openInventory(ROOT)).get(ROOM)?.fields.label, "Bureau");
  await store.transfer.syncNow();
  assert.deepEqual(
    server.ops.map((op) => op.device_seq),
    [1],
  );
});

test("a browser that cannot keep keys says so, and nothing is left behind", async () => {
  emptyDisk();
  const { store } = await tablet();
  const prototype = /** @type {any} */ (globalThis.IDBObjectStore.prototype);
  const original = prototype.put;
  prototype.put = function put(/** @type {any[]} */ ...args) {
    if (this.name === "vaults") throw new DOMException("no keys here", "DataCloneError");
    return original.apply(this, args);
  };
  await assert.rejects(store.enrol({ email: EMAIL, password: PASSWORD, code: CODE }), { code: "storage" });
  prototype.put = original;
  assert.equal(store.status().enrolled, false);
});

test("data of a later release are left alone, with a clear error", async () => {
  emptyDisk();
  await new Promise((resolve) => {
    const opening = indexedDB.open("fieldapp", 99);
    opening.onsuccess = () => resolve(opening.result.close());
  });
  await assert.rejects(tablet(), { code: "newer_database" });
});

test("an act's signature verifies with the key that enrolment published", async () => {
  const server = new FakeServer();
  /** @type {any} */
  let published = null;
  server.fault = (_, path, init) => {
    if (path.endsWith("/enrol")) published = JSON.parse(String(init.body)).public_key;
    return null;
  };
  const { store } = await enrolledTablet({ server });
  const signed = await (await store.openInventory(ROOT)).signAct({
    act_id: "0190f5a0-0000-7000-8000-0000000000f1",
    at: "x",
    é: [1],
  });
  const { signature, ...body } = signed;
  assert.deepEqual(Object.keys(published).sort(), ["crv", "kty", "x", "y"]);
  const key = await crypto.subtle.importKey("jwk", published, { name: "ECDSA", namedCurve: "P-256" }, false, [
    "verify",
  ]);
  const { canonicalBytes } = await import("../../fieldapp/static/field/store/canonical.js");
  const raw = Buffer.from(signature, "base64url");
  assert.equal(raw.length, 64);
  assert.match(signature, /^[\w-]+$/);
  assert.ok(await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, raw, canonicalBytes(body)));
  assert.equal(body.device_id, "0190f5a0-0000-7000-8000-000000000001");
});

test("codes tried all at once each cost a try", async () => {
  const { store } = await enrolledTablet();
  store.lock();
  await Promise.allSettled(["000000", "000001", "000002"].map((code) => store.unlock(code)));
  assert.equal(store.status().triesLeft, 2);
});
