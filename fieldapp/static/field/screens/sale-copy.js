// The copy of what was signed at a visit, handed over on the spot: printed here, or saved as one file.

import { html, nothing, svg } from "lit";
import { addendumView } from "../elements/addendum-view.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { save, selfContained } from "../elements/self-contained.js";
import { strokePath } from "../elements/signature-box.js";
import { slipView } from "../elements/slip-view.js";
import { technicalView } from "../elements/technical-view.js";
import { clock, spoken, t } from "../i18n.js";
import { salePath } from "../router.js";
import { localDay, longDay } from "../rules/local-day.js";
import { sha256Hex } from "../store/canonical.js";
import { handedWords } from "./handed.js";
import { SaleScreen } from "./sale-screen.js";
import "../elements/text-field.js";

/** @typedef {Record<string, any>} Json */

const EMAIL = /^\S+@\S+\.\S+$/;

/** `<fa-sale-copy-screen>` at `#/visit/<id>/copy/<documentId>`. */
export class SaleCopyScreen extends SaleScreen {
  /** @type {Json | null} */
  #record = null;
  #sha256 = "";
  #missing = false;
  /** True once the copy was printed or saved: then only a person knows who holds it. */
  #made = false;
  /** @type {unknown} */
  #error = null;
  /** What was typed, by person. @type {Map<string, string>} */
  #emails = new Map();
  #problem = "";

  get heading() {
    return t("La copie");
  }

