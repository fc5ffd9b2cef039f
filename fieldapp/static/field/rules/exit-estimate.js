/** What a line of an exit may come to, before the office settles: the work that was chosen, after wear. */

import { fitting } from "./estimate.js";
import { assess } from "./wear.js";

/** @typedef {import("./charge-proposal.js").Proposal} Proposal */
/** @typedef {import("./estimate.js").Estimate} Estimate */
/** @typedef {Omit<Estimate, "quantity"> & {element_kinds: string[], defects: string[], wear_kind?: string}} Work */
/**
 * What the tablet knows around the lines; days are ISO text.
 * @typedef {object} Around
 * @property {Work[]} works
 * @property {import("./wear.js").WearGrid | null} grid
 * @property {Record<string, {on: string}>} starts from when things age, by their ids
 * @property {string | null} keysOn
 * @property {string} entry yes, no or obstructed_by_landlord
 */

/** What counts by itself: its quantity follows from how many are missing. */
const COUNTED = ["piece", "flat"];

/**
 * The price of what is gone, where the list has exactly one work meant for what is missing of its kind.
 * @param {Work[]} works @param {Proposal} proposal @returns {Estimate | null}
 */
export function agreed(works, { kind, missing }) {
  if (missing === 0) return null;
  const named = fitting(works, kind, [], true).filter((work) => work.defects.includes("missing"));
  const [work] = named;
  if (!work || named.length !== 1 || !COUNTED.includes(work.unit)) return null;
  const { code, label, unit, price, vat } = work;
  return { code, label, unit, price, vat, quantity: 100 * (unit === "piece" ? missing : 1) };
}

/** A key that did not come back is lost until somebody says otherwise. @param {string} subjectKind @param {string | null} cause */
export function causeOf(subjectKind, cause) {
  return cause ?? (subjectKind === "key" ? "loss" : null);
}

/**
 * What the line comes to.
 * @param {Proposal} proposal @param {string | null} cause @param {Estimate | null} work @param {Around} around
 */
export function estimated(proposal, cause, work, { works, grid, starts, keysOn, entry }) {
  return assess(
    {
      line_id: proposal.line_id,
      element_kind: works.find(({ code }) => code === work?.code)?.wear_kind ?? "",
      start_date: proposal.started_on ?? (proposal.replaced ? null : (starts[proposal.subject_id]?.on ?? null)),
      end_date: keysOn,
      net: work ? netOf(work) : null,
      vat_percent: work ? inPercent(work.vat) : "0",
      entry_state: proposal.entry_state,
      exit_state: proposal.exit_state,
      cause: causeOf(proposal.subject_kind, cause),
      entry_inventory: entry,
    },
    grid ?? { rows: [], wears_losses: false },
  );
}

/** Euros before tax with four decimals, exact. @param {Estimate} work */
function netOf({ quantity, price }) {
  const digits = String(BigInt(quantity) * BigInt(price)).padStart(5, "0");
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** @param {number} vat in hundredths of a percent */
function inPercent(vat) {
  const digits = String(vat).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
