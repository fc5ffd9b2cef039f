// What a repair would cost at most: exact to the cent, whatever was typed for its quantity.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { proposals } from "../../fieldapp/static/field/rules/charge-proposal.js";
import { fitting, grossOf, hundredths } from "../../fieldapp/static/field/rules/estimate.js";
import { agreed, estimated } from "../../fieldapp/static/field/rules/exit-estimate.js";

/** @typedef {import("../../fieldapp/static/field/rules/exit-estimate.js").Work} Work */
/** @param {string} name @returns {any} */
const read = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const { exits } = read("wear/proposals");
/** @type {{works: Work[], cases: any[]}} */
const { works, cases } = read("wear/works");

test("a quantity, a price and a tax are rounded once, a half up", () => {
  assert.equal(grossOf({ quantity: 1250, price: 1450, vat: 1000 }), 199_38n);
  assert.equal(grossOf({ quantity: 3800, price: 1450, vat: 1000 }), 606_10n);
  assert.equal(grossOf({ quantity: 100, price: 1, vat: 5000 }), 2n);
});

test("a quantity is read with a comma or a point, and nothing else is guessed", () => {
  assert.deepEqual(["12,5", "12.05", " 3 "].map(hundredths), [1250, 1205, 300]);
  assert.deepEqual(["", "0", "-1", "12,555", "douze", "1 000"].map(hundredths), [null, null, null, null, null, null]);
});

test("the works offered are those of the shared cases, in their order", () => {
  for (const { name, kind, defects, gone, codes } of cases) {
    assert.deepEqual(
      fitting(works, kind, defects, gone).map(({ code }) => code),
      codes,
      name,
    );
  }
});

test("an exit proposes the lines that the office finds in it", () => {
  for (const [name, expected] of Object.entries(exits)) {
    const { record, state } = read(`record/${name}`);
    const { entities } = read(`state/${state}`);
    const kindOf = (/** @type {string} */ id) => {
      const { element_kind, key_kind, equipment_kind } = entities[id]?.fields ?? {};
      return element_kind || key_kind || equipment_kind || "";
    };
    assert.deepEqual(proposals(record, kindOf), expected, name);
  }
});

const WALL = {
  line_id: "w.state",
  subject_id: "w",
  subject_kind: /** @type {"element"} */ ("element"),
  kind: "walls",
  label: "Murs",
  entry_state: "good",
  exit_state: "poor",
  defects: ["hole"],
  missing: 0,
  replaced: false,
  started_on: null,
};
const PAINT = { code: "paint", label: "Peinture", unit: "m2", price: 1450, vat: 1000 };
const AROUND = {
  works: [{ ...PAINT, element_kinds: ["walls"], defects: [], wear_kind: "paint" }],
  grid: read("wear/lines").grids.a,
  starts: { w: { on: "2022-05-12" } },
  keysOn: "2026-09-30",
  entry: "yes",
};

test("an estimate wears a work as the office will", () => {
  const work = { ...PAINT, quantity: 3800 };
  assert.deepEqual(estimated(WALL, "damage", work, AROUND), {
    ...{ line_id: "w.state", age: 4, share_percent: "55", gross: "606.10", due: "333.36" },
    ...{ outcome: "due", reason: "by_rate" },
  });
  assert.equal(estimated(WALL, "normal_wear", work, AROUND).due, "0.00");
});

test("an estimate guesses neither cause nor price nor age", () => {
  const work = { ...PAINT, quantity: 3800 };
  assert.equal(estimated(WALL, null, work, AROUND).reason, "cause_missing");
  assert.equal(estimated(WALL, "damage", null, AROUND).reason, "price_missing");
  assert.equal(estimated(WALL, "damage", work, { ...AROUND, starts: {} }).reason, "age_unknown");
  assert.equal(estimated({ ...WALL, replaced: true }, "damage", work, AROUND).reason, "age_unknown");
  assert.equal(estimated(WALL, "damage", work, { ...AROUND, grid: null }).reason, "no_grid_row");
});

test("missing keys have the price of the one work meant for them", () => {
  const key = { ...WALL, subject_kind: /** @type {"key"} */ ("key"), kind: "key", exit_state: "absent", missing: 2 };
  const copy = { code: "copy", label: "Clé", unit: "piece", price: 1800, vat: 2000 };
  const listed = { ...copy, element_kinds: ["key"], defects: ["missing"], wear_kind: "" };
  const work = agreed([listed], key);
  assert.deepEqual(work, { ...copy, quantity: 200 });
  assert.equal(estimated(key, null, work, { ...AROUND, works: [listed] }).due, "43.20");
  assert.equal(agreed([listed, { ...listed, code: "other" }], key), null);
});
