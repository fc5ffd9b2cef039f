/** The keyboard of a list: J and K go from row to row, Enter opens the row's link as it does anyway. */

import { onKeys } from "./keys.js";

const links = [...document.querySelectorAll("[data-row] a")];

/** @param {number} step */
function go(step) {
  const here = links.indexOf(/** @type {Element} */ (document.activeElement));
  const next = links[Math.min(Math.max(here + step, 0), links.length - 1)];
  if (next instanceof HTMLElement) next.focus();
}

onKeys({ j: () => go(1), k: () => go(-1) });
for (const line of document.querySelectorAll("[data-keys]")) line.removeAttribute("hidden");
