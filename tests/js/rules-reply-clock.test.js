// The delay to answer an offer and the public holidays: the same days as in Python.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { departmentOf, holidaysIn } from "../../fieldapp/static/field/rules/public-holidays.js";
import { isOver, replyClock } from "../../fieldapp/static/field/rules/reply-clock.js";

const vectors = JSON.parse(readFileSync(new URL("../vectors/reply/clock.json", import.meta.url), "utf8"));

test("the delays are those of the shared vector", () => {
  for (const [notifiedOn, department, tenth, replyBy] of vectors.clocks) {
    assert.deepEqual(replyClock(notifiedOn, department), { notifiedOn, tenth, replyBy, extended: tenth !== replyBy });
  }
});

test("the public holidays of each department are those of the shared vector", () => {
  for (const [department, years] of Object.entries(vectors.holidays)) {
    for (const [year, days] of Object.entries(years)) {
      assert.deepEqual([...holidaysIn(department, Number(year))].sort(), days);
    }
  }
});

test("a postcode names its department", () => {
  for (const [postcode, department] of Object.entries(vectors.departments))
    assert.equal(departmentOf(postcode), department);
});

test("silence is a refusal only after midnight of the last day", () => {
  assert.equal(isOver("2026-02-12", "2026-02-12"), false);
  assert.equal(isOver("2026-02-12", "2026-02-13"), true);
});
