// A dwelling told to somebody who may live there: facts, what it costs, its energy, what is around it.

import { html, nothing, svg } from "lit";
import { day, figure, label, spoken, t, typeset } from "../i18n.js";
import { drawn, minutesOnFoot, SIDE } from "../visit/surroundings.js";

/** @typedef {Record<string, any>} Json */

const CLASSES = ["A", "B", "C", "D", "E", "F", "G"];

/** A decimal text as an amount. @param {string} amount */
export function euros(amount) {
  const digits = amount.endsWith(".00") ? 0 : 2;
  const shape = /** @type {const} */ ({ style: "currency", currency: "EUR", minimumFractionDigits: digits });
  return new Intl.NumberFormat(spoken() === "fr" ? "fr-FR" : "en-GB", shape).format(Number(amount));
}

/** One line under the address. @param {Json} sheet */
export function inOneLine(sheet) {
  const floor =
    sheet.floor === null || sheet.floor === undefined
      ? ""
      : sheet.floor === 0
        ? t("au rez-de-chaussée")
        : t("étage {floor}", { floor: sheet.floor });
  const lift = sheet.lift ? t("avec ascenseur") : "";
  const free = sheet.available_on ? t("libre le {day}", { day: shortDay(sheet.available_on) }) : "";
  return [sheet.type, floor, lift, free].filter(Boolean).join(", ");
}

/** @param {Json} sheet */
export function facts(sheet) {
  const access = sheet.access ?? {};
  const rows = [
    [t("Surface"), sheet.area ? t("{area} m²", { area: figure(Number(sheet.area)) }) : ""],
    [t("Chauffage"), typeset(sheet.heating?.text ?? "")],
    [t("Annexes"), typeset([sheet.annexes ?? ""].flat().join(", "))],
    [t("Accès"), access.step_free && access.contradicted !== "step_free" ? t("Sans marche") : ""],
    [t("Fauteuil roulant"), access.wheelchair ? t("Adapté") : ""],
    [t("Salle de bains"), access.adapted_bathroom ? t("Adaptée") : ""],
    [t("Travaux prévus"), typeset(sheet.planned_works ?? "")],
  ].filter(([, text]) => text);
  return html`<dl class="facts">${rows.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>`;
}

/** What a month costs, drawn to scale. @param {Json} sheet */
export function bill(sheet) {
  const { costs } = sheet;
  if (!costs) return nothing;
  const parts = [
    ["a", t("Loyer"), costs.rent],
    ["b", t("Charges"), costs.charges],
    ...(costs.energy ? [["c", t("Énergie, estimation"), costs.energy]] : []),
  ];
  const total = Number(costs.monthly);
  let from = 0;
  return html`<section class="stack bill" aria-labelledby="cost">
    <h2 id="cost">${t("Ce que cela coûte par mois")}</h2>
    <svg viewBox="0 0 600 40" preserveAspectRatio="none" role="img" aria-label=${parts.map(([, name, amount]) => `${name} : ${euros(amount ?? "0")}`).join(", ")}>
      ${parts.map(([kind, , amount]) => {
        const width = (600 * Number(amount)) / total;
        const part = svg`<rect class=${kind} x=${from} width=${Math.max(0, width - 2)} height="40"></rect>`;
        from += width;
        return part;
      })}
    </svg>
    <dl class="ledger">
      ${parts.map(([kind, name, amount]) => html`<div><dt><i class=${kind}></i>${name}</dt><dd>${euros(amount ?? "0")}</dd></div>`)}
      <div class="total"><dt>${t("Environ")}</dt><dd>${euros(costs.monthly)}</dd></div>
      ${costs.aids ? html`<div><dt><i class="d"></i>${t("Aide au logement possible, selon vos revenus")}</dt><dd>${t("jusqu’à {amount}", { amount: euros(costs.aids) })}</dd></div>` : nothing}
      <div><dt>${t("Dépôt de garantie, une fois")}</dt><dd>${euros(costs.deposit)}</dd></div>
    </dl>
  </section>`;
}

/** @param {Json} sheet @param {Json} tables */
export function energy(sheet, tables) {
  const { dpe } = sheet;
  return html`<section class="stack" aria-labelledby="energy-title">
    <h2 id="energy-title">${t("L’énergie")}</h2>
    ${dpe ? scale(dpe) : html`<p class="soft">${t("Classe d’énergie pas encore connue.")}</p>`}
    <details>
      <summary>${t("Contrats, chauffage, chèque énergie")}</summary>
      <div class="stack">${adviceOf(sheet, tables)}</div>
    </details>
  </section>`;
}

