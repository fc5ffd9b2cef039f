// An addendum: point by point, what the signed document says and what is said now; nothing of the original changes.

import { html, nothing } from "lit";
import { originalWords } from "../elements/addendum-view.js";
import { counter, oneOf } from "../elements/choices.js";
import { draftBadge } from "../elements/draft-badge.js";
import { defectChips } from "../elements/element-row.js";
import { icon } from "../elements/icon.js";
import { clock, spoken, t, typeset } from "../i18n.js";
import { salePath } from "../router.js";
import { longDay } from "../rules/local-day.js";
import { amendmentsOf, isSaid, partOf, parts } from "../visit/addendum.js";
import { word } from "../visit/words.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {Record<string, any>} Json */

/** States in which there is nothing to see on the element. */
const SOUND = new Set(["new", "good", "absent", "not_checked"]);

/** `<fa-sale-amend-screen>` at `#/visit/<id>/amend`. */
export class SaleAmendScreen extends TechnicalScreen {
  get heading() {
    return this.kindWords;
  }

  /** @override */
  render() {
    const { draft, signed } = this;
    const points = amendmentsOf(draft);
    return html`
      <header class="appbar">
        <a class="back" href="#/day">${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Ma journée")}</a>
        ${draftBadge(draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        ${this.trouble()} ${this.refused()}
        <div class="stack">
          <p class="soft">${this.kindWords}</p>
          <h1>${this.sheet.street ?? t("Logement")}</h1>
          <p class="soft">${[this.entry.starts_at ? clock(this.entry.starts_at) : "", this.sheet.detail].filter(Boolean).join(". ")}</p>
        </div>
        ${signed ? this.#signed(signed) : nothing}
        ${this.#request()}
        <fieldset class="bare stack wide" ?disabled=${signed !== null}>
          <legend class="spoken">${t("Points")}</legend>
          ${points.map((point, at) => this.#point(point, at + 1))}
          ${signed ? nothing : this.#more(points.length)}
        </fieldset>
        ${signed ? nothing : html`<p><a class="button quiet" href=${salePath(draft.id, "end")}>${t("Le rendez-vous n’a pas pu se faire")}</a></p>`}
      </main>
      <nav class="actions" aria-label=${t("Suite")}>
        ${
          signed
            ? html`<a class="button" href=${salePath(draft.id, "end")}>${t("Terminer le rendez-vous")}</a>`
            : html`<a class="button" href=${salePath(draft.id, "amend-sign")}>${icon("sign")} ${t("Relire et signer")}</a>`
        }
      </nav>
    `;
  }

