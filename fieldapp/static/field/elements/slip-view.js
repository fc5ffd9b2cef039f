// A slip or an answer as the candidate reads it, from the record alone.

import { html, nothing } from "lit";
import { clock, spoken, t, typeset } from "../i18n.js";
import { localDay, longDay } from "../rules/local-day.js";

/** @typedef {Record<string, any>} Json */

/** @param {Json} record */
function writtenDay({ established_at, zone }) {
  return longDay(localDay(established_at, zone) ?? "", spoken());
}

/** @param {Json} record */
export function slipView(record) {
  const dwelling = record.context.dwelling ?? {};
  return html`
    <p><strong>${[dwelling.street, dwelling.detail].filter(Boolean).join(", ")}</strong><br />
      <span class="soft">${t("Visite du {day}, {time}, avec {agent}", { day: writtenDay(record), time: clock(record.established_at, record.zone), agent: record.context.agent?.name ?? "" })}</span></p>
    ${record.answer ? html`<p class="lead"><strong>${typeset(record.answer.label)}</strong></p>` : nothing}
    <dl class="ledger">
      <div><dt>${t("Candidat")}</dt><dd>${record.candidate.name}${record.candidate.unique_number ? html`<br /><small>${t("Numéro unique {number}", { number: record.candidate.unique_number })}</small>` : nothing}</dd></div>
      ${record.companions.map((/** @type {Json} */ one) => html`<div><dt>${t("Avec")}</dt><dd>${one.name}, ${one.label}</dd></div>`)}
      ${!record.answer && record.outcome ? html`<div><dt>${t("Avis")}</dt><dd>${typeset(record.outcome.label)}</dd></div>` : nothing}
      ${record.reasons.map((/** @type {Json} */ one) => html`<div><dt>${one.principal ? t("Raison principale") : t("Autre raison")}</dt><dd>${one.label}</dd></div>`)}
      ${record.opinions.map((/** @type {Json} */ one) => html`<div><dt>${one.criterion_label}</dt><dd>${one.label}</dd></div>`)}
      ${record.questions.map((/** @type {Json} */ one) => html`<div><dt>${t("Question")}</dt><dd>${[one.label, one.text].filter(Boolean).join(" : ")}</dd></div>`)}
      ${record.papers.map((/** @type {Json} */ one) => html`<div><dt>${t("Remis ou montré")}</dt><dd>${one.label}</dd></div>`)}
      ${record.documents.map((/** @type {Json} */ one) => html`<div><dt>${t("À apporter")}</dt><dd>${one.label}</dd></div>`)}
    </dl>
    ${record.words ? html`<blockquote class="said"><p>${record.words}</p></blockquote>` : nothing}
    <section class="notice">
      ${record.said.map((/** @type {Json} */ line) => html`<p>${typeset(line.text)}${record.articles[line.code] ? html` <small>${typeset(record.articles[line.code])}</small>` : nothing}</p>`)}
    </section>
  `;
}
