// The works to accept: done, done with a reserve or not done, which element they renewed, and photographs.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { t } from "../i18n.js";
import { titleOf, worksOf } from "../visit/technical.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-sale-works-screen>` at `#/visit/<id>/works`. */
export class SaleWorksScreen extends TechnicalScreen {
  get heading() {
    return t("Travaux");
  }

  /** @override */
  render() {
    const works = worksOf(this.draft);
    return this.frame(
      this.heading,
      html`${works.length === 0 ? html`<p class="empty">${t("Aucune demande ne concerne ce logement.")}</p>` : nothing}
        ${works.map((work) => this.#work(work))}
        <p><button class="button plain" type="button" @click=${() => void this.#add()}>${icon("plus")} ${t("Ajouter des travaux faits")}</button></p>`,
    );
  }

  /** @param {Item} work */
  #work(work) {
    const set = (/** @type {string} */ field, /** @type {unknown} */ value) =>
      void this.say(work.id, "work", { [field]: value });
    const name = titleOf(work) || t("Travaux ajoutés");
    return html`<section class="thing ${work.result ? "done" : ""}" aria-labelledby="work-${work.id}">
      <header><h2 id="work-${work.id}">${name}</h2>
        <p class="soft">${work.about?.where ?? ""}${work.about?.urgent ? html` <strong>${t("Urgent")}</strong>` : nothing}</p></header>
      ${work.about ? nothing : html`<fa-text .label=${t("Quels travaux ?")} .value=${work.title ?? ""} .save=${(/** @type {string} */ text) => set("title", text)}></fa-text>`}
      ${oneOf({ legend: t("Constat : {name}", { name }), quiet: true, options: this.options("works_results"), value: work.result, choose: (code) => set("result", code), clear: () => set("result", null) })}
      ${work.result && work.result !== "not_done" ? this.#dated(work, name) : nothing}
      ${work.result ? html`<fa-comment .label=${work.result === "reserved" ? t("La réserve : ce qui reste à reprendre") : t("Remarque")} .value=${work.note ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ text) => set("note", text)}></fa-comment>` : nothing}
      ${this.shots("work", work.id, name)}
      ${work.about ? nothing : html`<p><button class="button quiet" type="button" @click=${() => void this.draft.remove(work.id)}>${icon("trash")} ${t("Retirer")}<span class="spoken"> ${name}</span></button></p>`}
    </section>`;
  }

  /** Which element is new from today on: its wear is counted from there. @param {Item} work @param {string} name */
  #dated(work, name) {
    const rooms = /** @type {any[]} */ (this.draft.header.rooms ?? []);
    if (rooms.length === 0) return nothing;
    const choose = (/** @type {Event} */ event) =>
      void this.say(work.id, "work", { element_id: /** @type {HTMLSelectElement} */ (event.target).value || null });
    return html`<label class="field"><span>${t("Élément remplacé ou posé")}<span class="spoken"> : ${name}</span></span>
        <select .value=${work.element_id ?? ""} @change=${choose}>
          <option value="" ?selected=${!work.element_id}>${t("Aucun : simple réparation")}</option>
          ${rooms.map((room) => html`<optgroup label=${room.label}>${room.elements.map((/** @type {any} */ one) => html`<option value=${one.id} ?selected=${one.id === work.element_id}>${one.label}</option>`)}</optgroup>`)}
        </select></label>
      ${work.element_id ? oneOf({ legend: t("Cet élément est"), options: this.options("works_dates"), value: work.dated ?? "renewed_on", choose: (code) => void this.say(work.id, "work", { dated: code }) }) : nothing}`;
  }

  async #add() {
    if (!this.draft.header.started_at) await this.note({});
    await this.draft.add("work", { title: "", at: new Date().toISOString(), position: worksOf(this.draft).length });
  }
}

customElements.define("fa-sale-works-screen", SaleWorksScreen);
