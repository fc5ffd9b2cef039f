// An entry inventory that lies on paper, or was lost: its day, its pages, and what follows from it.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { shoot } from "./camera.js";
import { icon } from "./icon.js";
import { photoStrip } from "./photo-strip.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../visit/exit.js").Look} Look */

/**
 * @param {Draft} draft
 * @param {Look | null} look
 */
export function paperEntry(draft, look) {
  if (!look || look.origin === "sealed" || look.origin === "obstructed") return nothing;
  /** @param {unknown} value */
  const keep = (value) => draft.set(draft.id, "inventory", "typed_entry", value);
  if (look.origin === "none") {
    return html`<section class="notice" aria-labelledby="paper-entry">
      <h2 id="paper-entry">${t("Pas d’état des lieux d’entrée ici")}</h2>
      <p>${t("S’il existe sur papier, recopiez-le : photographiez ses pages, puis écrivez ce qu’il dit sur chaque ligne, et confirmez-le.")}</p>
      <p><button class="button plain" type="button" @click=${() => keep({ on: null })}>${icon("document")} ${t("L’entrée est sur papier")}</button></p>
    </section>`;
  }
  const name = t("Entrée sur papier");
  const subject = { subjectKind: "entry", subjectId: draft.id, roomId: null };
  return html`<section class="notice" aria-labelledby="paper-entry">
    <h2 id="paper-entry">${name}</h2>
    <fa-text .label=${t("Date de l’état des lieux d’entrée")} .type=${"date"} .value=${draft.header.typed_entry?.on ?? ""}
      .save=${(/** @type {string} */ on) => keep({ on: on || null })}></fa-text>
    <p><button class="button plain" type="button" @click=${() => shoot({ draft, subject, name, hint: t("Toute la page, bien à plat.") })}>${icon("camera")} ${t("Photographier une page")}</button></p>
    ${photoStrip(draft, draft.id, name)}
    ${draft.header.entry?.scan?.length ? nothing : html`<p><button class="button quiet" type="button" @click=${() => keep(null)}>${t("Finalement, pas d’entrée")}</button></p>`}
  </section>`;
}
