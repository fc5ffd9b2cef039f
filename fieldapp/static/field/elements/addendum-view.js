// An addendum as it is read before and after the signature, from the record alone: what was written beside what is said now.

import { html, nothing } from "lit";
import { clock, spoken, t, typeset } from "../i18n.js";
import { localDay, longDay } from "../rules/local-day.js";
import { fingerprint } from "./fingerprint.js";

/** @typedef {Record<string, any>} Json */

/** @param {Json} record */
export function addendumView(record) {
  const { established_at: at, zone, original, request } = record;
  const dwelling = record.context.dwelling ?? {};
  const day = longDay(localDay(at, zone) ?? "", spoken());
  return html`
    <p><strong>${[dwelling.street, dwelling.detail].filter(Boolean).join(", ")}</strong><br />
      <span class="soft">${t("Le {day}, {time}, par {agent}", { day, time: clock(at, zone), agent: record.context.agent?.name ?? "" })}</span></p>
    <p>${originalWords(original, zone)}<br /><small>${t("Son code de contrôle :")} ${fingerprint(original.record_sha256 ?? "")}</small></p>
    <p>${[request.kind_label, request.words].filter(Boolean).join(". ")}</p>
    <h2>${t("Ce qui est dit maintenant")}</h2>
    <dl class="ledger told">${record.amendments.map((/** @type {Json} */ one) => pointView(one, record.photos))}</dl>
    ${record.absent.length > 0 ? html`<p>${t("Pas là : {names}", { names: record.absent.join(", ") })}</p>` : nothing}
    <section class="notice">${record.said.map((/** @type {Json} */ line) => html`<p>${typeset(line.text)}${record.articles[line.code] ? html` <small>${typeset(record.articles[line.code])}</small>` : nothing}</p>`)}</section>
  `;
}

/** Which document is completed. @param {Json} original @param {string} zone */
export function originalWords(original, zone) {
  const day = longDay(localDay(original.established_at, zone) ?? "", spoken());
  return t("Complète : {kind} n° {number}, {day}", { kind: original.kind_label, number: original.number, day });
}

/** @param {Json} one @param {Json[]} photos */
function pointView(one, photos) {
  const shown = photos.filter(({ subject_id: id }) => id === one.id).map(({ mark }) => mark);
  const said = [
    one.state_label && [one.state_label, one.defect_labels.join(", ").toLocaleLowerCase()].filter(Boolean).join(" : "),
    one.index && `${[one.index, one.index_low].filter(Boolean).join(" / ")} ${one.unit}`.trim(),
    one.quantity === null ? "" : String(one.quantity),
  ].filter(Boolean);
  return html`<div><dt>${one.label}${one.where ? html` <small>${one.where}</small>` : nothing}${shown.length > 0 ? html` <small>${shown.join(", ")}</small>` : nothing}</dt>
    <dd>${one.subject_kind === "general" ? nothing : html`<small>${t("Écrit : {words}", { words: one.before || "–" })}</small><br />`}
      ${said.length > 0 ? html`<strong>${said.join(". ")}</strong>${one.note ? html`<br />` : nothing}` : nothing}${one.note}</dd></div>`;
}
