/** The ceremony: what is frozen, who answers, what an answer holds, and when it is over. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { Draft } from "../../fieldapp/static/field/screens/draft.js";
import { handedWords, handOver, handoverTo } from "../../fieldapp/static/field/screens/handed.js";
import { ceremonyOf, NothingWritten } from "../../fieldapp/static/field/screens/sign-ceremony.js";
import { Changed, Incomplete } from "../../fieldapp/static/field/screens/sign-freezing.js";
import { canonicalBytes, sha256Hex } from "../../fieldapp/static/field/store/canonical.js";
import { FakeInventory } from "./fake-store.js";

const vectors = new URL("../vectors/", import.meta.url);
/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(path, vectors), "utf8"));
const catalogue = read("catalogue.json");
const legal = {
  ...read("legal.json"),
  consent: {
    signed: { fr: "Je signe.", en: "I sign." },
    signed_with_reservations: { fr: "Je signe avec mes remarques.", en: "I sign with my remarks." },
    refused: { fr: "Je ne signe pas.", en: "I do not sign." },
    absent: { fr: "Absent.", en: "Absent." },
  },
};
const state = insured(read("state/f3.json"));
/** @type {string} */
const root = idOf("inventory", {});
const tenant = idOf("party", { quality: "tenant" });
const agent = idOf("party", { quality: "agent" });
const floor = idOf("element", { element_kind: "floor" });
const DRAWN = {
  decision: /** @type {const} */ ("signed"),
  method: /** @type {const} */ ("drawn"),
  strokes: [
    [
      [10, 20, 0],
      [300, 400, 16],
    ],
  ],
};

/** @type {FakeInventory} */
let inventory;
/** @type {Draft} */
let draft;
/** @type {import("../../fieldapp/static/field/screens/sign-ceremony.js").Ceremony} */
let ceremony;

/** The ceremony dates the inventory of today, so the insurance must outlive these tests. @param {any} given */
function insured(given) {
  for (const { kind, fields } of Object.values(given.entities)) {
    if (kind === "inventory") fields.insurance.expires = "2999-12-31";
  }
  return given;
}

/** @param {string} kind @param {Record<string, unknown>} fields */
function idOf(kind, fields) {
  const found = Object.entries(state.entities).find(
    ([, entity]) =>
      entity.kind === kind && Object.entries(fields).every(([name, value]) => entity.fields[name] === value),
  );
  return found?.[0] ?? "";
}

beforeEach(() => {
  inventory = new FakeInventory(root, state.entities);
  draft = new Draft(/** @type {any} */ (inventory));
  ceremony = ceremonyOf(draft, catalogue, legal);
});

test("what is shown is what is hashed, and every act names that hash", async () => {
  const { record, bytes, sha256 } = await ceremony.begin("fr");
  assert.deepEqual(bytes, canonicalBytes(record));
  assert.equal(sha256, await sha256Hex(bytes));
  await ceremony.answer(tenant, DRAWN);
  assert.equal(ceremony.person(tenant)?.act?.record_sha256, sha256);
  assert.equal(ceremony.person(tenant)?.act?.consent, "Je signe.");
});

test("the day and the language are written, and no handover of keys is guessed, before anything is frozen", async () => {
  await draft.set(root, "inventory", "keys_handed_at", null);
  const { record } = await ceremony.begin("en");
  assert.equal(record.established_at.slice(0, 10), new Date().toISOString().slice(0, 10));
  assert.equal(record.keys_handed_at, null);
  assert.equal(record.language, "en");
  assert.equal(record.rooms[1].label, "Living room");
});

test("nothing is frozen while something is missing", async () => {
  await draft.set(floor, "element", "material", "");
  await assert.rejects(
    ceremony.begin("fr"),
    (error) => error instanceof Incomplete && error.items[0]?.code === "materials_missing",
  );
  assert.equal(ceremony.frozen, null);
});

test("a signature with no stroke, a dot or an empty name is refused", async () => {
  await ceremony.begin("fr");
  for (const answer of [
    { ...DRAWN, strokes: [] },
    { ...DRAWN, strokes: [[[1, 1, 0]]] },
    { decision: /** @type {const} */ ("signed"), method: /** @type {const} */ ("typed"), typedName: "  " },
  ]) {
    await assert.rejects(ceremony.answer(tenant, answer), NothingWritten);
  }
  assert.equal(ceremony.person(tenant)?.act, null);
});

test("a typed name signs as much as a drawn line", async () => {
  await ceremony.begin("fr");
  await ceremony.answer(tenant, { decision: "signed", method: "typed", typedName: " Awa Diallo " });
  const act = ceremony.person(tenant)?.act;
  assert.deepEqual(
    [act?.decision, act?.method, act?.typed_name, act?.strokes],
    ["signed", "typed", "Awa Diallo", null],
  );
});

