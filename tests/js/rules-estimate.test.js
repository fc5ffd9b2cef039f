// What a repair would cost at most: exact to the cent, whatever was typed for its quantity.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitting, grossOf, hundredths } from "../../fieldapp/static/field/rules/estimate.js";

test("a quantity, a price and a tax are rounded once, a half up", () => {
  assert.equal(grossOf({ quantity: 1250, price: 1450, vat: 1000 }), 199_38n);
  assert.equal(grossOf({ quantity: 3800, price: 1450, vat: 1000 }), 606_10n);
  assert.equal(grossOf({ quantity: 100, price: 1, vat: 5000 }), 2n);
});

test("a quantity is read with a comma or a point, and nothing else is guessed", () => {
  assert.deepEqual(["12,5", "12.05", " 3 "].map(hundredths), [1250, 1205, 300]);
  assert.deepEqual(["", "0", "-1", "12,555", "douze", "1 000"].map(hundredths), [null, null, null, null, null, null]);
});

test("works meant for the defect come first, those for other things or defects not at all", () => {
  const works = [
    { code: "whole", element_kinds: ["walls"], defects: [] },
    { code: "hole", element_kinds: ["walls"], defects: ["hole"] },
    { code: "stain", element_kinds: ["walls"], defects: ["stain"] },
    { code: "floor", element_kinds: ["floor"], defects: [] },
  ];
  assert.deepEqual(
    fitting(works, "walls", ["hole"]).map(({ code }) => code),
    ["hole", "whole"],
  );
});
