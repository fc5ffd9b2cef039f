// A page laid over the page: a menu, a small form. Escape, the back gesture and its button close it.

import { html, render } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} Sheet
 * @property {(value?: unknown) => void} close
 * @property {() => void} redraw
 */

/**
 * Opens a sheet and waits for it to be closed.
 * @param {string} title
 * @param {(sheet: Sheet) => unknown} content template, drawn again by `redraw`
 * @returns {Promise<unknown>} what it was closed with, or undefined
 */
export function openSheet(title, content) {
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-label", title);
  const before = document.activeElement;
  /** @type {unknown} */
  let answer;
  /** @type {Sheet} */
  const sheet = {
    close(value) {
      answer = value;
      dialog.close();
    },
    redraw() {
      render(
        html`<header>
            <h2 tabindex="-1">${title}</h2>
            <button class="tool" type="button" @click=${() => sheet.close()}>${icon("check")} ${t("Fermer")}</button>
          </header>
          <div class="stack">${content(sheet)}</div>`,
        dialog,
      );
    },
  };
  sheet.redraw();
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) sheet.close();
  });
  dialog.showModal();
  return new Promise((done) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      done(answer);
    });
  });
}
