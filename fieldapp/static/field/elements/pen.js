// How one person answers a document that several sign: drawn, with a typed name, or not at all, with the reason.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { oneOf } from "./choices.js";
import "./signature-box.js";
import "./text-field.js";

/** @typedef {{method: "drawn" | "typed" | "none", strokes: number[][][], typedName: string, reason?: string}} Pen */

/** Before anything is drawn or typed. @returns {Pen} */
export const emptyPen = () => ({ method: "drawn", strokes: [], typedName: "", reason: "" });

/** Whether the person has answered. @param {Pen | undefined} pen */
export function answered(pen) {
  if (!pen) return false;
  if (pen.method === "none") return Boolean(pen.reason?.trim());
  return pen.method === "drawn" ? pen.strokes.some((stroke) => stroke.length >= 2) : pen.typedName.trim() !== "";
}

/**
 * One person with the sentence that is accepted, or that says why not.
 * @param {object} about
 * @param {{id: string, name: string, quality: string, quality_label: string}} about.party
 * @param {Pen} about.pen
 * @param {(decision: "signed" | "refused") => string} about.consent
 * @param {boolean} [about.mayRefuse]
 * @param {(change: Partial<Pen>) => void} about.write
 */
export function penPart({ party, pen, consent, mayRefuse = false, write }) {
  const { id, name, quality, quality_label: whose } = party;
  const ways = [
    { code: "drawn", text: t("Dessiner") },
    { code: "typed", text: t("Écrire mon nom") },
    ...(mayRefuse ? [{ code: "none", text: t("Je ne signe pas") }] : []),
  ];
  const refuses = pen.method === "none";
  return html`<section class="stack signing" aria-labelledby="pen-${id}" data-quality=${quality} data-party=${id}>
    <h2 id="pen-${id}">${name}</h2><p class="soft">${whose}</p>
    <p>${consent(refuses ? "refused" : "signed")}</p>
    ${oneOf({ legend: t("Comment voulez-vous signer ?"), quiet: true, options: ways, value: pen.method, choose: (code) => write({ method: /** @type {Pen["method"]} */ (code) }) })}
    ${pen.method === "drawn" ? html`<fa-signature-box .strokes=${pen.strokes} .name=${name} @drawn=${(/** @type {CustomEvent<number[][][]>} */ event) => write({ strokes: event.detail })}></fa-signature-box>` : nothing}
    ${pen.method === "typed" ? html`<fa-text .label=${t("Votre nom")} .value=${pen.typedName} .complete=${"name"} .save=${(/** @type {string} */ typedName) => write({ typedName })}></fa-text>` : nothing}
    ${refuses ? html`<fa-text .label=${t("Pourquoi, avec vos mots")} .rows=${2} .value=${pen.reason ?? ""} .save=${(/** @type {string} */ reason) => write({ reason })}></fa-text>` : nothing}
  </section>`;
}
