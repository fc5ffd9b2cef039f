// A technical document as it is read before and after the signature, from the record alone.

import { html, nothing } from "lit";
import { clock, spoken, t, typeset } from "../i18n.js";
import { localDay, longDay } from "../rules/local-day.js";

/** @typedef {Record<string, any>} Json */

/** @param {Json} record */
export function technicalView(record) {
  const { established_at: at, zone, firm } = record;
  const dwelling = record.context.dwelling ?? {};
  const day = longDay(localDay(at, zone) ?? "", spoken());
  return html`
    <p><strong>${[dwelling.street, dwelling.detail].filter(Boolean).join(", ")}</strong><br />
      <span class="soft">${t("Le {day}, {time}, par {agent}", { day, time: clock(at, zone), agent: record.context.agent?.name ?? "" })}</span></p>
    ${firm ? html`<p>${t("Entreprise")} : ${[firm.company, firm.present ? firm.person : t("absente")].filter(Boolean).join(", ")}</p>` : nothing}
    ${part(
      t("Travaux"),
      record.works.map((/** @type {Json} */ one) => [
        [one.label, one.where].filter(Boolean).join(", "),
        one.result_label,
        [
          one.note,
          one.element ? `${one.element.label} : ${one.element.dated_label} ${longDay(one.element.on, spoken())}` : "",
        ],
      ]),
    )}
    ${part(
      t("Points à contrôler"),
      record.points.map((/** @type {Json} */ one) => [one.label, one.answer_label, [one.note]]),
    )}
    ${part(
      t("Compteurs"),
      record.readings.map((/** @type {Json} */ one) => [
        [one.label, one.serial].filter(Boolean).join(", "),
        one.index ? `${[one.index, one.index_low].filter(Boolean).join(" / ")} ${one.unit}` : one.state_label,
        [one.reason],
      ]),
    )}
    ${part(
      t("Autres défauts"),
      record.snags.map((/** @type {Json} */ one) => [one.label, one.urgent ? t("Urgent") : "", [one.note]]),
    )}
    ${record.words ? html`<blockquote class="said"><p>${record.words}</p></blockquote>` : nothing}
    ${
      record.said.length > 0
        ? html`<section class="notice">${record.said.map((/** @type {Json} */ line) => html`<p>${typeset(line.text)}${record.articles[line.code] ? html` <small>${typeset(record.articles[line.code])}</small>` : nothing}</p>`)}</section>`
        : nothing
    }
  `;
}

/** One part, when there is something in it. @param {string} title @param {[string, string, string[]][]} rows */
function part(title, rows) {
  if (rows.length === 0) return nothing;
  return html`<h2>${title}</h2>
    <dl class="ledger technical">${rows.map(
      ([name, said, notes]) =>
        html`<div><dt>${name}</dt><dd><strong>${said}</strong>${notes.filter(Boolean).map((note) => html`<br /><small>${note}</small>`)}</dd></div>`,
    )}</dl>`;
}
