/** Wear: which part of a repair's price the tenant owes, and which lines a person decides; the same rules as `fieldapp/domain/wear.py`. */

import { monthsAfter } from "./deadlines.js";
import { cents, euros, halfUp, plain, scaled } from "./money.js";

/**
 * @typedef {object} ChargeLine  One change or loss as the landlord assesses it; days are ISO text, `net` has at most four decimals.
 * @property {string} line_id
 * @property {string} element_kind
 * @property {string | null} start_date
 * @property {string | null} end_date
 * @property {string | null} net  null until somebody chose a price
 * @property {string} vat_percent
 * @property {string | null} entry_state
 * @property {string | null} exit_state
 * @property {string | null} cause
 * @property {string} entry_inventory  yes, no or obstructed_by_landlord
 */
/**
 * @typedef {object} GridRow  Percents are decimal text.
 * @property {string} element_kind
 * @property {string} label
 * @property {number} life_years
 * @property {number} franchise_years
 * @property {string} annual_rate_percent
 * @property {string} floor_percent
 */
/** @typedef {{rows: GridRow[], wears_losses: boolean}} WearGrid */
/**
 * @typedef {object} Assessment  Age and share are null where a gate stopped the line, `due` where a person decides.
 * @property {string} line_id
 * @property {number | null} age
 * @property {string | null} share_percent
 * @property {string} gross
 * @property {string | null} due
 * @property {"due" | "to_assess"} outcome
 * @property {string} reason
 */

const ORDER = ["new", "good", "worn", "poor", "out_of_order"];
/** What the tenant does not answer for (loi 89-462, art. 7 c and d; code civil, art. 1732, 1755). */
const NOT_THE_TENANTS = [
  "normal_wear",
  "construction_defect",
  "force_majeure",
  "third_party",
  "landlord_fault",
  "landlord_works",
];
/** Percents are counted in hundredths, a net amount in ten-thousandths of a euro. */
const WHOLE = 100_00n;
const PERCENT_PLACES = 2;
const NET_PLACES = 4;
const NET_PER_CENT = 100n;

/**
 * Passes a line through the gates, then the formula; amounts are rounded half up, once each.
 * @param {ChargeLine} line @param {WearGrid} grid @returns {Assessment}
 */
export function assess(line, grid) {
  const taxed = scaled(line.net ?? "0", NET_PLACES) * (WHOLE + scaled(line.vat_percent, PERCENT_PLACES));
  const gross = halfUp(taxed, WHOLE * NET_PER_CENT);
  const free = freeBecause(line);
  if (free) return answer(line, gross, null, null, 0n, free);
  const unclear = unclearBecause(line);
  if (unclear) return answer(line, gross, null, null, null, unclear);
  if (line.net === null) return answer(line, gross, null, null, null, "price_missing");
  if (line.cause === "loss" && !grid.wears_losses) return answer(line, gross, null, WHOLE, gross, "loss");
  const row = grid.rows.find((one) => one.element_kind === line.element_kind);
  if (!row) return answer(line, gross, null, null, null, "no_grid_row");
  const age = ageAt(line.start_date, line.end_date);
  if (age === null) return answer(line, gross, null, null, null, "age_unknown");
  const share = shareAt(row, age);
  return answer(line, gross, age, share, halfUp(gross * share, WHOLE), branch(row, age, share));
}

/** The sum of the rounded lines; what a person still decides counts for nothing. @param {Assessment[]} assessments */
export function total(assessments) {
  return euros(assessments.reduce((sum, one) => sum + cents(one.due ?? "0"), 0n));
}

/**
 * Complete years between two days; null when either is unknown or they stand in the wrong order.
 * The anniversary counts; one of 29 February is on the last day of February (CPC, art. 641).
 * @param {string | null} startedOn @param {string | null} endedOn @returns {number | null}
 */
export function ageAt(startedOn, endedOn) {
  if (!startedOn || !endedOn || endedOn < startedOn) return null;
  const years = Number(endedOn.slice(0, 4)) - Number(startedOn.slice(0, 4));
  return monthsAfter(startedOn, 12 * years) <= endedOn ? years : years - 1;
}

/** The part of the price still owed, in hundredths of a percent. @param {GridRow} row @param {number} age @returns {bigint} */
export function shareAt(row, age) {
  if (age <= row.franchise_years) return WHOLE;
  const floor = scaled(row.floor_percent, PERCENT_PLACES);
  if (age >= row.life_years) return floor;
  const falling = WHOLE - scaled(row.annual_rate_percent, PERCENT_PLACES) * BigInt(age - row.franchise_years);
  return falling > floor ? falling : floor;
}

/** [age, share in percent] from new until nothing changes any more. @param {GridRow} row @returns {[number, string][]} */
export function curve(row) {
  const last = Math.max(row.life_years, row.franchise_years + 1);
  return Array.from({ length: last + 1 }, (_, age) => [age, plain(shareAt(row, age))]);
}

/** @param {ChargeLine} line @returns {string} the gate that makes the line free, "" when none does */
function freeBecause(line) {
  const before = ORDER.indexOf(line.entry_state ?? "");
  const after = ORDER.indexOf(line.exit_state ?? "");
  if (before >= 0 && after >= 0 && after <= before) return "not_worse";
  if (line.cause && NOT_THE_TENANTS.includes(line.cause)) return line.cause;
  return line.entry_inventory === "obstructed_by_landlord" ? "landlord_obstructed" : "";
}

/** @param {ChargeLine} line @returns {string} the gate that sends the line to a person, "" when none does */
function unclearBecause(line) {
  if (line.entry_inventory === "no") return "no_entry_inventory";
  if (line.entry_state === null) return "entry_missing";
  if (line.entry_state === "not_checked") return "entry_not_checked";
  if (line.exit_state === null) return "exit_missing";
  if (line.exit_state === "not_checked") return "exit_not_checked";
  if (line.exit_state === "absent" && line.cause !== "loss") return "exit_absent";
  if (line.cause === null) return "cause_missing";
  return line.cause === "incident" ? "incident" : "";
}

/** @param {GridRow} row @param {number} age @param {bigint} share */
function branch(row, age, share) {
  if (age <= row.franchise_years) return "within_franchise";
  if (age >= row.life_years) return "past_life";
  return share === scaled(row.floor_percent, PERCENT_PLACES) ? "floor_reached" : "by_rate";
}

/**
 * @param {ChargeLine} line @param {bigint} gross @param {number | null} age @param {bigint | null} share
 * @param {bigint | null} due @param {string} reason @returns {Assessment}
 */
function answer(line, gross, age, share, due, reason) {
  return {
    line_id: line.line_id,
    age,
    share_percent: share === null ? null : plain(share),
    gross: euros(gross),
    due: due === null ? null : euros(due),
    outcome: due === null ? "to_assess" : "due",
    reason,
  };
}
