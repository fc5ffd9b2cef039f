// What was just done, with the way back.

import { html, nothing, render } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {{text: string, undo?: (() => unknown) | undefined, steps: number}} Saying */

/** @type {Saying | null} */
let current = null;

/**
 * Shows one sentence above the actions; it stays until it is answered or two screens have passed.
 * @param {string} text
 * @param {{undo?: () => unknown}} [way] back
 */
export function say(text, { undo } = {}) {
  current = { text, undo, steps: 2 };
  draw();
}

/** A screen was left: what was said ages. */
export function pass() {
  if (current && --current.steps <= 0) hush();
}

/** Takes the sentence away. */
export function hush() {
  current = null;
  draw();
}

function draw() {
  let place = document.querySelector("body > .toast-place");
  if (!place) {
    place = Object.assign(document.createElement("div"), { className: "toast-place" });
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  render(current ? template(current) : nothing, /** @type {HTMLElement} */ (place));
}

/** @param {Saying} saying */
function template({ text, undo }) {
  return html`<div class="toast">
    <p>${text}</p>
    ${
      undo
        ? html`<button class="button plain" type="button" @click=${() => {
            hush();
            undo();
          }}>
          ${icon("undo")} ${t("Annuler")}
        </button>`
        : nothing
    }
    <button class="tool" type="button" @click=${hush}>${icon("check")} ${t("Vu")}</button>
  </div>`;
}
