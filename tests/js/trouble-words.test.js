// Every reason that the server gives is said in words.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { reasonWords } from "../../fieldapp/static/field/elements/trouble.js";

const root = new URL("../../", import.meta.url).pathname;
const read = (/** @type {string} */ path) => readFileSync(root + path, "utf8");

/** @param {string} text @param {RegExp} pattern */
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => String(match[1]));

const problems = all(read("fieldapp/web/api/problem.py"), /^ {4}"([a-z_]+)": \(/gm);
const verdicts = all(read("fieldapp/photos/verdict.py"), /"([a-z_]+)"/g);
const refusals = readdirSync(`${root}fieldapp/services`)
  .filter((name) => name.endsWith(".py"))
  .flatMap((name) => all(read(`fieldapp/services/${name}`), /Refused\("([a-z_]+)"/g));

test("no code of the server is shown to a person as it is", () => {
  assert.ok(problems.length > 15 && verdicts.length > 3, "the codes are found");
  const codes = new Set([...problems, ...verdicts, ...refusals, "op_reused", "lost_on_tablet", "something_new"]);
  for (const code of codes) {
    assert.doesNotMatch(reasonWords(code), /_/, code);
    assert.notEqual(reasonWords(code), code);
  }
  const unknown = reasonWords("something_new");
  const known = ["record_differs", "not_complete", "not_signed", "held", "bad_signature", "hash_mismatch", "sealed"];
  for (const code of [...known, "lost_on_tablet", ...verdicts]) {
    assert.notEqual(reasonWords(code), unknown, `${code} has words of its own`);
  }
});