/** @param {Json} dpe */
function scale(dpe) {
  const yearly = dpe.cost_low
    ? t("ici : de {low} à {high} par an", { low: euros(dpe.cost_low), high: euros(dpe.cost_high) })
    : t("ici");
  return html`<ol class="energy" aria-label=${t("Échelle d’énergie, de A à G : ce logement est en {letter}", { letter: dpe.class })}>
      ${CLASSES.map((letter) => html`<li aria-current=${letter === dpe.class ? "true" : nothing}>${letter}${letter === dpe.class ? html` <span>${yearly}</span>` : nothing}</li>`)}
    </ol>
    <p><small>${dpe.climate ? t("Climat : classe {letter}.", { letter: dpe.climate }) : nothing}
      ${dpe.number ? t("Diagnostic n° {number} du {day}.", { number: dpe.number, day: shortDay(dpe.date) }) : nothing}</small></p>`;
}

/** The landlord's own lines where there are some, else the catalogue's. @param {Json} sheet @param {Json} tables */
function adviceOf(sheet, tables) {
  const own = sheet.energy_sheet?.[spoken()] ?? sheet.energy_sheet?.fr;
  if (Array.isArray(own) && own.length > 0)
    return html`<ul>${own.map((line) => html`<li>${typeset(String(line))}</li>`)}</ul>`;
  return (tables.energy_sheet ?? []).map(
    (/** @type {any} */ part) => html`<section><h3>${label(part.title)}</h3>
      <ul>${part.lines.map((/** @type {any} */ line) => html`<li>${label(line)}</li>`)}</ul></section>`,
  );
}

/** The map and its list; nothing is fetched, so it opens in a cellar. @param {Json} entry */
export function around({ home, surroundings = [] }) {
  if (surroundings.length === 0) return nothing;
  const { marks, listed, words, rings } = drawn(home, surroundings);
  return html`<section class="stack" aria-labelledby="around">
    <h2 id="around">${t("Autour du logement")}</h2>
    <div class="columns surroundings">
    ${
      marks.length > 0
        ? html`<figure class="map"><svg viewBox="0 0 ${SIDE} ${SIDE}" role="img" aria-label=${t("Plan du quartier : le logement au centre, la liste est en dessous")}>
          ${svg`<rect class="land" width=${SIDE} height=${SIDE}></rect>`}
          ${rings.map(
            ({ minutes, radius }) => svg`<circle class="ring" cx=${SIDE / 2} cy=${SIDE / 2} r=${radius}></circle>
              <text class="light" x=${SIDE / 2} y=${SIDE / 2 - radius - 6}>${t("{minutes} min à pied", { minutes })}</text>`,
          )}
          ${svg`<g transform="translate(${SIDE / 2} ${SIDE / 2})"><path class="here" d="M0 12C-16-6-22-16-22-26a22 22 0 0 1 44 0c0 10-6 20-22 38Z"></path>
            <text y="34">${t("Ici")}</text></g>`}
          ${marks.map(
            ({ number, x, y, place }) => svg`<g class=${place.kind}><circle class="poi" cx=${x} cy=${y}></circle>
              <text class="on" x=${x} y=${y + 4}>${number}</text></g>`,
          )}
          ${svg`<text class="light" x=${SIDE - 24} y="28">${t("N")}</text><path class="north" d="M${SIDE - 24} 34v22m-6-14 6-8 6 8"></path>`}
        </svg></figure>`
        : nothing
    }
    <ol class="places">
      ${listed.map(({ number, place }) => html`<li><b>${number}</b><span>${placeName(place)}</span><small>${distance(place)}</small></li>`)}
    </ol>
    </div>
    ${words.length > 0 ? html`<ul class="ledger">${words.map((place) => html`<li><span>${placeKind(place.kind)}</span> <b>${typeset([place.name, place.detail].filter(Boolean).join(" : "))}</b></li>`)}</ul>` : nothing}
  </section>`;
}

/** @param {import("../visit/surroundings.js").Place} place */
function placeName({ kind, name, lines, detail }) {
  const what = lines ? t("{name}, lignes {lines}", { name, lines }) : name;
  return html`${typeset(what)} <span class="soft">${[placeKind(kind), detail].filter(Boolean).join(", ")}</span>`;
}

/** @param {import("../visit/surroundings.js").Place} place */
function distance({ distance_m }) {
  const minutes = minutesOnFoot(distance_m);
  return minutes === null ? "" : t("{minutes} min, {metres} m", { minutes, metres: figure(distance_m ?? 0) });
}

/** @param {string} kind @returns {string} */
function placeKind(kind) {
  switch (kind) {
    case "stop":
      return t("Arrêt");
    case "school":
      return t("École");
    case "creche":
      return t("Crèche");
    case "health":
      return t("Santé");
    case "shop":
      return t("Commerce");
    case "public_service":
      return t("Service public");
    case "coverage":
      return t("Réseau");
    case "risk":
      return t("Risque");
    default:
      return "";
  }
}

/** @param {string} when ISO day */
function shortDay(when) {
  return day(when, { day: "numeric", month: "long", year: "numeric" });
}
