// The code de contrôle: the first characters of a SHA-256, in groups that can be read aloud.

import { html } from "lit";

const SHOWN = 16; // hexadecimal digits: 64 bits, enough to compare by eye

/**
 * @param {string} sha256 hexadecimal
 * @param {number} [digits]
 */
export function grouped(sha256, digits = SHOWN) {
  return sha256.slice(0, digits).replace(/(.{4})(?=.)/g, "$1 ");
}

/** @param {string} sha256 hexadecimal */
export function fingerprint(sha256) {
  return html`<code class="fingerprint">${grouped(sha256)}</code>`;
}
