// What a repair would cost, chosen from the landlord's price list: an estimate on the spot, outside everything that is signed.

import { html, nothing } from "lit";
import { figure, t } from "../i18n.js";
import { assessmentId } from "../rules/assessment.js";
import { doubts } from "../rules/charge-doubt.js";
import { fitting, grossOf, hundredths } from "../rules/estimate.js";
import { euros, plain } from "../rules/money.js";
import { doubtWords } from "../rules/wear-words.js";
import { oneOf } from "./choices.js";
import { euros as amount } from "./dwelling-sheet.js";
import { icon } from "./icon.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../rules/estimate.js").Estimate} Estimate */
/** @typedef {Record<string, any>} Json */
/** @typedef {{title: string, version: number, works: (Omit<Estimate, "quantity"> & {element_kinds: string[], defects: string[], wear_kind?: string})[]}} Prices */

/** @param {Draft} draft @param {string} elementId @returns {Estimate | null} */
export function estimateOf(draft, elementId) {
  // What was planned by an older hand has an id from which no place can be worked out.
  if (elementId[14] !== "7") return null;
  return draft.get(assessmentId(elementId))?.fields.estimate ?? null;
}

/** The working of one price, every figure of it. @param {Estimate | null} estimate */
export function working(estimate) {
  if (!estimate) return html`<p class="soft">${t("Prix pas encore estimé")}</p>`;
  return html`<p>${calculation(estimate)}
    = <strong>${t("au plus {amount}", { amount: amount(euros(grossOf(estimate))) })}</strong></p>`;
}

/** What is multiplied with what. @param {Estimate} estimate */
export function calculation(estimate) {
  return t("{work} : {quantity} × {price} hors taxe, TVA {vat} %", {
    work: estimate.label,
    quantity: measured(estimate),
    price: amount(euros(BigInt(estimate.price))),
    vat: percent(estimate.vat),
  });
}

/** The sum of what was estimated. @param {Estimate[]} estimates */
export function sumOf(estimates) {
  return amount(euros(estimates.reduce((sum, each) => sum + grossOf(each), 0n)));
}

/**
 * Chooses the work and how much of it.
 * @param {Draft} draft
 * @param {Prices | null} prices
 * @param {Json} element of the record, or another thing with its `subject_kind`
 * @param {string} name
 */
export function estimator(draft, prices, element, name) {
  if (element.id[14] !== "7") return nothing;
  const works = fitting(prices?.works ?? [], element.kind, element.defects, element.state === "absent");
  if (works.length === 0) return nothing;
  const estimate = estimateOf(draft, element.id);
  /** @param {Estimate | null} value */
  const keep = (value) => {
    const entityId = assessmentId(element.id);
    const known = draft.get(entityId)?.fields.subject_id;
    const subject = known ? {} : { subject_kind: element.subject_kind ?? "element", subject_id: element.id };
    return draft.setMany(
      Object.entries({ ...subject, estimate: value }).map(([field, one]) => ({
        entityId,
        kind: "assessment",
        field,
        value: one,
      })),
    );
  };
  const chosen = works.find(({ code }) => code === estimate?.code);
  const doubt = estimate
    ? doubts(
        { entry_state: element.entry?.state ?? null },
        estimate.unit,
        plain(BigInt(estimate.quantity)),
        element.defects,
      )
    : [];
  return html`<details class="fold not-in-copy" ?open=${estimate !== null}>
    <summary>${icon("next")} ${t("Estimer la réparation")}<span class="spoken"> : ${name}</span></summary>
    <div class="stack">
      ${oneOf({
        legend: t("Travaux du bordereau : {name}", { name }),
        quiet: true,
        options: works.map(({ code, label }) => ({ code, text: label })),
        value: chosen?.code ?? null,
        choose: (code) => {
          const work = works.find((each) => each.code === code);
          if (work) void keep({ ...priceOf(work), quantity: estimate?.unit === work.unit ? estimate.quantity : 100 });
        },
        clear: () => keep(null),
      })}
      ${
        estimate
          ? html`<fa-text .label=${t("Quantité ({unit}) : {name}", { unit: unitWords(estimate.unit), name })} .mode=${"decimal"} .value=${figureOf(estimate.quantity)}
            .save=${(/** @type {string} */ text) => {
              const quantity = hundredths(text);
              return quantity === null ? undefined : keep({ ...estimate, quantity });
            }}></fa-text>`
          : nothing
      }
      ${doubt.map((each) => html`<p class="alarm">${icon("alert")} ${doubtWords(each, t)}</p>`)}
    </div>
  </details>`;
}

/** @param {Omit<Estimate, "quantity">} work */
function priceOf({ code, label, unit, price, vat }) {
  return { code, label, unit, price, vat };
}

/** @param {Estimate} estimate */
function measured({ quantity, unit }) {
  return unit === "piece" ? figureOf(quantity) : `${figureOf(quantity)} ${unitWords(unit)}`;
}

/** @param {number} quantity in hundredths */
function figureOf(quantity) {
  return figure(quantity / 100, 2);
}

/** @param {number} vat in hundredths of a percent */
function percent(vat) {
  return figure(vat / 100, 2);
}

/** @param {string} unit */
function unitWords(unit) {
  switch (unit) {
    case "m2":
      return t("m²");
    case "m":
      return t("m");
    case "hour":
      return t("h");
    case "flat":
      return t("forfait");
    default:
      return t("à la pièce");
  }
}
