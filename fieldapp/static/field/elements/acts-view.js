// What each party answered, with its signature and its own words.

import { html, nothing, svg } from "lit";
import { t } from "../i18n.js";
import { grouped } from "./fingerprint.js";
import { moment } from "./record-words.js";
import { strokePath } from "./signature-box.js";

/** @typedef {Record<string, any>} Json */

/** @param {Json} record @param {Json[]} acts @param {(decision: string) => string} words */
export function actsView(record, acts, words) {
  return html`<section class="stack">
    <h2>${t("Signatures")}</h2>
    <ul class="acts-of-record">
      ${acts.map((act) => actView(record, act, words))}
    </ul>
  </section>`;
}

/** @param {Json} record @param {Json} act @param {(decision: string) => string} words */
function actView(record, act, words) {
  return html`<li class="stack">
    <p><strong>${act.name}</strong>, ${words(act.decision)}, ${moment(record, act.at)}</p>
    <p>${act.consent}</p>
    ${act.reason ? html`<p>${t("Raison : {reason}", { reason: act.reason })}</p>` : nothing}
    ${act.witnesses ? html`<p>${t("Témoins : {names}", { names: act.witnesses })}</p>` : nothing}
    ${act.remarks.map((/** @type {Json} */ remark) => html`<blockquote><p class="soft">${subjectName(record, remark)}</p><p>${remark.text}</p></blockquote>`)}
    ${
      act.method === "drawn"
        ? html`<svg class="drawn" viewBox="0 0 3000 1150" role="img" aria-label=${t("Signature dessinée de {name}", { name: act.name })}>
          ${act.strokes.map((/** @type {number[][]} */ stroke) => svg`<path d=${strokePath(stroke)}></path>`)}
        </svg>`
        : nothing
    }
    ${act.method === "typed" ? html`<p class="typed-name">${act.typed_name}</p>` : nothing}
    <p class="soft">${t("Code de contrôle :")} <code>${grouped(act.record_sha256, 64)}</code></p>
  </li>`;
}

/** What a remark is about, as the record names it. @param {Json} record @param {Json} remark @returns {string} */
export function subjectName(record, remark) {
  const things = [...record.rooms, ...record.meters, ...record.keys, ...record.equipment];
  for (const room of record.rooms) {
    const element = room.elements.find((/** @type {Json} */ each) => each.id === remark.subject_id);
    if (element) return `${room.label}, ${element.label} (${element.ref})`;
  }
  const thing = things.find((each) => each.id === remark.subject_id);
  return thing ? thing.label || thing.kind_label : t("Tout l’état des lieux");
}
