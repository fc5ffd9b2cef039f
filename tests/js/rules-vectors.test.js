/** The rules in JavaScript give what the shared vectors say, which is what the rules in Python give. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { buildAddendum } from "../../fieldapp/static/field/rules/addendum-record.js";
import { check } from "../../fieldapp/static/field/rules/completeness.js";
import { heatingMonth, publicHolidays, tenDaysUntil } from "../../fieldapp/static/field/rules/deadlines.js";
import { buildRecord } from "../../fieldapp/static/field/rules/record.js";
import { buildSlip } from "../../fieldapp/static/field/rules/slip-record.js";
import { buildTechnical } from "../../fieldapp/static/field/rules/technical-record.js";
import { canonicalBytes, sha256Hex } from "../../fieldapp/static/field/store/canonical.js";

const vectors = new URL("../vectors/", import.meta.url);

/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(path, vectors), "utf8"));
/** @param {string} folder @returns {any[]} */
const cases = (folder) => readdirSync(new URL(folder, vectors)).map((name) => read(`${folder}${name}`));
const catalogue = read("catalogue.json");
const legal = read("legal.json");
const record = cases("record/");
const completeness = cases("completeness/");

test("there are vectors to hold the two languages together", () => {
  assert.ok(record.length >= 12);
  assert.equal(completeness.length, record.length);
});

for (const vector of record) {
  test(`the record has the same bytes as the server's: ${vector.about}`, async () => {
    const built = buildRecord(read(`state/${vector.state}.json`), catalogue, legal);
    assert.deepEqual(JSON.parse(JSON.stringify(built)), vector.record);
    assert.equal(await sha256Hex(canonicalBytes(built)), vector.sha256);
  });
}

for (const vector of cases("slip/")) {
  test(`a slip has the same bytes as the server's: ${vector.about}`, async () => {
    const built = buildSlip(vector.document_id, vector.visit, vector.body, read("visits.json"));
    assert.deepEqual(JSON.parse(JSON.stringify(built)), vector.record);
    assert.equal(await sha256Hex(canonicalBytes(built)), vector.sha256);
  });
}

for (const vector of cases("technical/")) {
  test(`a technical visit has the same bytes as the server's: ${vector.about}`, async () => {
    const words = { ...catalogue, ...read("visits.json"), version: catalogue.version };
    const built = buildTechnical(vector.document_id, vector.visit, vector.body, words);
    assert.deepEqual(JSON.parse(JSON.stringify(built)), vector.record);
    assert.equal(await sha256Hex(canonicalBytes(built)), vector.sha256);
  });
}

for (const vector of cases("addendum/")) {
  test(`an addendum has the same bytes as the server's: ${vector.about}`, async () => {
    const words = { ...catalogue, ...read("visits.json"), version: catalogue.version };
    const built = buildAddendum(vector.document_id, vector.visit, vector.body, words);
    assert.deepEqual(JSON.parse(JSON.stringify(built)), vector.record);
    assert.equal(await sha256Hex(canonicalBytes(built)), vector.sha256);
  });
}

for (const vector of completeness) {
  test(`what is missing is the same on the tablet: ${vector.about}`, () => {
    const state = read(`state/${vector.state}.json`);
    assert.deepEqual(check(state, catalogue), vector.items);
    assert.deepEqual(check(state, catalogue, { closing: true }), vector.closing);
  });
}

test("ten days and the heating month end on the same days as on the server", () => {
  const { days, holidays } = read("deadline/days.json");
  for (const [day, until, from, to] of days) {
    assert.deepEqual([day, tenDaysUntil(day), ...heatingMonth(day)], [day, until, from, to]);
  }
  for (const [year, expected] of Object.entries(holidays)) {
    assert.deepEqual([...publicHolidays(Number(year))].sort(), expected);
  }
});
