// The small pages of the ceremony: one free remark, the copy, the signature, the refusal, the absence.

import { html, nothing } from "lit";
import { anyOf, oneOf } from "../elements/choices.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { establishedOn } from "../elements/record-words.js";
import { label, n, t } from "../i18n.js";
import "../elements/remark.js";
import "../elements/signature-box.js";
import "../elements/text-field.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./sign-ceremony.js").Ceremony} Ceremony */
/** @typedef {import("./sign-ceremony.js").Copy} Copy */
/** @typedef {import("./sign-people.js").Signatory} Signatory */
/** @typedef {{method: "drawn" | "typed", strokes: number[][][], typedName: string, ticked: boolean, forBoth: boolean | null, problem: string}} Pen */
/** @typedef {{reasons: string[], witnesses: string, problem: string}} No */

/** @param {string} text @param {(text: string) => unknown} remark */
export function free(text, remark) {
  return html`
    <h1>${t("Voulez-vous ajouter quelque chose ?")}</h1>
    <p>${t("Vous n’y êtes pas obligé. Ne rien dire sur une ligne ne veut pas dire que vous êtes responsable.")}</p>
    <fa-remark .open=${true} .about=${t("Tout l’état des lieux")} .value=${text} @remark=${(/** @type {CustomEvent<string>} */ event) => remark(event.detail)}></fa-remark>
  `;
}

/** @param {Copy} wanted @param {string} email @param {string} problem @param {{email: (text: string) => unknown, choose: (copy: Copy) => unknown}} act */
export function copy(wanted, email, problem, act) {
  return html`
    <h1>${t("Votre copie")}</h1>
    <p>${t("Vous recevez votre copie, que vous signiez ou non. Comment la voulez-vous ?")}</p>
    <div class="stack choices-of-copy">
      <button class="button equal" type="button" @click=${() => act.choose({ channel: "print", to: null })}>
        <span>${icon("document")} ${t("Ici, avant de partir")}<small>${t("Imprimée, ou enregistrée dans un fichier")}</small></span>
      </button>
      <div class="stack by-email">
        <fa-text .label=${t("Votre adresse e-mail")} .type=${"email"} .mode=${"email"} .value=${email} .error=${problem} .save=${act.email}></fa-text>
        <button class="button equal" type="button" @click=${() => act.choose({ channel: "email", to: email })}>
          <span>${icon("send")} ${t("Par e-mail")}<small>${t("Partira dès qu’il y a du réseau")}</small></span>
        </button>
      </div>
      <button class="button equal" type="button" @click=${() => act.choose({ channel: "post", to: null })}>
        <span>${icon("document")} ${t("Sur papier, par la poste")}<small>${t("Envoyée par le bureau, à votre nouvelle adresse")}</small></span>
      </button>
    </div>
    ${wanted.channel === "print" ? nothing : html`<p class="soft">${t("Jusque-là : pas encore remise.")}</p>`}
  `;
}

/** @param {Ceremony} ceremony @param {Signatory} person @param {Pen} pen @param {(pen: Partial<Pen>) => unknown} write @param {() => unknown} again */
export function sign(ceremony, person, pen, write, again) {
  const { record, sha256 } = ceremony.frozen ?? { record: /** @type {Json} */ ({}), sha256: "" };
  const remarks = ceremony.remarks(person.id).length;
  const name = `how-${person.id}`;
  const whomOpen = pen.forBoth === null && ceremony.openSpouse(person) !== null;
  return html`
    <h1>${person.quality === "agent" ? t("Signature de {name}", { name: person.name }) : t("Votre signature")}</h1>
    <p>${t("{name}, vous signez : {kind}, {street}, le {day}.", { name: person.name, kind: record.labels.kind, street: record.context.dwelling?.street ?? "", day: establishedOn(record) })}
      ${remarks > 0 ? n("Votre remarque est jointe, telle quelle.", "Vos {count} remarques sont jointes, telles quelles.", remarks) : nothing}</p>
    ${forWhom(ceremony, person, pen, write)}
    <p>${ceremony.consent(remarks > 0 ? "signed_with_reservations" : "signed", pen.forBoth ? ceremony.openSpouse(person) : null)}</p>
    <fieldset class="stack">
      <legend class="spoken">${t("Comment voulez-vous signer ?")}</legend>
      <div class="options">
        <label><input type="radio" name=${name} .checked=${pen.method === "drawn"} @change=${() => write({ method: "drawn", problem: "" })} /> ${t("Dessiner")}</label>
        <label><input type="radio" name=${name} .checked=${pen.method === "typed"} @change=${() => write({ method: "typed", problem: "" })} /> ${t("Écrire mon nom")}</label>
      </div>
      <small>${t("Les deux valent autant.")}</small>
    </fieldset>
    ${whomOpen ? nothing : penProblem(pen)}
    ${
      pen.method === "drawn"
        ? html`<fa-signature-box .strokes=${pen.strokes} .name=${person.name} @drawn=${(/** @type {CustomEvent<number[][][]>} */ event) => write({ strokes: event.detail, problem: "" })}></fa-signature-box>`
        : html`<div class="stack">
          <fa-text .label=${t("Votre nom")} .value=${pen.typedName} .complete=${"name"} .save=${(/** @type {string} */ typedName) => write({ typedName, problem: "" })}></fa-text>
          <div class="options"><label><input type="checkbox" .checked=${pen.ticked} @change=${(/** @type {Event} */ event) => write({ ticked: /** @type {HTMLInputElement} */ (event.target).checked, problem: "" })} />
            ${t("Ce nom écrit est ma signature")}</label></div>
        </div>`
    }
    <p class="soft">${t("Code de contrôle du document :")} ${fingerprint(sha256)}</p>
    ${person.quality === "agent" ? nothing : html`<p><button class="button quiet" type="button" @click=${again}>${icon("back")} ${t("Relire avant de signer")}</button></p>`}
  `;
}

