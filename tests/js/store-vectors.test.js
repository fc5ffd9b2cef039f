// The tablet and the server agree on bytes, stamps and merges: both read the same examples.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { canonicalBytes, NotCanonical, sha256Hex } from "../../fieldapp/static/field/store/canonical.js";
import * as hlc from "../../fieldapp/static/field/store/hlc.js";
import { merge } from "../../fieldapp/static/field/store/merge.js";
import { uuid7 } from "../../fieldapp/static/field/store/uuid7.js";

/** @param {string} name */
function examples(name) {
  return JSON.parse(readFileSync(new URL(`../../sync/examples/${name}.json`, import.meta.url), "utf8"));
}

for (const { name, value, bytes_hex, sha256 } of examples("canonical").cases) {
  test(`canonical bytes of ${name}`, async () => {
    const bytes = canonicalBytes(value);
    assert.equal(Buffer.from(bytes).toString("hex"), bytes_hex);
    assert.equal(await sha256Hex(bytes), sha256);
  });
}

for (const { name, json } of examples("canonical").refused) {
  test(`no canonical form: ${name}`, () => {
    assert.throws(() => canonicalBytes(JSON.parse(json)), NotCanonical);
  });
}

test("a value that JSON would silently drop or change has no canonical form", () => {
  for (const value of [undefined, { a: undefined }, new Date(0), new Map(), 1n, Array(1), Number.NaN]) {
    assert.throws(() => canonicalBytes(value), NotCanonical);
  }
});

for (const { name, current, incoming, outcome } of examples("merge").cases) {
  test(`merge: ${name}`, () => assert.deepEqual(merge(current, incoming), outcome));
}

for (const example of examples("hlc").cases) {
  test(`clock: ${JSON.stringify(example)}`, () => {
    const { do: action, last, seen, now_ms, gives } = example;
    assert.equal(action === "tick" ? hlc.tick(last, now_ms) : hlc.observe(last, seen, now_ms), gives);
  });
}

for (const text of examples("hlc").refused) {
  test(`not a clock stamp: ${JSON.stringify(text)}`, () => assert.throws(() => hlc.read(text), RangeError));
}

test("identifiers are UUIDs of version 7 that sort by the time they were minted", () => {
  const [one, other] = [uuid7(1_795_000_000_000), uuid7(1_795_000_000_001)];
  for (const id of [one, other])
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(Number.parseInt(one.replace("-", "").slice(0, 12), 16), 1_795_000_000_000);
  assert.ok(one < other);
  assert.equal(new Set(Array.from({ length: 500 }, () => uuid7())).size, 500);
});
