import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { FileRows } from "../../fieldapp/static/field/store/file-rows.js";

/** @typedef {import("../../fieldapp/static/field/store/database.js").FileRow} FileRow */

const PLACES = /** @type {const} */ (["tablet", "safe", "stuck", "dropped"]);
const row = fc.record({
  root_id: fc.constantFrom("house", "flat"),
  photo_id: fc.constantFrom("one", "two", "three"),
  size: fc.constantFrom("report", "archive", "thumb"),
  place: fc.constantFrom(...PLACES),
  sha256: fc.constant("0"),
  bytes: fc.constant(1),
  reason: fc.constant(null),
});

/**
 * @param {Iterable<FileRow>} rows
 * @param {string} rootId
 * @param {string} place
 */
function counted(rows, rootId, place) {
  const there = [...rows].filter((one) => one.size !== "thumb" && one.place === place && one.root_id === rootId);
  return new Set(there.map((one) => one.photo_id)).size;
}

test("the counts are what counting over the rows would give, whatever came and went", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ row, gone: fc.boolean() }), { maxLength: 40 }), (changes) => {
      const files = new FileRows();
      for (const { row: one, gone } of changes) {
        if (gone) files.delete(`${one.root_id}/${one.photo_id}/${one.size}`);
        else files.put(one);
      }
      for (const rootId of ["house", "flat"]) {
        for (const place of PLACES) assert.equal(files.count(rootId, place), counted(files.values(), rootId, place));
      }
      assert.equal(
        files.waiting,
        counted(files.values(), "house", "tablet") + counted(files.values(), "flat", "tablet"),
      );
    }),
  );
});
