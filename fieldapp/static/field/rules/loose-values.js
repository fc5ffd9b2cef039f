/** Reading values that nobody has checked, as `fieldapp/domain/loose_values.py` does: another shape counts as missing. */

import { mapping } from "./snapshot.js";

/** @typedef {Record<string, any>} Json */

/** The text under a name, or none. @param {Json} values @param {string} name @returns {string} */
export function text(values, name) {
  return typeof values[name] === "string" ? values[name] : "";
}

/** The mappings in the list under a name. @param {Json} values @param {string} name @returns {Json[]} */
export function things(values, name) {
  return Array.isArray(values[name]) ? values[name].filter((/** @type {unknown} */ one) => one === mapping(one)) : [];
}

/** The texts in the list under a name. @param {Json} values @param {string} name @returns {string[]} */
export function codes(values, name) {
  return Array.isArray(values[name])
    ? values[name].filter((/** @type {unknown} */ code) => typeof code === "string")
    : [];
}

/** A mapping with something in it, or null. @param {unknown} value @returns {Json | null} */
export function orNull(value) {
  const found = mapping(value);
  return Object.keys(found).length > 0 ? found : null;
}
