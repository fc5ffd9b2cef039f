// How far the parts of a visit are that belong to the whole dwelling.

import { t } from "../i18n.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {{step: "meters" | "keys" | "equipment" | "parties", icon: string, name: string, done: number, total: number, complete: boolean}} Part */

/** @param {Item} meter */
export function meterDone(meter) {
  if (meter.state === "read") {
    return (
      Boolean(meter.index?.trim()) && (meter.meter_kind !== "electricity_hphc" || Boolean(meter.index_low?.trim()))
    );
  }
  return Boolean(meter.state) && Boolean(meter.reason?.trim());
}

/** @param {Item} key */
export function keyDone(key) {
  return key.confirmed === true && Number.isInteger(key.quantity) && Boolean(key.destination?.trim());
}

/** @param {Item} thing */
export function equipmentDone(thing) {
  if (thing.equipment_kind !== "smoke_detector") return true;
  return thing.present === false || (thing.present === true && Boolean(thing.tested));
}

/** @param {Item} party */
export function partyDone(party) {
  if (party.quality === "agent") return true;
  if (party.present === false) return true;
  if (party.present !== true) return false;
  if (party.quality !== "proxy" && party.quality !== "guardian") return true;
  return Boolean(party.mandate?.trim() && party.domicile?.trim() && party.identity_seen && party.represents);
}

/** Whether it is said how the keys came back, and when. @param {Record<string, any> | null | undefined} said */
export function keysReturned(said) {
  return Boolean(said?.how && (said.how === "not_yet" || said.on));
}

/** Whether a tenant who leaves said where to, or would not. @param {Item} party */
export function addressSaid(party) {
  if (party.quality !== "tenant" && party.quality !== "co_tenant") return true;
  return Boolean(party.new_address && (party.new_address.answer !== "given" || party.new_address.text?.trim()));
}

/** @param {Record<string, any> | null | undefined} insurance */
export function insuranceDone(insurance) {
  return Boolean(insurance?.seen && insurance.insurer?.trim() && insurance.expires);
}

/**
 * Whether the lease asks for the proof of insurance before the keys (loi 89-462, art. 7 g), at entry only.
 * @param {Draft} draft
 * @param {any} catalogue
 */
export function insuranceAsked(draft, catalogue) {
  const { kind, lease_kind: lease, context } = draft.header;
  const code = lease || context?.tenancy?.lease_kind || "dwelling";
  return (
    kind === "move_in" &&
    catalogue.lease_kinds.find((/** @type {any} */ each) => each.code === code)?.insurance === true
  );
}

/**
 * @param {Draft} draft
 * @param {any} catalogue
 * @returns {Part[]}
 */
export function tally(draft, catalogue) {
  const insured = insuranceAsked(draft, catalogue) ? [insuranceDone(draft.header.insurance)] : [];
  const leaving = draft.header.kind === "move_out";
  const returned = leaving ? [keysReturned(draft.header.keys_returned)] : [];
  const leftWell = (/** @type {Item} */ party) => !leaving || addressSaid(party);
  return [
    part("meters", "meter", t("Compteurs"), draft.list("meter").map(meterDone)),
    part("keys", "key", t("Clés"), [...draft.list("key").map(keyDone), ...returned], 1),
    part("equipment", "bulb", t("Équipements"), [...draft.list("equipment").map(equipmentDone), ...insured]),
    part(
      "parties",
      "people",
      t("Personnes"),
      draft.list("party").map((party) => partyDone(party) && leftWell(party)),
      1,
    ),
  ];
}

/**
 * @param {Part["step"]} step
 * @param {string} icon
 * @param {string} name
 * @param {boolean[]} parts
 * @param {number} [least] parts that there must be
 * @returns {Part}
 */
function part(step, icon, name, parts, least = 0) {
  const done = parts.filter(Boolean).length;
  return { step, icon, name, done, total: parts.length, complete: parts.length >= least && done === parts.length };
}
