/** Who may sign, and for whom. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Draft } from "../../fieldapp/static/field/screens/draft.js";
import { ceremonyOf } from "../../fieldapp/static/field/screens/sign-ceremony.js";
import { Incomplete } from "../../fieldapp/static/field/screens/sign-freezing.js";
import { FakeInventory } from "./fake-store.js";

/** @param {string} path @returns {any} */
const read = (path) => JSON.parse(readFileSync(new URL(`../vectors/${path}`, import.meta.url), "utf8"));
const catalogue = read("catalogue.json");
const legal = {
  ...read("legal.json"),
  consent_for_spouse: { fr: "Je signe aussi pour {name}.", en: "Also for {name}." },
};
const DRAWN = {
  decision: /** @type {const} */ ("signed"),
  method: /** @type {const} */ ("drawn"),
  strokes: [
    [
      [10, 20, 0],
      [300, 400, 16],
    ],
  ],
};

/** A state of the shared vectors before anybody answered; the ceremony dates it of today. @param {string} name */
function unanswered(name) {
  const { entities } = read(`state/${name}.json`);
  for (const [id, { kind, fields }] of Object.entries(entities)) {
    if (kind === "act") delete entities[id];
    if (kind === "inventory") fields.insurance.expires = "2999-12-31";
  }
  const root = Object.keys(entities).find((id) => entities[id].kind === "inventory") ?? "";
  const draft = new Draft(/** @type {any} */ (new FakeInventory(root, entities)));
  const ids = Object.fromEntries(draft.list("party").map((party) => [party.quality, party.id]));
  return { draft, ids, ceremony: ceremonyOf(draft, catalogue, legal) };
}

/** @param {import("../../fieldapp/static/field/screens/sign-ceremony.js").Ceremony} ceremony */
const asked = (ceremony) => ceremony.people().map((person) => person.quality);

test("who came for the tenant with all papers signs instead of the tenant", async () => {
  const { ceremony } = unanswered("represented");
  await ceremony.begin("fr");
  assert.deepEqual(asked(ceremony), ["proxy", "agent"]);
});

test("a representative who stayed away cannot sign: the tenant does", async () => {
  const { draft, ids, ceremony } = unanswered("absent_proxy");
  await ceremony.begin("fr");
  assert.deepEqual(asked(ceremony), ["tenant", "agent"]);
  await ceremony.answer(ids.proxy ?? "", DRAWN);
  assert.equal(draft.list("act").length, 0);
});

for (const paper of ["represents", "mandate", "domicile", "identity_seen"]) {
  test(`nobody signs for another once the paper is gone: ${paper}`, async () => {
    const { draft, ids, ceremony } = unanswered("represented");
    await ceremony.begin("fr");
    await draft.set(ids.proxy ?? "", "party", paper, null);
    await assert.rejects(ceremony.answer(ids.proxy ?? "", DRAWN), Incomplete);
    assert.equal(draft.list("act").length, 0);
  });
}

test("under curatelle the tenant signs and the curator may, without anything waiting for it", async () => {
  const { ids, ceremony } = unanswered("curator");
  await ceremony.begin("fr");
  assert.deepEqual(asked(ceremony), ["tenant", "curator", "agent"]);
  await ceremony.answer(ids.tenant ?? "", DRAWN);
  assert.equal(ceremony.onlyAdvised, false);
  await ceremony.answer(ids.agent ?? "", DRAWN);
  assert.deepEqual([ceremony.complete, ceremony.onlyAdvised], [false, true]);
  ceremony.waiveAdvised();
  await ceremony.close();
  assert.equal(ceremony.closed, true);
});

test("a curator who signs is in the closing", async () => {
  const { draft, ids, ceremony } = unanswered("curator");
  await ceremony.begin("fr");
  for (const quality of ["tenant", "curator", "agent"]) await ceremony.answer(ids[quality] ?? "", DRAWN);
  await ceremony.close();
  assert.equal(draft.header.closed.acts.length, 3);
});

test("a curator who stayed away is not asked", async () => {
  const { draft, ids, ceremony } = unanswered("curator");
  await draft.set(ids.curator ?? "", "party", "present", false);
  await ceremony.begin("fr");
  assert.deepEqual(asked(ceremony), ["tenant", "agent"]);
});

test("one of two spouses signs for both: one act, with a consent that names the other, and two copies promised", async () => {
  const { draft, ids, ceremony } = unanswered("spouses");
  const { tenant = "", co_tenant: other = "", agent = "" } = ids;
  await ceremony.begin("fr");
  assert.deepEqual(asked(ceremony), ["tenant", "co_tenant", "agent"]);
  ceremony.wantCopy(tenant, { channel: "email", to: "menage@courriel.example" });
  await ceremony.answer(tenant, { ...DRAWN, forBoth: true });
  const [act] = ceremony.acts();
  assert.deepEqual(act?.also_for, [other]);
  assert.match(act?.consent, /Je signe aussi pour M\. Loïc Martin/);
  assert.deepEqual(
    draft.list("handover").map(({ body }) => [body.party_id, body.channel, body.done]),
    [tenant, other].map((id) => [id, "email", false]),
  );
  const answered = ceremony.person(other);
  assert.deepEqual([answered?.act?.act_id, answered?.by], [act?.act_id, act?.name]);
  await ceremony.answer(other, DRAWN);
  await ceremony.answer(agent, DRAWN);
  await ceremony.close();
  assert.equal(draft.header.closed.acts.length, 2);
  assert.deepEqual(asked(ceremony), ["tenant", "co_tenant", "agent"]);
});

test("a spouse may sign alone, and a refusal never speaks for the other one", async () => {
  const { ids, ceremony } = unanswered("spouses");
  const { tenant = "", co_tenant: other = "" } = ids;
  await ceremony.begin("fr");
  await ceremony.answer(tenant, { decision: "refused", method: "none", reason: "Pas d’accord", forBoth: true });
  assert.equal(ceremony.person(other)?.act, null);
  await ceremony.answer(other, DRAWN);
  assert.deepEqual(
    ceremony.people().map(({ act, by }) => [act?.decision, by]),
    [
      ["refused", ""],
      ["signed", ""],
      [undefined, ""],
    ],
  );
});

test("flatmates without a bond sign each for themselves", async () => {
  const { ids, ceremony } = unanswered("claimed_for_a_flatmate");
  const { tenant = "", co_tenant: other = "" } = ids;
  await ceremony.begin("fr");
  await ceremony.answer(tenant, { ...DRAWN, forBoth: true });
  assert.equal(ceremony.acts()[0]?.also_for, undefined);
  assert.equal(ceremony.person(other)?.act, null);
});
