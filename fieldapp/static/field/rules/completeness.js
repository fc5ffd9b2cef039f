/** What an inventory still misses before it may be signed; the same rules as `fieldapp/domain/completeness.py`. */

import { entryDate, keysReturn, maintenance, newAddress, readings, typed } from "./completeness-exit.js";
import { dates, location, mandates, parties, signatures, type } from "./completeness-papers.js";
import { keys, meters, rooms } from "./completeness-places.js";
import { alerts, furniture, insurance, smoke } from "./completeness-safety.js";
import { Entries, EXITS } from "./entry.js";
import { CLAUSES } from "./record.js";
import { Snapshot } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {import("./finding.js").Item} Item */

/**
 * Every item of art. 2, 1°, a to i, then of 2° at exit, then insurance, smoke detector and alerts, in that order; throws NoInventory.
 * Signatures (i) and the date of the keys are asked for only when `closing`.
 * @param {import("./snapshot.js").State} state
 * @param {Record<string, any>} catalogue
 * @param {{closing?: boolean}} [options]
 * @returns {Item[]}
 */
export function check(state, catalogue, { closing = false } = {}) {
  const snapshot = new Snapshot(state);
  const wording = new Wording(catalogue, snapshot.language);
  const lease = wording.row("lease_kinds", snapshot.leaseKind);
  const asked = lease.clauses ?? CLAUSES;
  // An advisory visit says who, where and when; the rest of it is advice, may be left out, and is signed by nobody.
  const left = snapshot.inventory.text("kind") === "pre_exit" ? ["f", "g", "h", "i", "exit", "furniture", "smoke"] : [];
  return [
    ...type(snapshot, wording),
    ...dates(snapshot),
    ...location(snapshot),
    ...parties(snapshot),
    ...mandates(snapshot, closing),
    ...meters(snapshot, wording),
    ...keys(snapshot, wording),
    ...rooms(snapshot, wording),
    ...signatures(snapshot, closing),
    ...leaving(snapshot, wording, lease),
    ...insurance(snapshot, lease.insurance === true),
    ...furniture(snapshot, wording),
    ...smoke(snapshot, lease.smoke_detector === true),
    ...alerts(snapshot, wording),
  ].filter((item) => (!CLAUSES.includes(item.clause) || asked.includes(item.clause)) && !left.includes(item.clause));
}

/** What stops the signature. @param {Item[]} items */
export function blocking(items) {
  return items.filter((item) => item.blocking);
}

/** @param {Snapshot} snapshot @param {Wording} wording @param {Record<string, any>} lease @returns {Item[]} */
function leaving(snapshot, wording, lease) {
  if (!EXITS.includes(snapshot.inventory.text("kind"))) return [];
  const entries = new Entries(snapshot);
  return [
    ...newAddress(snapshot, lease.new_address === true),
    ...entryDate(snapshot, entries),
    ...keysReturn(snapshot, entries),
    ...readings(snapshot, entries, wording),
    ...typed(snapshot, entries),
    ...maintenance(snapshot),
  ];
}