/** @param {Pen} pen */
function penProblem(pen) {
  if (!pen.problem) return nothing;
  return html`<p class="error notice" data-tone="stop" role="alert" id="pen-problem">${icon("alert")} ${pen.problem}</p>`;
}

/** One of two spouses may sign for both; nothing is supposed, each says it. @param {Ceremony} ceremony @param {Signatory} person @param {Pen} pen @param {(pen: Partial<Pen>) => unknown} write */
function forWhom(ceremony, person, pen, write) {
  const spouse = ceremony.openSpouse(person);
  if (!spouse) return nothing;
  const name = `for-${person.id}`;
  return html`<fieldset class="stack">
    <legend><strong>${t("Pour qui signez-vous ?")}</strong></legend>
    ${pen.forBoth === null ? penProblem(pen) : nothing}
    <div class="options">
      <label><input type="radio" name=${name} .checked=${pen.forBoth === true} @change=${() => write({ forBoth: true, problem: "" })} /> ${t("Pour nous deux, {name} et moi", { name: spouse.name })}</label>
      <label><input type="radio" name=${name} .checked=${pen.forBoth === false} @change=${() => write({ forBoth: false, problem: "" })} /> ${t("Pour moi seulement")}</label>
    </div>
    <small>${t("Vous êtes {bond} : l’un de vous peut signer pour les deux.", { bond: person.spouse?.bond ?? "" })}</small>
  </fieldset>`;
}

/** @param {Ceremony} ceremony @param {Json} catalogue @param {Json} legal @param {No} no @param {(no: Partial<No>) => unknown} write */
export function refuse(ceremony, catalogue, legal, no, write) {
  return html`
    <h1>${t("Vous ne signez pas")}</h1>
    <p>${t("C’est votre droit. Vous pouvez aussi signer avec vos remarques : elles sont imprimées telles quelles.")}</p>
    ${no.problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${no.problem}</p>` : nothing}
    ${anyOf({ legend: t("Pour quelle raison ?"), options: rows(catalogue.refusal_reasons), values: no.reasons, choose: (reasons) => write({ reasons, problem: "" }) })}
    <section class="stack"><h2>${t("Ce qui se passe ensuite")}</h2>
      <p>${ceremony.consent("refused")}</p>
      <p>${label(legal.refusal_next)}</p></section>
    <fa-text .label=${t("Témoins, s’il y en a")} .hint=${t("Nom et qualité")} .value=${no.witnesses} .save=${(/** @type {string} */ witnesses) => write({ witnesses })}></fa-text>
  `;
}

/** @param {Ceremony} ceremony @param {Signatory} person @param {Json} catalogue @param {No} no @param {(no: Partial<No>) => unknown} write */
export function absent(ceremony, person, catalogue, no, write) {
  return html`
    <h1>${t("{name} n’est pas là", { name: person.name })}</h1>
    <p>${ceremony.consent("absent")}</p>
    <p>${t("Ce ne sera pas un état des lieux signé par les deux. L’agent le dit avec son code.")}</p>
    ${no.problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${no.problem}</p>` : nothing}
    ${oneOf({ legend: t("Pourquoi ?"), options: rows(catalogue.absence_reasons), value: no.reasons[0] ?? null, choose: (code) => write({ reasons: [code], problem: "" }) })}
  `;
}

/** @param {{code: string, label: {fr: string, en: string}}[]} table */
function rows(table) {
  return (table ?? []).map((row) => ({ code: row.code, text: label(row.label) }));
}
