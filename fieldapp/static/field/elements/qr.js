// A code to scan, with the words of what it leads to.

import { html, svg } from "lit";
import { qrCode } from "./qr-code.js";

const QUIET = 4; // modules of light around the code

/**
 * @param {string} text what the code says
 * @param {string} words what it is for
 */
export function qr(text, words) {
  const rows = qrCode(text);
  const size = rows.length + 2 * QUIET;
  const path = rows
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + QUIET} ${y + QUIET}h1v1h-1z`] : [])))
    .join("");
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${words} shape-rendering="crispEdges">
    ${svg`<path d=${path} fill="currentColor" stroke="none"></path>`}
  </svg>`;
}
