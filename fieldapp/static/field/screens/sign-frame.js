// The frame of the tenant's pages: whose document it is, help always in the same place, how far along.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { LANGUAGES, speak, spoken, t } from "../i18n.js";
import { path } from "../router.js";

const NAMES = { fr: "Français", en: "English" };

/** Large type for the whole ceremony; given back by `leaveLater`. */
export function enter() {
  document.documentElement.dataset.mood = "ceremony";
}

/**
 * The page of the agent again, unless another page of the ceremony follows: usual size, silence, the agent's language.
 * @param {import("../store/session.js").Store} store
 */
export function leaveLater(store) {
  queueMicrotask(() => {
    if (mayRead()) speechSynthesis.cancel();
    if (
      document.querySelector(
        "fa-sign-screen, fa-receipt-screen, fa-copy-screen, fa-sale-present-screen, fa-sale-sign-screen",
      )
    )
      return;
    delete document.documentElement.dataset.mood;
    delete document.documentElement.dataset.text;
    const usual = /** @type {"fr" | "en"} */ (store.status().language);
    if (spoken() !== usual) void speak(usual);
  });
}

/**
 * @param {{landlord: string, inventoryId: string, redraw: () => void, language?: (language: "fr" | "en") => unknown,
 *   agent?: () => unknown}} page `agent` asks for the code on the page itself, instead of leading to the check
 */
export function helps({ landlord, inventoryId, redraw, language = speak, agent }) {
  const other = LANGUAGES.find((each) => each !== spoken()) ?? "fr";
  const large = document.documentElement.dataset.text === "large";
  const reading = mayRead() && speechSynthesis.speaking;
  return html`<header class="helps">
    <span class="landlord">${landlord}</span>
    <div class="row" role="group" aria-label=${t("Aide à la lecture")}>
      <button class="tool" type="button" lang=${other} @click=${() => language(other)}>${icon("language")} ${NAMES[other]}</button>
      <button class="tool" type="button" aria-pressed=${large} @click=${() => resize(redraw)}>${icon("text")} ${t("Plus grand")}</button>
      ${mayRead() ? html`<button class="tool" type="button" aria-pressed=${reading} @click=${() => readAloud(redraw)}>${icon("speaker")} ${reading ? t("Silence") : t("Écouter")}</button>` : nothing}
      ${
        agent
          ? html`<button class="tool" type="button" @click=${agent}>${icon("lock")} ${t("Agent")}</button>`
          : html`<a class="tool" href=${path(inventoryId, "check")}>${icon("lock")} ${t("Agent")}</a>`
      }
    </div>
  </header>`;
}

/**
 * @param {number} at 1 for the first
 * @param {number} of
 * @param {string} words
 */
export function steps(at, of, words) {
  return html`<div class="steps">
    <p>${t("Étape {at} sur {of} : {words}", { at, of, words })}</p>
    <ol aria-hidden="true">
      ${Array.from({ length: of }, (_, index) => html`<li class=${index + 1 < at ? "done" : ""} aria-current=${index + 1 === at ? "step" : nothing}></li>`)}
    </ol>
  </div>`;
}

function mayRead() {
  return "speechSynthesis" in window;
}

/** @param {() => void} redraw */
function resize(redraw) {
  const root = document.documentElement.dataset;
  if (root.text === "large") delete root.text;
  else root.text = "large";
  redraw();
}

/** Reads the page, or stops. @param {() => void} redraw */
function readAloud(redraw) {
  if (speechSynthesis.speaking) {
    speechSynthesis.cancel();
    redraw();
    return;
  }
  // biome-ignore lint/performance/useDomNodeTextContent: what is folded away or hidden is not read aloud
  const text = /** @type {HTMLElement | null} */ (document.querySelector("main"))?.innerText ?? "";
  const said = new SpeechSynthesisUtterance(text);
  said.lang = spoken();
  said.addEventListener("start", redraw);
  said.addEventListener("end", redraw);
  said.addEventListener("error", redraw);
  speechSynthesis.speak(said);
}
