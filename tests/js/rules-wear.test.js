/** Wear and settlement in JavaScript come to what the shared vectors say, to the cent. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { doubts } from "../../fieldapp/static/field/rules/charge-doubt.js";
import { cents, euros, halfUp, plain, scaled } from "../../fieldapp/static/field/rules/money.js";
import { rentFor } from "../../fieldapp/static/field/rules/rent-share.js";
import { CannotSettle, highestProvision, settle } from "../../fieldapp/static/field/rules/settlement.js";
import { depositDueBy, latePenalty, monthsBegun } from "../../fieldapp/static/field/rules/settlement-deadline.js";
import { ageAt, assess, curve, total } from "../../fieldapp/static/field/rules/wear.js";
import { doubtWords, explain } from "../../fieldapp/static/field/rules/wear-words.js";

/** @param {string} name @returns {any} */
const read = (name) => JSON.parse(readFileSync(new URL(`../vectors/wear/${name}.json`, import.meta.url), "utf8"));
const lines = read("lines");
const settlements = read("settlements").cases;
const delays = read("delays");
const plainAccount = settlements[1].account;
const paint = lines.worked[0].line;
const TODAY = "2029-01-01";

test("every charge line comes to what the shared vector says", () => {
  const cases = [...lines.worked, ...lines.generated];
  assert.ok(lines.generated.length >= 200);
  for (const { grid, line, expected } of cases)
    assert.deepEqual(assess(line, lines.grids[grid]), expected, line.line_id);
});

test("the total is the sum of the rounded lines and leaves out what a person decides", () => {
  const known = [0, 2, 6, 8].map((place) => assess(lines.worked[place].line, lines.grids[lines.worked[place].grid]));
  const waiting = assess({ ...paint, start_date: null }, lines.grids.a);
  assert.equal(waiting.due, null);
  assert.equal(total([...known, waiting]), "570.63");
});

test("an anniversary of 29 February is on the last day of February", () => {
  const ends = ["2021-02-27", "2021-02-28", "2024-02-28", "2024-02-29"];
  assert.deepEqual(
    ends.map((end) => ageAt("2020-02-29", end)),
    [0, 1, 3, 4],
  );
  assert.equal(ageAt("2020-02-29", "2020-02-28"), null);
  assert.equal(ageAt(null, "2020-02-28"), null);
});

test("the curve shows every age until nothing changes", () => {
  const shares = curve(lines.grids.a.rows[0]).map(([, share]) => share);
  assert.deepEqual(shares, ["100", "100", "85", "70", "55", "40", "25", "10"]);
});

test("every settlement comes to what the shared vector says", () => {
  for (const { account, expected } of settlements) {
    const { balance, returned, still_due, entries } = settle(account, TODAY);
    const of = (/** @type {string} */ head) => entries.find((entry) => entry.head === head)?.amount ?? "0.00";
    const found = { rent: of("rent"), charges: of("charges"), balance, returned, still_due };
    assert.deepEqual(found, expected, account.about);
  }
});

test("losses stand apart from repairs, and nothing of 0.00 is listed", () => {
  const entries = settle(settlements[0].account, TODAY).entries.map(({ head, line_id }) => head + line_id);
  assert.deepEqual(entries, ["deposit", "repairL1", "repairL2", "repairL3", "lossL4"]);
});

for (const [code, change, about] of /** @type {[string, object, string[]][]} */ ([
  ["exit_before_entry", { entry_on: "2026-10-01" }, []],
  ["keys_returned_in_future", { keys_returned_on: "2029-01-02" }, []],
  ["without_proof", { retained: [{ line_id: "L7", due: "1.00", proof: null, is_loss: false }] }, ["L7"]],
  ["provision_too_high", { provision: "0.01" }, ["0.00"]],
  ["provision_too_high", { deposit: "412.38", provision: "82.48", collective_building: true }, ["82.47"]],
])) {
  test(`an account is refused: ${code} ${about}`, () => {
    assert.throws(
      () => settle({ ...plainAccount, ...change }, TODAY),
      (error) => error instanceof CannotSettle && error.code === code && String(error.about) === String(about),
    );
  });
}

