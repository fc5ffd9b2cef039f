// Who answers in a ceremony: tenants first, the agent last, and what each one has said.

import { assisting, bondOf, signatories, spouseOf } from "../rules/completeness-papers.js";
import { Snapshot } from "../rules/snapshot.js";
import { Wording } from "../rules/wording.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {Record<string, any>} Json */
/** @typedef {{id: string, name: string, bond: string}} Spouse who may sign for the other one too; `bond` in words */
/**
 * @typedef {object} Signatory
 * @property {string} id
 * @property {string} name
 * @property {string} quality
 * @property {string} label the quality in words
 * @property {string} represented name of the party for whom this one signs
 * @property {boolean | null} present
 * @property {string} email
 * @property {Spouse | null} spouse
 * @property {Json | null} act its own, or its spouse's that was said to be for both
 * @property {string} by name of the spouse who answered for both; "" when it answered itself, or not yet
 */

/** Who answered, as the record that was signed names them. @param {Draft} draft @param {Json} record @param {Json[]} acts @returns {Signatory[]} */
export function peopleOfRecord(draft, record, acts) {
  const named = new Map(record.parties.map((/** @type {Json} */ party) => [party.id, party]));
  return record.parties
    .filter((/** @type {Json} */ party) => actOf(acts, party.id, party.spouse))
    .map((/** @type {Json} */ party) => {
      const act = actOf(acts, party.id, party.spouse);
      const spouse = named.get(party.spouse);
      return {
        id: party.id,
        name: party.name,
        quality: party.quality,
        label: party.quality_label,
        represented: named.get(party.represents)?.name ?? "",
        present: act?.decision !== "absent",
        email: draft.get(party.id)?.fields.email ?? "",
        spouse: spouse ? { id: spouse.id, name: spouse.name, bond: party.bond_label } : null,
        act,
        by: act && act.party_id !== party.id ? act.name : "",
      };
    })
    .sort(agentLast);
}

/** Who must answer now. @param {Draft} draft @param {Json} catalogue @param {string | undefined} language of the record @param {Json[]} acts @returns {Signatory[]} */
export function peopleExpected(draft, catalogue, language, acts) {
  const snapshot = new Snapshot(draft.state());
  const wording = new Wording(catalogue, language ?? snapshot.language);
  return [...signatories(snapshot), ...assisting(snapshot)]
    .map((party) => {
      const other = spouseOf(snapshot, party);
      const act = actOf(acts, party.id, other?.id);
      return {
        id: party.id,
        name: party.text("name"),
        quality: party.text("quality"),
        label: wording.label("qualities", party.value("quality")),
        represented: snapshot.find(party.value("represents"))?.text("name") ?? "",
        present: party.value("present"),
        email: party.text("email"),
        spouse: other && {
          id: other.id,
          name: other.text("name"),
          bond: wording.label("bonds", bondOf(party, other)),
        },
        act,
        by: act && act.party_id !== party.id ? act.name : "",
      };
    })
    .sort(agentLast);
}

/** Whether a signature is advised and never waited for. @param {Signatory} person */
export function advised(person) {
  return person.quality === "curator";
}

/** A party's own act, else the one by which its spouse signed for both. @param {Json[]} acts @param {string} partyId @param {string | undefined} spouseId */
function actOf(acts, partyId, spouseId) {
  const own = acts.findLast((act) => act.party_id === partyId);
  const both = acts.findLast(
    (act) => act.party_id === spouseId && act.decision.startsWith("signed") && act.also_for?.includes(partyId),
  );
  return own ?? both ?? null;
}

/** @param {Signatory} one @param {Signatory} other */
function agentLast(one, other) {
  return Number(one.quality === "agent") - Number(other.quality === "agent");
}