  /** Why it is made, until when, and which document it completes. */
  #request() {
    const { request = {}, original = {} } = this.draft.header;
    const day = (/** @type {string | null} */ text) => (text ? longDay(text, spoken()) : "");
    const asked =
      request.requested_on &&
      (request.in_time === false
        ? t("Demandé le {day}, après le délai : possible seulement si les deux sont d’accord.", {
            day: day(request.requested_on),
          })
        : t("Demandé le {day}.", { day: day(request.requested_on) }));
    return html`<section class="notice" aria-labelledby="why"><h2 id="why">${this.word("addendum_kinds", request.kind)}</h2>
      ${asked ? html`<p>${typeset(asked)}</p>` : nothing}
      ${request.words ? html`<p>${request.words}</p>` : nothing}
      ${request.due_on ? html`<p>${t("À signer au plus tard le {day}.", { day: day(request.due_on) })}</p>` : nothing}
      <p class="soft">${typeset(originalWords(original, this.draft.header.context?.dwelling?.zone ?? "Europe/Paris"))}.<br />${t("Ce qui est signé ne change pas.")}</p></section>`;
  }

  /** @param {Json} document */
  #signed({ id, body }) {
    return html`<section class="notice" data-tone="safe"><p>${t("Signé : document n° {number}. Plus rien n’y change.", { number: body.number })}</p>
      <p><a class="button plain" href=${salePath(this.draft.id, "copy", id)}>${icon("document")} ${t("Voir la copie")}</a></p></section>`;
  }

  /** @param {Item} point @param {number} number */
  #point(point, number) {
    const part = partOf(this.draft, point);
    const name = part ? [part.where, part.label].filter(Boolean).join(", ") : this.word("addendum_subjects", "general");
    const set = (/** @type {Record<string, unknown>} */ fields) => void this.say(point.id, "amendment", fields);
    return html`<section class="thing ${isSaid(point) ? "done" : ""}" aria-labelledby="point-${point.id}" data-point=${point.id}>
      <header><h2 id="point-${point.id}">${number}. ${name}</h2>
        ${point.asked ? html`<p>${t("Le bureau demande :")} <strong>${point.asked}</strong></p>` : nothing}
        ${part ? html`<p class="soft">${t("Écrit dans l’état des lieux :")} <q>${part.said || "–"}</q></p>` : nothing}</header>
      ${part?.kind === "element" ? this.#state(point, part, name, set) : nothing}
      ${part?.kind === "meter" ? this.#index(point, part, set) : nothing}
      ${part?.kind === "key" ? counter({ legend: t("Nombre"), value: point.quantity, start: Number.parseInt(part.said, 10) || 0, choose: (quantity) => set({ quantity: Math.min(quantity, 999) }), words: { less: t("Un de moins : {name}", { name }), more: t("Un de plus : {name}", { name }) } }) : nothing}
      <fa-comment .label=${t("Ce qui est dit maintenant")} .value=${point.note ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ note) => set({ note })}></fa-comment>
      ${this.shots("amendment", point.id, name)}
      ${point.asked || this.signed ? nothing : html`<p><button class="button quiet" type="button" @click=${() => void this.draft.remove(point.id)}>${icon("trash")} ${t("Retirer")}<span class="spoken"> ${name}</span></button></p>`}
    </section>`;
  }

  /** @param {Item} point @param {Json} part @param {string} name @param {(fields: Record<string, unknown>) => void} set */
  #state(point, part, name, set) {
    const options = this.catalogue.states.map((/** @type {Json} */ { code }) => ({
      code,
      text: word(this.catalogue, "states", code),
    }));
    const like = { id: point.id, element_kind: part.element_kind, defects: point.defects };
    return html`${oneOf({ legend: t("État : {name}", { name }), quiet: true, options, value: point.state, choose: (state) => set({ state }), clear: () => set({ state: null, defects: [] }) })}
      ${point.state && !SOUND.has(point.state) ? defectChips(this.catalogue, like, name, (defects) => set({ defects })) : nothing}`;
  }

  /** @param {Item} point @param {Json} part @param {(fields: Record<string, unknown>) => void} set */
  #index(point, part, set) {
    const field = (/** @type {string} */ name, /** @type {string} */ label) =>
      html`<fa-text .label=${`${label}${part.unit ? ` (${part.unit})` : ""}`} .mode=${"decimal"} .value=${point[name] ?? ""} .save=${(/** @type {string} */ text) => set({ [name]: text })}></fa-text>`;
    return part.two_indexes
      ? html`${field("index", t("Index heures pleines"))}${field("index_low", t("Index heures creuses"))}`
      : field("index", t("Index"));
  }

  /** Another point, about anything of the original. @param {number} position */
  #more(position) {
    const all = parts(this.draft);
    const rooms = [...new Set(all.filter(({ kind }) => kind === "element").map(({ where }) => where))];
    const option = (/** @type {Json} */ part) => html`<option value=${part.id}>${part.label}</option>`;
    const others = all.filter(({ kind }) => kind === "meter" || kind === "key" || kind === "equipment");
    return html`<div class="stack"><label class="field"><span>${t("Ajouter un point sur")}</span>
      <select data-more>
        <option value="">${this.word("addendum_subjects", "general")}</option>
        ${rooms.map((room) => html`<optgroup label=${room}>${all.filter(({ kind, where }) => kind === "element" && where === room).map(option)}</optgroup>`)}
        ${others.length > 0 ? html`<optgroup label=${t("Compteurs, clés, équipements")}>${others.map(option)}</optgroup>` : nothing}
      </select></label>
      <p><button class="button plain" type="button" @click=${() => void this.#add(position)}>${icon("plus")} ${t("Ajouter")}</button></p></div>`;
  }

  /** @param {number} position */
  async #add(position) {
    const chosen = /** @type {HTMLSelectElement | null} */ (this.querySelector("[data-more]"))?.value ?? "";
    const part = parts(this.draft).find(({ id }) => id === chosen);
    const subject = part ? { kind: part.kind, id: part.id } : { kind: "general", id: null };
    if (!this.draft.header.started_at) await this.note({});
    await this.draft.add("amendment", { subject, at: new Date().toISOString(), position });
  }
}

customElements.define("fa-sale-amend-screen", SaleAmendScreen);