  get #id() {
    return this.params[0] ?? "";
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.#open()
      .catch((error) => {
        this.#error = error;
      })
      .finally(() => this.requestUpdate());
  }

  async #open() {
    const bytes = await this.draft.inventory.readDocument(this.#id);
    this.#missing = bytes === null;
    if (!bytes) return;
    this.#record = JSON.parse(new TextDecoder().decode(bytes));
    this.#sha256 = await sha256Hex(bytes);
  }

  /** Who gets a copy: the candidate of a slip, the tenants of an addendum. @returns {{id: string, name: string}[]} */
  get #receivers() {
    const { candidate, parties = [], original } = this.#record ?? {};
    if (candidate) return [candidate];
    return original ? parties.filter((/** @type {Json} */ { quality }) => quality !== "agent") : [];
  }

  /** The latest word about somebody's copy; that it was handed over counts before any promise. @param {string} partyId */
  #handover(partyId) {
    const all = this.draft
      .list("handover")
      .map(({ body }) => body)
      .filter((body) => body?.document_id === this.#id && body.party_id === partyId)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
    return all.findLast((body) => body.done) ?? all.at(-1) ?? null;
  }

  #print() {
    window.print();
    this.#made = true;
    this.requestUpdate();
  }

  #save() {
    const part = this.querySelector("main");
    const record = this.#record;
    if (!part || !record) return;
    const page = { title: `${record.labels.kind} ${record.number}`, language: record.language, pictures: new Map() };
    save(selfContained(part, page), `${record.number}.html`);
    this.#made = true;
    this.requestUpdate();
  }

  /** A copy that leaves later is written down as not handed over yet. @param {string} partyId @param {"email" | "post"} channel @param {string | null} to */
  async #promise(partyId, channel, to) {
    const at = new Date().toISOString();
    const body = { document_id: this.#id, party_id: partyId, channel, at, to, done: false };
    await this.draft.add("handover", { body });
    this.requestUpdate();
  }

  /** @param {string} partyId */
  #mail(partyId) {
    const to = (this.#emails.get(partyId) ?? "").trim();
    this.#problem = EMAIL.test(to) ? "" : t("Écrivez l’adresse, comme nom@exemple.fr.");
    this.requestUpdate();
    if (!this.#problem) void this.#promise(partyId, "email", to);
  }

  /** @param {string} partyId */
  async #held(partyId) {
    const body = {
      document_id: this.#id,
      party_id: partyId,
      channel: "print",
      at: new Date().toISOString(),
      to: null,
      done: true,
    };
    await this.draft.add("handover", { body });
    this.requestUpdate();
  }

  /** @override */
  render() {
    const record = this.#record;
    return html`
      <header class="appbar not-in-copy">
        <a class="back" href=${record?.candidate ? salePath(this.draft.id, "candidate", record.candidate.id) : this.home}>${icon(record?.candidate ? "lock" : "back")} ${record?.candidate ? t("Rendre la tablette") : t("Visite")}</a>
      </header>
      <main id="main" class="page narrow stack wide record copy">
        ${this.trouble(this.#error)}
        ${this.#missing ? html`<h1>${t("La copie")}</h1><p>${t("Ce document a été signé sur une autre tablette, ou il n’est plus sur celle-ci.")}</p>` : nothing}
        ${record ? this.#document(record) : nothing}
      </main>
      ${
        record
          ? html`<footer class="actions not-in-copy">
              <button class="button plain" type="button" @click=${() => this.#save()}>${icon("document")} ${t("Enregistrer le fichier")}</button>
              <button class="button" type="button" @click=${() => this.#print()}>${icon("document")} ${t("Imprimer")}</button>
            </footer>`
          : nothing
      }
    `;
  }

  /** @param {Json} record */
  #document(record) {
    const acts = this.draft.list("act").filter(({ body }) => body?.document_id === this.#id);
    return html`
      <div class="stack">
        <p class="soft">${record.context.landlord?.name ?? ""}</p>
        <h1>${record.labels.kind} ${record.number}</h1>
        <p>${t("Code de contrôle :")} ${fingerprint(this.#sha256)}</p>
        ${record.context.demonstration ? html`<p><strong>${t("Démonstration : sans valeur.")}</strong></p>` : nothing}
      </div>
      ${this.#receivers.map((receiver) => this.#handed(record, receiver))}
      ${viewOf(record)}
      ${acts.map(({ body }) => signed(body, record.zone))}
      <section class="stack"><h2>${t("Pour vérifier ce document")}</h2>
        <p>${t("Le code de contrôle entier est : {code}", { code: this.#sha256 })}</p></section>
    `;
  }

  /** By mail or by post, with no reason asked. */
  #otherWays(/** @type {string} */ partyId) {
    return html`<div class="stack choices-of-copy">
      <div class="stack by-email">
        <fa-text .label=${t("Votre adresse e-mail")} .type=${"email"} .mode=${"email"} .value=${this.#emails.get(partyId) ?? ""} .error=${this.#problem}
          .save=${(/** @type {string} */ text) => {
            this.#emails.set(partyId, text);
          }}></fa-text>
        <button class="button plain" type="button" @click=${() => this.#mail(partyId)}><span>${icon("send")} ${t("Par e-mail")}<small>${t("Partira dès qu’il y a du réseau")}</small></span></button>
      </div>
      <button class="button plain" type="button" @click=${() => this.#promise(partyId, "post", null)}><span>${icon("document")} ${t("Sur papier, par la poste")}<small>${t("Envoyée par le bureau")}</small></span></button>
    </div>`;
  }

  /** @param {Json} record @param {{id: string, name: string}} receiver */
  #handed(record, { id, name }) {
    const handover = this.#handover(id);
    const done = handover?.done === true;
    return html`<section class="notice not-in-copy" data-tone=${done ? "safe" : nothing} aria-labelledby="handed-${id}">
      <h2 id="handed-${id}">${t("La copie est-elle remise ?")}${this.#receivers.length > 1 ? ` ${name}` : ""}</h2>
      <p>${handedWords(handover, record.zone)}</p>
      ${handover ? nothing : this.#otherWays(id)}
      ${done || !this.#made ? nothing : html`<p><button class="button plain" type="button" @click=${() => this.#held(id)}>${icon("check")} ${t("{name} a sa copie", { name })}</button></p>`}
      ${done || this.#made ? nothing : html`<p class="soft">${t("Imprimez ou enregistrez, puis dites qu’elle est remise.")}</p>`}
    </section>`;
  }
}

/** @param {Json} record */
function viewOf(record) {
  if (record.candidate) return slipView(record);
  return record.original ? addendumView(record) : technicalView(record);
}

/** What somebody decided, as it was drawn. @param {Json} act @param {string} zone */
function signed(act, zone) {
  const when = t("{day}, {time}", { day: longDay(localDay(act.at, zone) ?? "", spoken()), time: clock(act.at, zone) });
  return html`<section class="stack" aria-labelledby="deed-${act.act_id}"><h2 id="deed-${act.act_id}">${act.decision === "signed" ? t("Signature") : t("Sans signature")}<span class="spoken">, ${act.name}</span></h2>
    <p>${act.name}, ${when}</p><p>${act.consent}</p>
    ${act.method === "drawn" ? html`<svg class="signed-drawing" viewBox="0 0 3000 1150" role="img" aria-label=${t("Signature dessinée de {name}", { name: act.name })}>${(act.strokes ?? []).map((/** @type {number[][]} */ stroke) => drawing(stroke))}</svg>` : nothing}
    ${act.typed_name ? html`<p class="typed-signature">${act.typed_name}</p>` : nothing}
    ${act.reason ? html`<p>${act.reason}</p>` : nothing}</section>`;
}

/** @param {number[][]} stroke */
function drawing(stroke) {
  return svg`<path d=${strokePath(stroke)}></path>`;
}

customElements.define("fa-sale-copy-screen", SaleCopyScreen);