test("remarks make it a signature with remarks, in the party's own words", async () => {
  await ceremony.begin("fr");
  await ceremony.remark(tenant, { subject_kind: "element", subject_id: floor }, "Premier jet");
  await ceremony.remark(tenant, { subject_kind: "element", subject_id: floor }, "  La rayure va jusqu’au mur !!  ");
  await ceremony.remark(tenant, { subject_kind: "inventory", subject_id: null }, "Merci");
  await ceremony.remark(agent, { subject_kind: "inventory", subject_id: null }, "Autre personne");
  await ceremony.answer(tenant, DRAWN);
  const act = ceremony.person(tenant)?.act;
  assert.equal(act?.decision, "signed_with_reservations");
  assert.deepEqual(act?.remarks.map((/** @type {{text: string}} */ remark) => remark.text).sort(), [
    "  La rayure va jusqu’au mur !!  ",
    "Merci",
  ]);
});

test("a remark that is taken back is not in the act", async () => {
  await ceremony.begin("fr");
  await ceremony.remark(tenant, { subject_kind: "inventory", subject_id: null }, "Non");
  await ceremony.remark(tenant, { subject_kind: "inventory", subject_id: null }, "");
  await ceremony.answer(tenant, DRAWN);
  assert.equal(ceremony.person(tenant)?.act?.decision, "signed");
});

test("a change that arrives between reading and signing must be read again", async () => {
  const before = await ceremony.begin("fr");
  await draft.set(floor, "element", "state", "good");
  await assert.rejects(ceremony.answer(tenant, DRAWN), Changed);
  assert.equal(ceremony.person(tenant)?.act, null);
  assert.notEqual(ceremony.frozen?.sha256, before.sha256);
  await ceremony.answer(tenant, DRAWN);
  assert.equal(ceremony.person(tenant)?.act?.record_sha256, ceremony.frozen?.sha256);
});

test("an alert that arrives stops the signature", async () => {
  await ceremony.begin("fr");
  await draft.add("alert", { body: { reason: "gas", text: "", subject_id: null, at: new Date().toISOString() } });
  await assert.rejects(ceremony.answer(tenant, DRAWN), Incomplete);
});

test("nobody answers twice over the same record", async () => {
  await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  await ceremony.answer(tenant, { decision: "refused", method: "none", reason: "Pas d’accord" });
  assert.equal(draft.list("act").length, 1);
});

test("it is over when everybody has answered, and only then", async () => {
  const { sha256 } = await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  await ceremony.close();
  assert.equal(ceremony.closed, false);
  await ceremony.answer(agent, DRAWN);
  await ceremony.close();
  assert.equal(draft.header.closed.record_sha256, sha256);
  const acts = [tenant, agent].map((party) => ceremony.person(party)?.act?.act_id);
  assert.deepEqual(draft.header.closed.acts, acts);
});

test("it may end with a refusal or an absence, each with its reason", async () => {
  await ceremony.begin("fr");
  await ceremony.answer(tenant, { decision: "absent", method: "none", reason: "Absent, sans nouvelles" });
  await ceremony.answer(agent, DRAWN);
  await ceremony.close();
  assert.equal(ceremony.closed, true);
  const act = ceremony.person(tenant)?.act;
  assert.deepEqual(
    [act?.decision, act?.reason, act?.method, act?.strokes],
    ["absent", "Absent, sans nouvelles", "none", null],
  );
});

test("a tablet that dies in between takes the same record up again", async () => {
  const { sha256 } = await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  const again = ceremonyOf(new Draft(/** @type {any} */ (inventory)), catalogue, legal);
  const { sha256: resumed } = await again.resume("en");
  assert.equal(resumed, sha256);
  assert.equal(again.person(tenant)?.act?.record_sha256, sha256);
  assert.equal(again.complete, false);
});

test("what was signed is what is shown later, whatever is written afterwards", async () => {
  const { sha256, record } = await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  await ceremony.answer(agent, DRAWN);
  await ceremony.close();
  await inventory.set(floor, "element", "material", "");
  await inventory.set(tenant, "party", "name", "Quelqu’un d’autre");
  await inventory.set(tenant, "party", "deleted", true);
  const later = ceremonyOf(new Draft(/** @type {any} */ (inventory)), catalogue, legal);
  const shown = await later.resume("en");
  assert.equal(shown.sha256, sha256);
  assert.deepEqual(shown.record, record);
  assert.deepEqual(
    later.people().map(({ id, name, act }) => [id, name, act?.decision]),
    [
      [tenant, ceremony.frozen?.record.parties.find((/** @type {any} */ party) => party.id === tenant).name, "signed"],
      [agent, ceremony.frozen?.record.parties.find((/** @type {any} */ party) => party.id === agent).name, "signed"],
    ],
  );
  assert.equal(later.complete, true);
});

