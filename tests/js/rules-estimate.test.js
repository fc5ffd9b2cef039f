// What a repair would cost at most: exact to the cent, whatever was typed for its quantity.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fitting, grossOf, hundredths } from "../../fieldapp/static/field/rules/estimate.js";

const { works, cases } = JSON.parse(readFileSync(new URL("../vectors/wear/works.json", import.meta.url), "utf8"));

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
