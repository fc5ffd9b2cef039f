// The copy of what was signed at a visit, handed over on the spot: printed here, or saved as one file.

import { html, nothing, svg } from "lit";
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
  #email = "";
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

  /** The latest word about the copy; that it was handed over counts before any promise. */
  get #handover() {
    const all = this.draft
      .list("handover")
      .map(({ body }) => body)
      .filter((body) => body?.document_id === this.#id)
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

  /** A copy that leaves later is written down as not handed over yet. @param {"email" | "post"} channel @param {string | null} to */
  async #promise(channel, to) {
    const at = new Date().toISOString();
    const body = { document_id: this.#id, party_id: this.#record?.candidate.id, channel, at, to, done: false };
    await this.draft.add("handover", { body });
    this.requestUpdate();
  }

  #mail() {
    const to = this.#email.trim();
    this.#problem = EMAIL.test(to) ? "" : t("Écrivez l’adresse, comme nom@exemple.fr.");
    this.requestUpdate();
    if (!this.#problem) void this.#promise("email", to);
  }

  async #held() {
    const body = {
      document_id: this.#id,
      party_id: this.#record?.candidate.id,
      channel: "print",
      at: new Date().toISOString(),
      to: null,
      done: true,
    };
    await this.draft.add("handover", { body });
    this.#made = false;
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
      ${record.candidate ? this.#handed(record) : nothing}
      ${record.candidate ? slipView(record) : technicalView(record)}
      ${acts.map(({ body }) => signed(body, record.zone))}
      <section class="stack"><h2>${t("Pour vérifier ce document")}</h2>
        <p>${t("Le code de contrôle entier est : {code}", { code: this.#sha256 })}</p></section>
    `;
  }

  /** By mail or by post, with no reason asked. */
  #otherWays() {
    return html`<div class="stack choices-of-copy">
      <div class="stack by-email">
        <fa-text .label=${t("Votre adresse e-mail")} .type=${"email"} .mode=${"email"} .value=${this.#email} .error=${this.#problem}
          .save=${(/** @type {string} */ text) => {
            this.#email = text;
          }}></fa-text>
        <button class="button plain" type="button" @click=${() => this.#mail()}><span>${icon("send")} ${t("Par e-mail")}<small>${t("Partira dès qu’il y a du réseau")}</small></span></button>
      </div>
      <button class="button plain" type="button" @click=${() => this.#promise("post", null)}><span>${icon("document")} ${t("Sur papier, par la poste")}<small>${t("Envoyée par le bureau")}</small></span></button>
    </div>`;
  }

  /** @param {Json} record */
  #handed(record) {
    const handover = this.#handover;
    const done = handover?.done === true;
    return html`<section class="notice not-in-copy" data-tone=${done ? "safe" : nothing} aria-labelledby="handed">
      <h2 id="handed">${t("La copie est-elle remise ?")}</h2>
      <p>${handedWords(handover, record.zone)}</p>
      ${handover ? nothing : this.#otherWays()}
      ${done || !this.#made ? nothing : html`<p><button class="button plain" type="button" @click=${() => this.#held()}>${icon("check")} ${t("{name} a sa copie", { name: record.candidate.name })}</button></p>`}
      ${done || this.#made ? nothing : html`<p class="soft">${t("Imprimez ou enregistrez, puis dites qu’elle est remise.")}</p>`}
    </section>`;
  }
}

/** What the candidate decided, as it was drawn. @param {Json} act @param {string} zone */
function signed(act, zone) {
  const when = t("{day}, {time}", { day: longDay(localDay(act.at, zone) ?? "", spoken()), time: clock(act.at, zone) });
  return html`<section class="stack" aria-labelledby="deed-${act.act_id}"><h2 id="deed-${act.act_id}">${act.decision === "signed" ? t("Signature") : t("Sans signature")}</h2>
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
