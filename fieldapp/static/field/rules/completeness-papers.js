/** The papers of an inventory: type, dates, place, people and signatures (a to e, i); as `completeness_papers.py`. */

import { EXITS } from "./entry.js";
import { done, missing, warning } from "./finding.js";
import { moment } from "./local-day.js";
import { filled, mapping, said } from "./snapshot.js";

/** @typedef {import("./finding.js").Item} Item */
/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {import("./wording.js").Wording} Wording */

const TENANTS = ["tenant", "co_tenant"];
/** Who signs for somebody else, and only with papers. */
export const MANDATED = ["proxy", "guardian"];
/** Who may be there without having to answer: a curator is advised and never blocks. */
const BESIDE = ["curator", "witness"];
const SIGNATURES = ["signed", "signed_with_reservations"];
const KINDS = ["move_in", "move_out", "pre_exit"];

/** @param {Snapshot} snapshot @param {Wording} wording */
export function type(snapshot, wording) {
  const kind = snapshot.inventory.text("kind");
  if (!KINDS.includes(kind)) return [missing("a", "type_missing", "check")];
  return [done("a", "type", "check", { kind: wording.label("inventory_kinds", kind) })];
}

/** When it is made; keys not handed over are said and stop nothing. @param {Snapshot} snapshot */
export function dates(snapshot) {
  const at = snapshot.inventory.value("established_at");
  const items = [moment(at) ? done("b", "established", "check", { at }) : missing("b", "established_missing", "check")];
  if (EXITS.includes(snapshot.inventory.text("kind"))) return items;
  if (snapshot.all("key").length > 0 && !moment(snapshot.inventory.value("keys_handed_at"))) {
    items.push(warning("b", "keys_date_missing", "keys"));
  }
  return items;
}

/** @param {Snapshot} snapshot */
export function location(snapshot) {
  const dwelling = snapshot.contextOf("dwelling");
  if (!["street", "postcode", "town"].every((name) => said(dwelling, name))) {
    return [missing("c", "location_missing", "check")];
  }
  const address = `${dwelling.street}, ${dwelling.postcode} ${dwelling.town}`;
  return [done("c", "location", "check", { address })];
}

/** @param {Snapshot} snapshot */
export function parties(snapshot) {
  const landlord = snapshot.contextOf("landlord");
  const seat = mapping(landlord.seat);
  const everybody = snapshot.all("party");
  const tenants = everybody.filter((party) => TENANTS.includes(party.text("quality")));
  const items = [];
  if (!said(landlord, "name") || !["street", "postcode", "town"].every((name) => said(seat, name))) {
    items.push(missing("d", "landlord_missing", "check"));
  }
  if (tenants.length === 0) items.push(missing("d", "tenant_missing", "parties"));
  for (const party of everybody) {
    if (!filled(party.text("name"))) items.push(missing("d", "name_missing", "parties", party));
  }
  if (items.length > 0) return items;
  const names = tenants.map((party) => party.text("name")).join(", ");
  return [done("d", "parties", "parties", { tenants: names, landlord: landlord.name })];
}

/**
 * Who acts for somebody and with which papers; who stayed away needs none, who signed does.
 * @param {Snapshot} snapshot
 * @param {boolean} closing
 */
export function mandates(snapshot, closing) {
  const agent = snapshot.contextOf("agent");
  const acts = closing ? snapshot.all("act").map((act) => act.body) : [];
  const signed = new Set(acts.filter((act) => SIGNATURES.includes(act.decision)).map((act) => act.party_id));
  const mandated = snapshot
    .all("party")
    .filter(
      (party) => MANDATED.includes(party.text("quality")) && (party.value("present") !== false || signed.has(party.id)),
    );
  const items = [];
  if (!["name", "domicile"].every((name) => said(agent, name))) items.push(missing("e", "agent_missing", "check"));
  for (const party of mandated) items.push(...unproven(snapshot, party));
  if (items.length > 0) return items;
  return [
    done("e", "mandates", "parties", {
      names: [agent.name, ...mandated.map((party) => party.text("name"))].join(", "),
    }),
  ];
}

