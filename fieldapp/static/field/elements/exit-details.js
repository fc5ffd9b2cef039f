// What an exit may say of an element beyond its state: works in between, and, apart from it, the landlord's assessment.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { assessmentId } from "../rules/assessment.js";
import { oneOf } from "./choices.js";
import { icon } from "./icon.js";
import { dayInWords } from "./record-words.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

/**
 * Replaced during the tenancy: its age starts again, and the entry is not compared.
 * @param {Draft} draft
 * @param {Item} element
 */
export function worksBetween(draft, element) {
  const works = element.works ?? null;
  /** @param {unknown} value */
  const keep = (value) => draft.set(element.id, "element", "works", value);
  if (!works) {
    return html`<p><button class="button quiet" type="button" @click=${() => keep({ on: null, document: "" })}>
      ${icon("plus")} ${t("Remplacé ou refait pendant le bail")}
    </button></p>`;
  }
  return html`<section class="stack works" aria-label=${t("Remplacé ou refait pendant le bail")}>
    <div class="pair">
      <fa-text .label=${t("Remplacé ou refait le")} .type=${"date"} .value=${works.on ?? ""} .save=${(/** @type {string} */ on) => keep({ ...works, on: on || null })}></fa-text>
      <fa-text .label=${t("Facture ou procès-verbal")} .value=${works.document} .save=${(/** @type {string} */ text) => keep({ ...works, document: text.trim() })}></fa-text>
    </div>
    <p><small>${t("L’état d’entrée n’est plus comparé.")}</small>
      <button class="button quiet" type="button" @click=${() => keep(null)}>${t("Finalement non")}</button></p>
  </section>`;
}

/**
 * What the tenant can still put right before leaving, said on the visit before the exit.
 * @param {Draft} draft
 * @param {Item} element
 */
export function stillToRepair(draft, element) {
  const advice = element.advice ?? null;
  /** @param {{text: string, due: string | null}} said */
  const keep = (said) => draft.set(element.id, "element", "advice", said.text ? said : null);
  return html`<div class="pair">
    <fa-text .label=${t("Ce que le locataire peut encore réparer")} .value=${advice?.text ?? ""} .save=${(/** @type {string} */ text) => keep({ due: null, ...advice, text: text.trim() })}></fa-text>
    ${advice ? html`<fa-text .label=${t("Avant le")} .type=${"date"} .value=${advice.due ?? ""} .save=${(/** @type {string} */ due) => keep({ ...advice, due: due || null })}></fa-text>` : nothing}
  </div>`;
}

/** What the visit before the exit had said of it. @param {Item} element */
export function advisedBefore({ advised }) {
  if (!advised) return nothing;
  const seen = [advised.state_label, ...(advised.defect_labels ?? [])].filter(Boolean).join(", ");
  return html`<p class="soft">${t("Visite conseil du {day} : {words}", { day: dayInWords(advised.on), words: [seen, advised.text].filter(Boolean).join(". ") })}</p>`;
}

/**
 * Why it changed, as the landlord sees it: no part of what is signed, and set apart so that nobody takes it for that.
 * @param {Draft} draft
 * @param {string} subjectKind
 * @param {string} subjectId
 * @param {string} name
 */
export function assessment(draft, subjectKind, subjectId, name) {
  // What was planned by an older hand has an id from which no place can be worked out.
  if (subjectId[14] !== "7") return nothing;
  const id = assessmentId(subjectId);
  const noted = draft.get(id)?.fields ?? {};
  /** @param {string} field @param {unknown} value */
  const keep = (field, value) => {
    const subject = { subject_kind: subjectKind, subject_id: subjectId };
    const first = Object.entries(noted.subject_id ? {} : subject);
    const writes = [...first, [field, value]].map(([name, one]) => ({
      entityId: id,
      kind: "assessment",
      field: String(name),
      value: one,
    }));
    return draft.setMany(writes);
  };
  return html`<details class="fold assessment" ?open=${Boolean(noted.cause)}>
    <summary>${icon("next")} ${t("Évaluation du bailleur")} <small>${noted.cause ? causes()[noted.cause] : t("n’est pas signée")}</small></summary>
    <p><small>${t("Évaluation du bailleur : elle n’est pas signée et n’est pas montrée au locataire. Le bureau la complète.")}</small></p>
    ${oneOf({
      legend: t("Cause, selon vous : {name}", { name }),
      options: Object.entries(causes()).map(([code, text]) => ({ code, text })),
      value: noted.cause ?? null,
      choose: (code) => keep("cause", code),
      clear: () => keep("cause", null),
    })}
    <fa-text .label=${t("Note pour le bureau")} .rows=${2} .value=${noted.note ?? ""} .save=${(/** @type {string} */ text) => keep("note", text.trim())}></fa-text>
  </details>`;
}

/** Why a thing changed, code by code. @returns {Record<string, string>} */
export function causes() {
  return {
    normal_wear: t("Usure normale"),
    poor_upkeep: t("Défaut d’entretien"),
    damage: t("Dégradation"),
    loss: t("Perte"),
    transformation: t("Transformation"),
    incident: t("Sinistre"),
    landlord_works: t("Travaux du bailleur"),
    construction_defect: t("Défaut de construction"),
    force_majeure: t("Force majeure"),
    third_party: t("Fait d’un tiers"),
    landlord_fault: t("Fait du bailleur"),
  };
}
