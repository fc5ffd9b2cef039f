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
 * The works that mend this kind of element, those meant for one of its defects first.
 * @template {{element_kinds: string[], defects: string[]}} W
 * @param {W[]} works @param {string} kind @param {string[]} defects @returns {W[]}
 */
export function fitting(works, kind, defects) {
  const mends = (/** @type {W} */ work) =>
    work.defects.length === 0 || work.defects.some((code) => defects.includes(code));
  const found = works.filter((work) => work.element_kinds.includes(kind) && mends(work));
  return found.sort((a, b) => Number(a.defects.length === 0) - Number(b.defects.length === 0));
}
