// A drawing of the sheet; a word always stands beside it.

import { html } from "lit";

const SHEET = new URL("../../icons/icons.svg", import.meta.url).pathname;
const MORE = new URL("../../icons/field-icons.svg", import.meta.url).pathname;

/** Drawings that only the tablet uses. */
const OWN = new Set(["trash", "copy", "up", "down", "more", "meter", "gear", "lock", "bulb", "list", "wide", "retry"]);

/** @param {string} name symbol of icons.svg or field-icons.svg */
export function icon(name) {
  return html`<svg class="icon" aria-hidden="true"><use href="${OWN.has(name) ? MORE : SHEET}#${name}"></use></svg>`;
}
