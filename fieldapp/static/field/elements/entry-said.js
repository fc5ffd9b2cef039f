// What the entry said of a row: its state, its material, its photograph; and on every screen, what the entry is.

import { html, nothing } from "lit";
import { label, t } from "../i18n.js";
import { isAdvice } from "../visit/exit.js";
import { materialName, word } from "../visit/words.js";
import { dayInWords } from "./record-words.js";
import { openSheet } from "./sheet.js";
import "./thumb.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../visit/exit.js").Look} Look */
/** @typedef {import("../visit/exit.js").Before} Before */
/** @typedef {Record<string, any>} Json */

/**
 * The entry's state in outline, with its material and defects in words.
 * @param {any} catalogue
 * @param {Json} entry
 * @param {import("../rules/entry.js").Origin | "proposed" | ""} [origin] a state copied from paper says so, and one that is only proposed
 */
export function entryState(catalogue, entry, origin = "") {
  const state = catalogue.states.find((/** @type {any} */ each) => each.code === entry.state);
  const words = state ? label(state.label) : (entry.state_label ?? "");
  return html`<span class="state" data-state=${entry.state ?? nothing} title=${words}>
    ${origin === "proposed" ? nothing : html`<span class="spoken">${t("Entrée")} : </span>`}<small>${from(origin)}</small>
    <b aria-hidden="true">${state ? label(state.letter) : "?"}</b><span class="spoken">${words}</span>
  </span>`;
}

/** @param {string} origin */
function from(origin) {
  if (origin === "proposed") return t("proposé :");
  return origin === "imported" ? t("papier :") : html`<span aria-hidden="true">${t("e :")}</span>`;
}

/** Defects and material of the entry, in words. @param {any} catalogue @param {Json} entry @returns {string} */
export function entryFacts(catalogue, entry) {
  const defects = (entry.defects ?? []).map((/** @type {string} */ code) => word(catalogue, "defects", code));
  return [materialName(catalogue, entry.material), ...defects, entry.note].filter(Boolean).join(", ");
}

/**
 * The first photograph of the entry, small; it opens large.
 * @param {Draft} draft
 * @param {Before[]} photos
 * @param {string} name of what it shows
 */
export function entryThumb(draft, photos, name) {
  const [first] = photos;
  if (!first) return nothing;
  return html`<button class="entry-photo" type="button" @click=${() => showEntry(draft, photos, name)}>
    <fa-thumb .draft=${draft} .photoId=${first.id} .words=${t("Photo d’entrée : {name}", { name })} .marks=${first.marks} .picture=${first.report}></fa-thumb>
  </button>`;
}

/** @param {Draft} draft @param {Before[]} photos @param {string} name */
export function showEntry(draft, photos, name) {
  return openSheet(
    t("Entrée : {name}", { name }),
    () =>
      html`${photos.map(
        (photo) => html`<figure class="viewfinder large">
        <fa-thumb .draft=${draft} .photoId=${photo.id} .size=${"report"} .words=${t("Photo d’entrée : {name}", { name })} .marks=${photo.marks} .picture=${photo.report}></fa-thumb>
        <figcaption>${takenOn(photo)}</figcaption>
      </figure>`,
      )}`,
  );
}

/** @param {Before} photo */
export function takenOn({ taken_at: at }) {
  return at ? t("Entrée, {day}", { day: dayInWords(at.slice(0, 10)) }) : t("Entrée");
}

/**
 * Said on every screen of an exit: advice binds nobody; a paper entry, or none, is no ground for a sum.
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {Look | null} look
 */
export function exitNotice(draft, catalogue, look) {
  if (!look) return nothing;
  const origin = catalogue.entry_origins.find((/** @type {any} */ each) => each.code === look.origin);
  const words = look.origin === "sealed" ? "" : label(origin?.words);
  const advice = isAdvice(draft) ? t("Visite conseil : rien n’est signé, rien n’est dû.") : "";
  if (!words && !advice) return nothing;
  return html`<p class="exit-notice"><strong>${advice}</strong> ${words}</p>`;
}
