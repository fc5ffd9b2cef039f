// Slips and answers reach the server as they were signed; one that is refused says so, and stops none of the others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { canonicalBytes, sha256Hex } from "../../fieldapp/static/field/store/canonical.js";
import { uuid7 } from "../../fieldapp/static/field/store/uuid7.js";
import { CODE, enrolledTablet, tablet } from "./support/bench.js";
import { FakeServer, ROOT } from "./support/fake-server.js";

/** @typedef {{path: string, body: Uint8Array}} Sent */

/** A tablet whose server judges each document; `verdict` gives a code to refuse it with. @param {(id: string) => string | null} verdict */
async function visiting(verdict) {
  /** @type {Sent[]} */
  const sent = [];
  const server = new FakeServer();
  server.fault = (_, path, init) => {
    const id = path.match(/\/documents\/([^/]+)\/close$/)?.[1];
    if (!id) return null;
    sent.push({ path, body: new Uint8Array(/** @type {any} */ (init.body)) });
    const code = verdict(id);
    return code ? server.ours(409, { code }) : server.ours(200, {});
  };
  const { store } = await enrolledTablet({ server });
  return { store, server, sent, visit: await store.openInventory(ROOT) };
}

/** @param {import("../../fieldapp/static/field/store/session.js").Inventory} visit @param {string} said */
async function signed(visit, said) {
  const id = uuid7();
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (canonicalBytes({ said }));
  const sha256 = await sha256Hex(bytes);
  const act = {
    act_id: uuid7(),
    document_id: id,
    record_sha256: sha256,
    decision: "signed",
    at: "2026-11-23T09:00:00.000Z",
  };
  await visit.signDocument(id, { bytes, sha256 }, [/** @type {any} */ (act)]);
  return { id, bytes };
}

test("a document leaves as the very bytes that were signed, once, after what it rests on", async () => {
  const { store, server, sent, visit } = await visiting(() => null);
  const { id, bytes } = await signed(visit, "oui");
  assert.equal(visit.summary().unsentOps > 0, true);
  await store.transfer.syncNow();
  await store.transfer.syncNow();
  assert.deepEqual(
    sent.map(({ path }) => path),
    [`/api/field/visits/${ROOT}/documents/${id}/close`],
  );
  assert.deepEqual(sent[0]?.body, bytes);
  const paths = server.requests.map(({ path }) => path);
  assert.equal(
    paths.findIndex((path) => path.endsWith("/push")) < paths.findIndex((path) => path.endsWith("/close")),
    true,
  );
  assert.deepEqual([visit.summary().unsentOps, visit.summary().stuck], [0, 0]);
});

test("one that is refused is shown with its reason, also after a restart, and the next one leaves", async () => {
  /** @type {string[]} */
  const bad = [];
  const { store, server, sent, visit } = await visiting((id) => (bad.includes(id) ? "record_differs" : null));
  const first = await signed(visit, "non");
  bad.push(first.id);
  await signed(visit, "oui");
  await store.transfer.syncNow();
  await store.transfer.syncNow();
  assert.equal(sent.length, 2);
  const refused = [{ id: first.id, reason: "record_differs" }];
  assert.deepEqual(visit.summary().refusedDocuments, refused);
  assert.equal((await store.day()).appointments[0]?.summary?.stuck, 1);
  const again = await tablet({ server });
  await again.store.unlock(CODE);
  assert.deepEqual((await again.store.openInventory(ROOT)).summary().refusedDocuments, refused);
});

test("what was left to the office is no trouble any more, and its bytes stay", async () => {
  const { store, sent, visit } = await visiting(() => "no_offer");
  const { id, bytes } = await signed(visit, "oui");
  await store.transfer.syncNow();
  await visit.settleDocument(id);
  await store.transfer.syncNow();
  assert.deepEqual([visit.summary().refusedDocuments, visit.summary().stuck, visit.summary().unsentOps], [[], 0, 0]);
  assert.deepEqual(await visit.readDocument(id), bytes);
  assert.equal(sent.length, 1);
});

test("what another message will settle is asked again", async () => {
  let early = true;
  const { store, sent, visit } = await visiting(() => (early ? "not_signed" : null));
  await signed(visit, "oui");
  await store.transfer.syncNow();
  assert.deepEqual([visit.summary().refusedDocuments, visit.summary().stuck], [[], 0]);
  early = false;
  await store.transfer.syncNow();
  assert.equal(sent.length, 2);
  assert.equal(visit.summary().unsentOps, 0);
});

test("bytes that arrive damaged are sent again, five times at most", async () => {
  const { store, sent, visit } = await visiting(() => "hash_mismatch");
  const { id } = await signed(visit, "oui");
  for (let round = 0; round < 7; round += 1) await store.transfer.syncNow();
  assert.equal(sent.length, 5);
  assert.deepEqual(visit.summary().refusedDocuments, [{ id, reason: "hash_mismatch" }]);
});

test("a lost answer keeps the document on its way", async () => {
  const { store, server, sent, visit } = await visiting(() => null);
  await signed(visit, "oui");
  const judged = server.fault;
  server.fault = (_, path) => (path.endsWith("/close") ? "lose reply" : null);
  await store.transfer.syncNow();
  assert.equal(visit.summary().unsentOps, 1);
  server.fault = judged;
  await store.transfer.syncNow();
  assert.equal(sent.length, 1);
  assert.equal(visit.summary().unsentOps, 0);
});
