// What is to be repaired, met on the spot or asked for by a resident: for the works, never shown to a candidate.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { photoStrip } from "../elements/photo-strip.js";
import { label, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { SaleScreen } from "./sale-screen.js";
import "../elements/comment-field.js";
import "../elements/shooter.js";
import "../elements/text-field.js";

/** @typedef {{id: string, [field: string]: any}} Item */

/** `<fa-sale-snags-screen>` at `#/visit/<id>/snags[/<snagId>]`. */
export class SaleSnagsScreen extends SaleScreen {
  #shooting = false;

  get heading() {
    return t("Défauts et demandes");
  }

  /** @param {"snag" | "request"} kind */
  async #add(kind) {
    const at = new Date().toISOString();
    if (!this.draft.header.started_at) await this.note({});
    const id = await this.draft.add(kind, kind === "snag" ? { at, place: "dwelling" } : { at });
    go(salePath(this.draft.id, "snags", id));
  }

  /** @override */
  render() {
    const found = this.params[0] ? this.draft.get(this.params[0]) : null;
    const kind = found?.kind;
    const open =
      found && (kind === "snag" || kind === "request") ? { ...found.fields, id: this.params[0] ?? "" } : null;
    return html`
      ${this.bar("")}
      <main id="main" class="page narrow stack wide">
        ${this.trouble()}
        ${open ? (kind === "snag" ? this.#snag(open) : this.#request(open)) : this.#all()}
      </main>
      ${
        open
          ? html`<footer class="actions"><button class="button plain" type="button" @click=${() => this.#remove(open)}>${icon("trash")} ${t("Retirer")}</button>
              <a class="button" href=${salePath(this.draft.id, "snags")}>${icon("check")} ${t("C’est noté")}</a></footer>`
          : html`<footer class="actions"><button class="button plain" type="button" @click=${() => this.#add("request")}>${icon("people")} ${t("Demande d’un habitant")}</button>
              <button class="button" type="button" @click=${() => this.#add("snag")}>${icon("plus")} ${t("Noter un défaut")}</button></footer>`
      }
    `;
  }

  #all() {
    const snags = this.draft.list("snag");
    const requests = this.draft.list("request");
    const row = (/** @type {Item} */ item, /** @type {string} */ words, /** @type {string} */ more) =>
      html`<li><a class="button plain signer" href=${salePath(this.draft.id, "snags", item.id)}>${icon(item.urgent ? "alert" : "flag")} <span>${words || t("À préciser")} <small>${more}</small></span></a></li>`;
    return html`<h1>${this.heading}</h1>
      <p class="soft">${t("Pour les travaux seulement. Rien de ceci n’est montré à un candidat.")}</p>
      ${snags.length + requests.length === 0 ? html`<p class="empty">${t("Rien de noté.")}</p>` : nothing}
      ${snags.length > 0 ? html`<section class="stack" aria-labelledby="snags"><h2 id="snags">${t("Défauts")}</h2><ul class="signers">${snags.map((snag) => row(snag, this.word("snag_kinds", snag.problem), [this.#room(snag), this.#element(snag)].filter(Boolean).join(", ")))}</ul></section>` : nothing}
      ${requests.length > 0 ? html`<section class="stack" aria-labelledby="requests"><h2 id="requests">${t("Demandes d’habitants")}</h2><ul class="signers">${requests.map((request) => row(request, this.word("request_topics", request.topic), request.where ?? ""))}</ul></section>` : nothing}`;
  }

  /** @param {Item} snag */
  #room(snag) {
    const row = (this.catalogue?.rooms ?? []).find((/** @type {any} */ each) => each.code === snag.room_kind);
    return row ? label(row.label) : this.word("snag_places", snag.place);
  }

  /** @param {Item} snag */
  #element(snag) {
    const row = (this.catalogue?.elements ?? []).find((/** @type {any} */ each) => each.code === snag.element_kind);
    return row ? label(row.label) : "";
  }

  /** @param {Item} snag */
  #snag(snag) {
    const set = (/** @type {string} */ field, /** @type {unknown} */ value) =>
      void this.draft.set(snag.id, "snag", field, value);
    const room = (this.catalogue?.rooms ?? []).find((/** @type {any} */ each) => each.code === snag.room_kind);
    const elements = (this.catalogue?.elements ?? []).filter((/** @type {any} */ each) =>
      room?.elements.includes(each.code),
    );
    const contradicts = (this.tables.snag_kinds ?? []).find(
      (/** @type {any} */ each) => each.code === snag.problem,
    )?.contradicts;
    return html`<h1>${t("Un défaut")}</h1>
      ${oneOf({ legend: t("Quoi ?"), options: this.options("snag_kinds"), value: snag.problem, choose: (code) => set("problem", code) })}
      ${contradicts ? html`<div class="notice" data-tone="stop"><p>${icon("flag")} ${t("La fiche du logement dit autre chose : le bureau la corrigera.")}</p></div>` : nothing}
      ${oneOf({ legend: t("Où ?"), options: this.options("snag_places"), value: snag.place, choose: (code) => set("place", code) })}
      ${snag.place === "dwelling" ? oneOf({ legend: t("Pièce"), options: rows(this.catalogue?.rooms), value: snag.room_kind, choose: (code) => set("room_kind", code), clear: () => set("room_kind", null) }) : nothing}
      ${elements.length > 0 ? oneOf({ legend: t("Élément"), options: rows(elements), value: snag.element_kind, choose: (code) => set("element_kind", code), clear: () => set("element_kind", null) }) : nothing}
      <div class="options"><label><input type="checkbox" .checked=${snag.urgent === true} @change=${(/** @type {Event} */ event) => set("urgent", /** @type {HTMLInputElement} */ (event.target).checked)} /> ${t("Urgent")}</label></div>
      <fa-comment .label=${t("Ce que vous voyez")} .value=${snag.note ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ text) => set("note", text)}></fa-comment>
      ${this.#photos(snag, "snag", t("Un défaut"))}`;
  }

  /** @param {Item} request */
  #request(request) {
    const set = (/** @type {string} */ field, /** @type {unknown} */ value) =>
      void this.draft.set(request.id, "request", field, value);
    return html`<h1>${t("Demande d’un habitant")}</h1>
      <p class="soft">${t("Sans son nom : le lieu suffit.")}</p>
      ${oneOf({ legend: t("À propos de quoi ?"), options: this.options("request_topics"), value: request.topic, choose: (code) => set("topic", code) })}
      <fa-text .label=${t("Où, dans l’immeuble")} .hint=${t("Étage, porte, cage d’escalier")} .value=${request.where ?? ""} .save=${(/** @type {string} */ text) => set("where", text)}></fa-text>
      <fa-comment .label=${t("Ce qui est demandé")} .value=${request.note ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ text) => set("note", text)}></fa-comment>
      ${this.#photos(request, "request", t("Demande d’un habitant"))}`;
  }

  /** @param {Item} item @param {string} kind @param {string} name */
  #photos(item, kind, name) {
    const subject = { subjectKind: kind, subjectId: item.id, roomId: null };
    return html`<section class="stack" aria-labelledby="photos"><h2 id="photos">${t("Photos")}</h2>
      <p class="soft">${t("Le défaut seulement : ni visage, ni papiers, ni affaires.")}</p>
      ${photoStrip(this.draft, item.id, name)}
      ${
        this.#shooting
          ? html`<fa-shooter .draft=${this.draft} .subject=${subject} .name=${name}></fa-shooter>`
          : html`<p><button class="button plain" type="button" @click=${() => this.#shoot()}>${icon("camera")} ${t("Photographier")}</button></p>`
      }</section>`;
  }

  #shoot() {
    this.#shooting = true;
    this.requestUpdate();
  }

  /** @param {Item} item */
  async #remove(item) {
    await this.draft.remove(item.id);
    go(salePath(this.draft.id, "snags"));
  }
}

/** @param {any[] | undefined} table */
function rows(table) {
  return (table ?? []).map((row) => ({ code: row.code, text: label(row.label) }));
}

customElements.define("fa-sale-snags-screen", SaleSnagsScreen);
