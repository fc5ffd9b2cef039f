/** What the tenant may still ask after signing, with its dates (loi 89-462 art. 3-2). */

import { heatingMonth, tenDaysUntil } from "./deadlines.js";
import { EXITS } from "./entry.js";
import { localDay, longDay } from "./local-day.js";
import { Wording } from "./wording.js";

/**
 * The rights that this lease kind carries, as sentences and ISO days; null for one that it does not carry.
 * @param {import("./snapshot.js").Snapshot} snapshot
 * @param {Record<string, any>} catalogue
 * @param {Record<string, any>} legal
 * @returns {Record<string, string | null>}
 */
export function rightsOf(snapshot, catalogue, legal) {
  const wording = new Wording(catalogue, snapshot.language);
  const carried = wording.row("lease_kinds", snapshot.leaseKind).rights ?? [];
  if (EXITS.includes(snapshot.inventory.text("kind"))) return atExit(wording, carried, legal);
  const establishedOn = localDay(snapshot.inventory.value("established_at"), snapshot.zone);
  const until = establishedOn && carried.includes("ten_days") ? tenDaysUntil(establishedOn) : null;
  const [first, last] = establishedOn && carried.includes("heating") ? heatingMonth(establishedOn) : [null, null];

  /** @param {string} right @param {Record<string, string | null>} [days] */
  const sentence = (right, days = {}) => {
    let text = carried.includes(right) ? wording.pick(legal.rights?.[right]) : "";
    for (const [name, value] of Object.entries(days)) {
      text = text.replaceAll(`{${name}}`, value ? longDay(value, wording.language) : "…");
    }
    return text || null;
  };

  return {
    ten_days: sentence("ten_days", { until }),
    ten_days_until: until,
    heating: sentence("heating", { from: first, until: last }),
    heating_from: first,
    heating_until: last,
    conciliation: sentence("conciliation"),
  };
}

/**
 * At the end of a tenancy nothing is completed any more; the deposit comes back (art. 22).
 * @param {Wording} wording @param {string[]} carried @param {Record<string, any>} legal
 */
function atExit(wording, carried, legal) {
  /** @param {string} right */
  const sentence = (right) => (carried.includes(right) ? wording.pick(legal.exit_rights?.[right]) : "") || null;
  return {
    ten_days: null,
    ten_days_until: null,
    heating: null,
    heating_from: null,
    heating_until: null,
    conciliation: sentence("conciliation"),
    deposit: sentence("deposit"),
  };
}