test("a provision is kept from what goes back and makes no debt", () => {
  assert.deepEqual(
    [50000n, 4000n, 0n, -100n].map((balance) => highestProvision(50000n, balance)),
    [10000n, 4000n, 0n, 0n],
  );
});

test("the deposit goes back by the same days as on the server, and grows by the same amounts", () => {
  for (const [keys, conforming, other] of delays.keys_conforming_other) {
    assert.deepEqual([keys, depositDueBy(keys, true), depositDueBy(keys, false)], [keys, conforming, other]);
  }
  for (const [dueBy, returned, begun, rent, penalty] of delays.due_returned_begun_rent_penalty) {
    const found = [monthsBegun(dueBy, returned), euros(latePenalty(cents(rent), dueBy, returned, true))];
    assert.deepEqual(found, [begun, penalty], `${dueBy} ${returned}`);
    assert.equal(latePenalty(cents(rent), dueBy, returned, false), 0n);
  }
});

test("however a rent is cut, its parts add up", () => {
  const day = (/** @type {number} */ count) => new Date(Date.UTC(2024, 0, 1 + count)).toISOString().slice(0, 10);
  const span = fc.tuple(fc.nat(2000), fc.nat(400), fc.nat(400));
  fc.assert(
    fc.property(fc.bigInt(0n, 200_000n), span, (monthly, [first, one, other]) => {
      const parts =
        rentFor(monthly, day(first), day(first + one - 1)) +
        rentFor(monthly, day(first + one), day(first + one + other));
      assert.equal(parts, rentFor(monthly, day(first), day(first + one + other)));
    }),
    { seed: 20260930 },
  );
});

test("amounts are digits and a point, and read back as they were written", () => {
  for (const text of ["", "1,5", "1e3", "+1", "1 000", ".5", "5.", "NaN", "1.005"]) {
    assert.throws(() => cents(text), RangeError, text);
  }
  assert.deepEqual(["412.37", "5", "-0.05", "1.500"].map(cents), [41237n, 500n, -5n, 150n]);
  assert.equal(scaled("181.975", 4), 1819750n);
  assert.deepEqual([10000n, 550n, 0n, 6667n, 1000n].map(plain), ["100", "5.5", "0", "66.67", "10"]);
  fc.assert(
    fc.property(fc.bigInt(-(10n ** 13n), 10n ** 13n), (amount) => assert.equal(cents(euros(amount)), amount)),
    { seed: 20260930 },
  );
});

test("a half goes up", () => {
  assert.deepEqual([halfUp(5n, 10n), halfUp(4n, 10n), halfUp(33335_5n, 10n), halfUp(0n, 7n)], [1n, 0n, 33336n, 0n]);
});

test("a whole wall for a few holes is doubtful, and so is what was not there at entry", () => {
  assert.deepEqual(doubts(paint, "m2", "12.00", ["hole", "scratch"]), ["whole_surface_for_spots"]);
  assert.deepEqual(doubts(paint, "m2", "1.00", ["hole"]), []);
  assert.deepEqual(doubts(paint, "m2", "12.00", ["hole", "damp"]), []);
  assert.deepEqual(doubts(paint, "m2", "12.00", []), []);
  assert.deepEqual(doubts(paint, "piece", "12.00", ["hole"]), []);
  assert.deepEqual(doubts({ entry_state: "absent" }, null, "1", []), ["absent_at_entry"]);
});

test("each charge explains itself as it does on the server, in French and in English", () => {
  const messages = new URL("../../fieldapp/static/field/messages.en.json", import.meta.url);
  /** @type {Record<string, string>} */
  const english = JSON.parse(readFileSync(messages, "utf8"));
  /** @param {string} text @param {Record<string, string | number>} [params] */
  const fill = (text, params = {}) => text.replace(/\{(\w+)\}/g, (_, name) => String(params[name]));
  for (const { assessment, subject, fr, en } of read("sentences").cases) {
    assert.equal(explain(assessment, subject, "fr", fill), fr);
    assert.equal(
      explain(assessment, subject, "en", (text, params) => fill(english[text] ?? "", params)),
      en,
    );
  }
  assert.notEqual(doubtWords("absent_at_entry", fill), doubtWords("whole_surface_for_spots", fill));
});
