// What the office asks, in its place: below a row or a photograph, and at the top of the inventory.

import { html, nothing } from "lit";
import { n, t } from "../i18n.js";
import { path } from "../router.js";
import { askedOf, toAnswer } from "../visit/returned.js";
import { icon } from "./icon.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/** The comments on one thing and its photographs that wait for an answer. @param {Draft} draft @param {string} subjectId */
export function officeSays(draft, subjectId) {
  const asked = askedOf(draft, subjectId);
  if (asked.length === 0) return nothing;
  return html`<div class="office-says">${asked.map(
    ({ body }) => html`<p>${icon("note")} <b>${t("Le bureau :")}</b> ${body.text}</p>`,
  )}</div>`;
}

/** That the inventory was sent back, and where the answers go. @param {Draft} draft */
export function returnedNotice(draft) {
  const left = toAnswer(draft).length;
  if (left === 0) return nothing;
  return html`<section class="notice" data-tone="stop" aria-labelledby="returned">
    <h2 id="returned">${icon("note")} ${n("Le bureau a renvoyé ce dossier : {count} commentaire", "Le bureau a renvoyé ce dossier : {count} commentaires", left)}</h2>
    <p><a class="button plain" href=${path(draft.id, "returned")}>${t("Lire et répondre")}</a></p>
  </section>`;
}
