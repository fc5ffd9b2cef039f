/** The code to scan is the one that another program draws. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { qrCode, TooLong } from "../../fieldapp/static/field/elements/qr-code.js";

const { codes } = JSON.parse(readFileSync(new URL("../vectors/qr.json", import.meta.url), "utf8"));

for (const { text, version, mask, rows } of codes) {
  test(`a code of version ${version} is drawn module by module like segno's: ${text.slice(0, 30)}`, () => {
    assert.deepEqual(
      qrCode(text, mask).map((row) => row.map((dark) => (dark ? "1" : "0")).join("")),
      rows,
    );
  });
}

test("a text that no such code holds is refused", () => {
  assert.throws(() => qrCode("x".repeat(214)), TooLong);
});
