import assert from "node:assert/strict";
import { test } from "node:test";
import { clock, n, speak, t } from "../../fieldapp/static/field/i18n.js";
import {
  equipmentDone,
  insuranceDone,
  keyDone,
  meterDone,
  partyDone,
} from "../../fieldapp/static/field/visit/tally.js";

const id = "x";

test("a meter is done once it is read, with both indexes where it has two", () => {
  assert.equal(meterDone({ id, state: "read", index: "00482" }), true);
  assert.equal(meterDone({ id, state: "read", index: " " }), false);
  assert.equal(meterDone({ id, meter_kind: "electricity_hphc", state: "read", index: "1" }), false);
  assert.equal(meterDone({ id, meter_kind: "electricity_hphc", state: "read", index: "1", index_low: "2" }), true);
});

test("a meter out of reach is done once somebody says why", () => {
  assert.equal(meterDone({ id, state: "inaccessible" }), false);
  assert.equal(meterDone({ id, state: "inaccessible", reason: "Local fermé" }), true);
});

test("a key wants its destination, its number and a confirmation", () => {
  assert.equal(keyDone({ id, confirmed: true, quantity: 0, destination: "Cave" }), true);
  assert.equal(keyDone({ id, confirmed: true, quantity: 2, destination: "" }), false);
  assert.equal(keyDone({ id, confirmed: false, quantity: 2, destination: "Cave" }), false);
});

test("a smoke detector is done when it is missing, or there and tried", () => {
  assert.equal(equipmentDone({ id, equipment_kind: "smoke_detector" }), false);
  assert.equal(equipmentDone({ id, equipment_kind: "smoke_detector", present: true }), false);
  assert.equal(equipmentDone({ id, equipment_kind: "smoke_detector", present: true, tested: "fails" }), true);
  assert.equal(equipmentDone({ id, equipment_kind: "smoke_detector", present: false }), true);
});

test("who signs for another shows a mandate, an address and an identity paper", () => {
  const proxy = { id, quality: "proxy", present: true, represents: "t" };
  assert.equal(partyDone(proxy), false);
  assert.equal(partyDone({ ...proxy, mandate: "Mandat du 3 mai", domicile: "Lyon", identity_seen: "passport" }), true);
  assert.equal(partyDone({ id, quality: "tenant", present: false }), true);
});

test("insurance is seen with its insurer and its end", () => {
  assert.equal(insuranceDone(null), false);
  assert.equal(insuranceDone({ seen: true, insurer: "Assureur", expires: null }), false);
  assert.equal(insuranceDone({ seen: true, insurer: "Assureur", expires: "2027-01-31" }), true);
});

test("nought is singular in French, and a sign of punctuation never starts a line", () => {
  assert.equal(n("{count} photo", "{count} photos", 0), "0 photo");
  assert.equal(t("Photo : {name}", { name: "Sol" }), "Photo\u00a0: Sol");
});

test("the language changes every later sentence, the hour included", async () => {
  await speak("en");
  assert.equal(n("{count} photo", "{count} photos", 0), "0 photos");
  assert.equal(t("Pièce suivante"), "Next room");
  assert.equal(clock("2026-11-21T08:30:00.000Z"), "9:30");
  await speak("fr");
  assert.equal(clock("2026-11-21T08:30:00.000Z"), "9\u00a0h\u00a030");
});