/**
 * What keeps somebody who signs for another from signing: for whom, where from, by which mandate, shown by what.
 * @param {Snapshot} snapshot
 * @param {import("./snapshot.js").Entity} party
 */
function unproven(snapshot, party) {
  if (!MANDATED.includes(party.text("quality"))) return [];
  const name = party.text("name");
  const represented = snapshot.find(party.value("represents"));
  const items = [];
  if (!represented || !TENANTS.includes(represented.text("quality")))
    items.push(missing("e", "represents_missing", "parties", party, { name }));
  if (!filled(party.text("domicile"))) items.push(missing("e", "domicile_missing", "parties", party, { name }));
  if (!filled(party.text("mandate"))) items.push(missing("e", "mandate_missing", "parties", party, { name }));
  if (!party.text("identity_seen")) items.push(missing("e", "identity_missing", "parties", party, { name }));
  return items;
}

/** @param {Snapshot} snapshot @param {boolean} closing */
export function signatures(snapshot, closing) {
  if (!closing) return [warning("i", "signatures_next", "sign")];
  const acts = snapshot.all("act").map((act) => act.body);
  const doneWith = answered(snapshot, acts);
  const needed = signatories(snapshot);
  const items = needed
    .filter((party) => !doneWith.has(party.id))
    .map((party) => missing("i", "signature_missing", "sign", party, { name: party.text("name") }));
  if (!needed.some((party) => party.text("quality") === "agent"))
    items.push(missing("i", "agent_signature_missing", "sign"));
  return items.length > 0 ? items : [done("i", "signatures", "sign", { count: acts.length })];
}

/**
 * Whose act the record needs: everybody but those who stand beside, those for whom somebody who came signs, and
 * whoever was to sign for another and stayed away: then the tenant answers.
 * @param {Snapshot} snapshot
 */
export function signatories(snapshot) {
  const everybody = snapshot.all("party");
  const mandated = everybody.filter((party) => MANDATED.includes(party.text("quality")));
  const away = new Set(mandated.filter((party) => party.value("present") === false).map((party) => party.id));
  const represented = new Set(
    mandated.filter((party) => !away.has(party.id)).map((party) => party.value("represents")),
  );
  return everybody.filter(
    (party) => !BESIDE.includes(party.text("quality")) && !away.has(party.id) && !represented.has(party.id),
  );
}

/** Who needs no other act: whoever decided, and the spouse for whom one of them signed too. @param {Snapshot} snapshot @param {Record<string, any>[]} acts */
function answered(snapshot, acts) {
  const decided = new Set();
  for (const act of acts) {
    const party = snapshot.find(act.party_id);
    if (!party || !act.decision) continue;
    decided.add(party.id);
    const other = spouseOf(snapshot, party);
    const both = SIGNATURES.includes(act.decision) && Array.isArray(act.also_for);
    if (other && both && act.also_for.includes(other.id)) decided.add(other.id);
  }
  return decided;
}

/** The other holder of the lease to whom this one is bound, whichever of the two the bond was written on. @param {Snapshot} snapshot @param {Entity} party @returns {Entity | null} */
export function spouseOf(snapshot, party) {
  if (!TENANTS.includes(party.text("quality"))) return null;
  const holders = snapshot
    .all("party")
    .filter((each) => TENANTS.includes(each.text("quality")) && each.id !== party.id);
  const named = holders.find((each) => party.text("bond") && party.value("spouse") === each.id);
  return named ?? holders.find((each) => each.text("bond") && each.value("spouse") === party.id) ?? null;
}

/** What binds these two. @param {Entity} party @param {Entity} spouse */
export function bondOf(party, spouse) {
  return (party.value("spouse") === spouse.id && party.text("bond") ? party : spouse).text("bond");
}

/** Who came to assist: asked for a signature, and nothing waits for it. @param {Snapshot} snapshot */
export function assisting(snapshot) {
  return snapshot
    .all("party")
    .filter((party) => party.text("quality") === "curator" && party.value("present") !== false);
}
