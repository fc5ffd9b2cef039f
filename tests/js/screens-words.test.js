import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FIELD = new URL("../../fieldapp/static/field/", import.meta.url);
const CALLS = [/\bt\(\s*"((?:[^"\\]|\\.)*)"/g, /\bn\(\s*"((?:[^"\\]|\\.)*)",\s*"((?:[^"\\]|\\.)*)"/g];
/** @type {Record<string, string>} */
const english = JSON.parse(readFileSync(new URL("messages.en.json", FIELD), "utf8"));

/** Every sentence that a module says, with the file that says it. */
function sentences() {
  const files = readdirSync(FIELD, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return files.flatMap((name) => {
    const source = readFileSync(new URL(name, FIELD), "utf8");
    return CALLS.flatMap((call) => [...source.matchAll(call)].flatMap((found) => found.slice(1))).map((text) => ({
      name,
      text,
    }));
  });
}

/** @param {string} text */
const blanks = (text) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

test("every sentence of the tablet has its English", () => {
  const missing = sentences().filter(({ text }) => !english[text]);
  assert.deepEqual(missing, []);
});

test("both languages leave the same blanks to fill", () => {
  const uneven = Object.entries(english).filter(([french, words]) => String(blanks(french)) !== String(blanks(words)));
  assert.deepEqual(uneven, []);
});