test("a tablet that did not hold the ceremony shows no copy of its own making", async () => {
  await ceremony.begin("fr");
  await inventory.set(root, "inventory", "closed", { record_sha256: "aa", at: new Date().toISOString(), acts: [] });
  const other = ceremonyOf(new Draft(/** @type {any} */ (inventory)), catalogue, legal);
  await assert.rejects(other.resume("fr"), (error) => /** @type {any} */ (error).code === "signed_elsewhere");
});

test("the first answer keeps what it answers to", async () => {
  const { sha256 } = await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  assert.equal((await inventory.readRecord())?.sha256, sha256);
});

test("a record that the server refused is read and signed again, and what was noted may change meanwhile", async () => {
  const { sha256 } = await ceremony.begin("fr");
  for (const party of [tenant, agent]) await ceremony.answer(party, DRAWN);
  await ceremony.close();
  assert.equal(draft.begun, true);
  inventory.refuseRecord("record_differs");
  assert.equal(inventory.summary().refused, true);
  await ceremony.reopen();
  assert.deepEqual([draft.header.closed, ceremony.closed, draft.begun], [null, false, false]);
  await draft.set(floor, "element", "state", "good");
  const again = await ceremony.resume("fr");
  assert.notEqual(again.sha256, sha256);
  assert.equal(ceremony.outdated, true);
  assert.equal(ceremony.complete, false);
  for (const party of [tenant, agent]) await ceremony.answer(party, DRAWN);
  assert.equal(draft.begun, true);
  await ceremony.close();
  assert.equal(draft.header.closed.record_sha256, again.sha256);
});

test("what was refused and opened again unchanged is the same document: earlier answers stand once somebody has said so", async () => {
  const { sha256 } = await ceremony.begin("fr");
  for (const party of [tenant, agent]) await ceremony.answer(party, DRAWN);
  await ceremony.close();
  inventory.refuseRecord("not_complete");
  await ceremony.reopen();
  // The application was started again in between: nothing but the journal remembers.
  const later = ceremonyOf(new Draft(/** @type {any} */ (inventory)), catalogue, legal);
  assert.equal((await later.resume("fr")).sha256, sha256);
  assert.deepEqual([later.outdated, later.answered, later.standing, later.complete], [false, true, true, false]);
  await later.answer(tenant, DRAWN);
  assert.equal(inventory.list("act").length, 2);
  later.confirmStanding();
  await later.close();
  assert.equal(inventory.get(root)?.fields.closed.record_sha256, sha256);
  assert.equal((await inventory.readRecord())?.sha256, sha256);
});

test("what the office opened again is frozen anew, even where the ceremony was still open", async () => {
  const { sha256 } = await ceremony.begin("fr");
  for (const party of [tenant, agent]) await ceremony.answer(party, DRAWN);
  await ceremony.close();
  inventory.refuseRecord(null);
  await inventory.setMany([
    { entityId: root, kind: "inventory", field: "closed", value: null },
    { entityId: floor, kind: "element", field: "state", value: "good" },
  ]);
  assert.notEqual((await ceremony.resume("fr")).sha256, sha256);
});

test("the tenant comes before the agent, and a represented tenant does not sign", async () => {
  const represented = insured(read("state/represented.json"));
  const other = new Draft(/** @type {any} */ (new FakeInventory(root, represented.entities)));
  const held = ceremonyOf(other, catalogue, legal);
  await held.begin("fr");
  assert.deepEqual(
    held.people().map((person) => person.quality),
    ["proxy", "agent"],
  );
  assert.equal(held.people()[0]?.represented, "Mme Awa Diallo");
});

test("an agent whom nobody seeded is there to sign", async () => {
  await draft.remove(agent);
  const { record } = await ceremony.begin("fr");
  assert.equal(record.parties.at(-1).name, "M. Karim Benali");
});

test("a copy is not handed over until somebody holds it", async () => {
  await ceremony.begin("fr");
  assert.equal(handedWords(handoverTo(draft, tenant)), "Pas encore remise");
  ceremony.wantCopy(tenant, { channel: "email", to: "awa@mail.example" });
  await ceremony.answer(tenant, DRAWN);
  const promised = handoverTo(draft, tenant);
  assert.deepEqual([promised?.channel, promised?.to, promised?.done], ["email", "awa@mail.example", false]);
  assert.match(handedWords(promised), /^Pas encore remise/);
  await handOver(draft, tenant);
  assert.match(handedWords(handoverTo(draft, tenant)), /^Remise le/);
});

test("a copy on the spot is promised by nothing but the print", async () => {
  await ceremony.begin("fr");
  await ceremony.answer(tenant, DRAWN);
  assert.equal(handoverTo(draft, tenant), null);
});
