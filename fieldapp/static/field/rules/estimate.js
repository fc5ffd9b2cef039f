/** What a repair would cost at most, before wear: whole cents, rounded half up once, as the office's price lines are. */

import { halfUp } from "./money.js";

/**
 * A work of the price list that was chosen for a line: hundredths of its unit, cents before tax, hundredths of a percent.
 * @typedef {{code: string, label: string, unit: string, quantity: number, price: number, vat: number}} Estimate
 */

/** Cents with tax. @param {Pick<Estimate, "quantity" | "price" | "vat">} work @returns {bigint} */
export function grossOf({ quantity, price, vat }) {
  return halfUp(BigInt(quantity) * BigInt(price) * (100_00n + BigInt(vat)), 100n * 100_00n);
}

/** Hundredths of what was typed, null when it is no quantity. @param {string} text @returns {number | null} */
export function hundredths(text) {
  const [, whole = "", rest = ""] = /^([0-9]{1,4})(?:[.,]([0-9]{1,2}))?$/.exec(text.trim()) ?? [];
  const found = Number(`${whole}${rest.padEnd(2, "0")}`);
  return whole && found > 0 ? found : null;
}

/**
 * What may be charged: the works meant for one of these defects first, then those for any. For what is `gone`: what puts
 * a new one in its place, the works meant for what is missing first; as `fieldapp/domain/price_list.py`.
 * @template {{element_kinds: string[], defects: string[], unit: string}} W
 * @param {W[]} works @param {string} kind @param {string[]} defects @param {boolean} gone @returns {W[]}
 */
export function fitting(works, kind, defects, gone) {
  const here = works.filter((work) => work.element_kinds.includes(kind));
  if (gone) {
    const found = here.filter((work) => work.defects.includes("missing") || whole(work));
    return found.sort((a, b) => Number(!a.defects.includes("missing")) - Number(!b.defects.includes("missing")));
  }
  const found = here.filter((work) => work.defects.length === 0 || work.defects.some((code) => defects.includes(code)));
  return found.sort((a, b) => Number(a.defects.length === 0) - Number(b.defects.length === 0));
}

/** Whether a work is a whole new piece. @param {{defects: string[], unit: string}} work */
function whole({ defects, unit }) {
  return unit === "piece" && (defects.length === 0 || defects.includes("broken"));
}
