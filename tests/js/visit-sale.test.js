/** A sales visit as its screens see it: who is next, what may be signed, what a document says. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { privateSubjects } from "../../fieldapp/static/field/rules/private-words.js";
import { ANSWER, SLIP } from "../../fieldapp/static/field/rules/slip-record.js";
import {
  candidatesOf,
  documentBody,
  isDone,
  lacking,
  nextAfter,
  withReason,
} from "../../fieldapp/static/field/visit/sale.js";
import { drawn, minutesOnFoot, SIDE } from "../../fieldapp/static/field/visit/surroundings.js";

const OFFER = { notified_on: "2026-11-20", reply_by: "2026-11-30", dalo: false };
const ENTRY = {
  candidates: [
    { id: "a", name: "Alex", phone: "06", rank: 1, offer: OFFER, unique_number: "" },
    { id: "b", name: "Dominique", phone: "", rank: 2, offer: null, unique_number: "0292" },
  ],
};

/** @param {Record<string, any>} entities @returns {any} */
function reads(entities) {
  const list = (/** @type {string} */ kind) =>
    Object.entries(entities)
      .filter(([, entity]) => entity.kind === kind)
      .map(([id, entity]) => ({ id, ...entity.fields }));
  return { id: "v", header: entities.v?.fields ?? {}, get: (/** @type {string} */ id) => entities[id], list };
}

/** @param {Record<string, any>} fields */
const attendance = (fields) => ({ kind: "attendance", fields });
const slipOf = (/** @type {string} */ id) => ({
  kind: "document",
  fields: { body: { candidate_id: id, document_kind: SLIP }, closed: { at: "2026-11-23T09:00:00.000Z" } },
});

test("who came is asked for an opinion, who did not is done", () => {
  const [alex, dominique] = candidatesOf(ENTRY, reads({ a: attendance({ presence: "absent_excused" }) }));
  assert.ok(alex && dominique);
  assert.equal(isDone(alex), true);
  assert.equal(dominique.came, null);
  assert.equal(isDone(dominique), false);
});

test("the next candidate is the one after, then whoever was left out", () => {
  const all = candidatesOf(ENTRY, reads({ b: attendance({ presence: "present" }), s: slipOf("b") }));
  assert.equal(nextAfter(all, "b")?.id, "a");
  assert.equal(nextAfter(all, "a"), null);
});

test("a slip that the server refused may be signed again", () => {
  const draft = reads({ b: attendance({ presence: "present" }), s: slipOf("b") });
  assert.equal(isDone(candidatesOf(ENTRY, draft, ["s"])[1] ?? assert.fail()), false);
  assert.equal(isDone(candidatesOf(ENTRY, draft, [])[1] ?? assert.fail()), true);
});

test("a document that nobody decided on is no slip", () => {
  const open = { kind: "document", fields: { body: { candidate_id: "b", document_kind: SLIP } } };
  assert.equal(candidatesOf(ENTRY, reads({ s: open }))[1]?.slip, null);
});

test("a slip wants a presence, an opinion, and a reason for a no", () => {
  const said = (/** @type {Record<string, any>} */ fields) => candidatesOf(ENTRY, reads({ b: attendance(fields) }))[1];
  const missing = (/** @type {Record<string, any>} */ fields) => lacking(/** @type {any} */ (said(fields)), SLIP);
  assert.equal(missing({}), "presence");
  assert.equal(missing({ presence: "late" }), "outcome");
  assert.equal(missing({ presence: "present", outcome: "refuses" }), "reason");
  assert.equal(missing({ presence: "present", outcome: "refuses", reasons: ["rent"] }), null);
});

test("only who holds a notified offer may answer it", () => {
  const there = attendance({ presence: "present" });
  const [alex, dominique] = candidatesOf(ENTRY, reads({ a: there, b: there }));
  assert.equal(lacking(/** @type {any} */ (alex), ANSWER), null);
  assert.equal(lacking(/** @type {any} */ (dominique), ANSWER), "offer");
});

test("the first reason touched is the principal, until it is taken back", () => {
  const one = withReason({}, "noise");
  const two = withReason(one, "rent");
  assert.deepEqual(two, { reasons: ["noise", "rent"], principal: "noise" });
  assert.deepEqual(withReason(two, "noise"), { reasons: ["rent"], principal: "rent" });
  assert.deepEqual(withReason(one, "noise"), { reasons: [], principal: null });
});

test("reasons that no longer count are not in the document, and nobody else is", () => {
  const draft = reads({
    v: { kind: "visit", fields: { number: "V1", presented: ["rooms"] } },
    b: attendance({ presence: "present", outcome: "accepts", reasons: ["rent"], principal: "rent", words: "Clair." }),
  });
  const candidate = /** @type {any} */ (candidatesOf(ENTRY, draft)[1]);
  const now = "2026-11-23T09:00:00.000Z";
  const body = documentBody({ candidate, draft, kind: SLIP, language: "fr", now });
  assert.deepEqual([body.reasons, body.principal, body.words], [[], null, "Clair."]);
  assert.equal(body.number, "V1-1");
  assert.ok(!JSON.stringify(body).includes("Alex"));
});

test("places are drawn inside the map, none on another nor on the dwelling", () => {
  const home = { lat_e7: 479_958_000, lon_e7: -41_003_000 };
  const place = (/** @type {number} */ north, /** @type {number} */ east) => ({
    kind: "shop",
    name: "",
    lines: "",
    detail: "",
    distance_m: 100,
    lat_e7: home.lat_e7 + north,
    lon_e7: home.lon_e7 + east,
  });
  const { marks, words, rings } = drawn(home, [
    place(0, 0),
    place(10, 10),
    place(90_000, -90_000),
    { ...place(0, 0), lat_e7: null },
  ]);
  assert.equal(marks.length, 3);
  assert.equal(words.length, 1);
  assert.ok(rings.length > 0);
  for (const [index, mark] of marks.entries()) {
    assert.ok(mark.x > 0 && mark.x < SIDE && mark.y > 0 && mark.y < SIDE);
    for (const other of marks.slice(index + 1)) assert.ok(Math.hypot(mark.x - other.x, mark.y - other.y) >= 30);
  }
});

test("minutes on foot are never none", () => {
  assert.deepEqual([minutesOnFoot(null), minutesOnFoot(10), minutesOnFoot(800)], [null, 1, 10]);
});

test("words about a person are noticed as on the server", () => {
  const read = (/** @type {string} */ path) =>
    JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), "utf8"));
  const { visits } = read("visits.json");
  for (const [text, found] of read("private_words.json")) assert.deepEqual(privateSubjects(text, visits), found, text);
});
