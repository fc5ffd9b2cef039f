// A tablet whose clock is wrong says so before anybody signs, also long after the last contact.

import assert from "node:assert/strict";
import { test } from "node:test";
import { driftWords } from "../../fieldapp/static/field/elements/clock-notice.js";
import { CODE, enrolledTablet, tablet } from "./support/bench.js";
import { FakeServer } from "./support/fake-server.js";

const HOUR = 3_600_000;

test("a clock two days fast is known as of the last contact, without the server and after a restart too", async () => {
  const server = new FakeServer();
  const { store } = await enrolledTablet({ server, now: () => server.time + 48 * HOUR });
  const wrong = { driftSeconds: 48 * 3600, at: new Date(server.time).toISOString() };
  assert.deepEqual(store.transfer.state().clock, wrong);
  assert.equal(driftWords(wrong), "L’horloge de cette tablette avance de 2 jours");

  server.fault = () => "lose request";
  const again = await tablet({ server, now: () => server.time + 50 * HOUR });
  await again.store.unlock(CODE);
  await again.store.transfer.syncNow();
  assert.deepEqual(again.store.transfer.state().clock, wrong);
});

test("a clock that was put right is no longer spoken of, and some minutes never were", async () => {
  const server = new FakeServer();
  let drift = -90 * 60_000;
  const { store } = await enrolledTablet({ server, now: () => server.time + drift });
  const { clock } = store.transfer.state();
  assert.equal(clock && driftWords(clock), "L’horloge de cette tablette retarde de 2 heures");
  drift = 4 * 60_000;
  await store.transfer.syncNow();
  assert.equal(store.transfer.state().clock, null);
  const again = await tablet({ server, now: () => server.time });
  assert.equal(again.store.transfer.state().clock, null);
});
