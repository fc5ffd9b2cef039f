// The end of a technical visit: everything that was found, who was there for the firm, and the signatures.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { answered, emptyPen, penPart } from "../elements/pen.js";
import { technicalView } from "../elements/technical-view.js";
import { spoken, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { ACCEPTANCE, buildTechnical, consentOf } from "../rules/technical-record.js";
import { lackingPart, technicalBody } from "../visit/technical.js";
import { freeze, sign } from "./document-signing.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./document-signing.js").Frozen} Frozen */
/** @typedef {import("../elements/pen.js").Pen} Pen */

/** `<fa-sale-approve-screen>` at `#/visit/<id>/approve`. */
export class SaleApproveScreen extends TechnicalScreen {
  /** @type {Frozen | null} */
  #frozen = null;
  /** By party id. @type {Record<string, Pen>} */
  #pens = {};
  #problem = "";
  #busy = false;
  /** @type {unknown} */
  #error = null;

  get heading() {
    return t("Relire et signer");
  }

  get busy() {
    return this.#frozen !== null;
  }

  /** Who is there for the firm, as the root of the visit keeps it. @returns {Record<string, any>} */
  get #firm() {
    return this.draft.header.firm ?? { id: this.draft.newId(), company: "", person: "", present: false };
  }

  get #accepts() {
    return this.draft.header.purpose === ACCEPTANCE;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    if (this.signed) go(salePath(this.draft.id, "checks"), { replace: true });
  }

  /** @override */
  render() {
    const part = lackingPart(this.draft);
    return html`${this.bar("")}
      <main id="main" class="page narrow stack wide">
        ${this.trouble(this.#error)}
        <h1>${this.#frozen ? this.#frozen.record.labels.kind : this.heading}</h1>
        ${this.#problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${this.#problem}</p>` : nothing}
        ${part ? this.#lacking(part) : this.#frozen ? this.#document(this.#frozen) : this.#accepts ? this.#who() : nothing}
      </main>
      <footer class="actions">
        ${this.#frozen ? html`<button class="button plain" type="button" @click=${() => this.#back()}>${t("Revenir")}</button>` : nothing}
        ${
          part
            ? html`<a class="button" href=${salePath(this.draft.id, part)}>${t("Compléter")}</a>`
            : this.#frozen
              ? html`<button class="button" type="button" @click=${() => void this.#sign()}>${icon("sign")} ${t("Signer le document")}</button>`
              : html`<button class="button" type="button" @click=${() => void this.#freeze()}>${t("Relire le document")}</button>`
        }
      </footer>`;
  }

  /** @param {"works" | "points" | "meters"} part */
  #lacking(part) {
    const words = {
      works: t("Dites pour chaque demande si elle est faite, avec une réserve écrite ou pas faite."),
      points: t("Répondez à chaque point, même par « Sans objet »."),
      meters: t("Relevez chaque compteur, ou dites pourquoi il ne peut pas être lu."),
    };
    return html`<section class="notice" data-tone="stop"><p>${words[part]}</p></section>`;
  }

  #who() {
    const firm = this.#firm;
    const keep = (/** @type {Record<string, unknown>} */ change) =>
      void this.note({ firm: { ...this.#firm, ...change } });
    const there = [
      { code: "yes", text: t("Oui, elle signe") },
      { code: "no", text: t("Non") },
    ];
    return html`
      <fa-text .label=${t("Entreprise")} .value=${firm.company} .save=${(/** @type {string} */ company) => keep({ company })}></fa-text>
      ${oneOf({ legend: t("Quelqu’un de l’entreprise est-il là ?"), options: there, value: this.draft.header.firm ? (firm.present ? "yes" : "no") : null, choose: (code) => keep({ present: code === "yes" }) })}
      ${firm.present ? html`<fa-text .label=${t("Nom de cette personne")} .value=${firm.person} .complete=${"name"} .save=${(/** @type {string} */ person) => keep({ person })}></fa-text>` : nothing}`;
  }

  async #freeze() {
    const { firm } = this.draft.header;
    if (this.#accepts && !firm) return this.#say(t("Dites si quelqu’un de l’entreprise est là."));
    if (firm?.present && !firm.person.trim()) return this.#say(t("Écrivez le nom de la personne de l’entreprise."));
    this.#problem = "";
    const now = new Date().toISOString();
    const { draft, tables } = this;
    const body = technicalBody({ draft, tables, language: spoken(), now, firm: this.#accepts ? firm : null });
    this.#frozen = await freeze(draft, body, buildTechnical, this.catalogue);
    this.#pens = Object.fromEntries(this.#frozen.record.parties.map((/** @type {any} */ { id }) => [id, emptyPen()]));
    this.requestUpdate();
    window.scrollTo(0, 0);
  }

  /** @param {string} problem */
  #say(problem) {
    this.#problem = problem;
    this.requestUpdate();
    window.scrollTo(0, 0);
  }

  /** @param {Frozen} frozen */
  #document({ record, sha256 }) {
    return html`${technicalView(record)}
      ${record.parties.map((/** @type {any} */ party) => this.#pen(party, record.language))}
      <p class="soft">${t("Code de contrôle du document :")} ${fingerprint(sha256)}</p>`;
  }

  /** @param {{id: string, name: string, quality: string, quality_label: string}} party @param {string} language */
  #pen(party, language) {
    const pen = this.#pens[party.id];
    if (!pen) return nothing;
    const write = (/** @type {Partial<Pen>} */ change) => {
      this.#pens = { ...this.#pens, [party.id]: { ...pen, ...change } };
      this.#problem = "";
      this.requestUpdate();
    };
    return penPart({ party, pen, consent: () => consentOf(party.quality, this.catalogue, language), write });
  }

  #back() {
    this.#frozen = null;
    this.#problem = "";
    this.requestUpdate();
  }

  async #sign() {
    const frozen = this.#frozen;
    if (!frozen || this.#busy) return;
    const empty = frozen.record.parties.find((/** @type {any} */ { id }) => !answered(this.#pens[id]));
    if (empty) return this.#say(t("Il manque la signature de {name}.", { name: empty.name }));
    this.#busy = true;
    try {
      await sign(this.draft, frozen, this.#pens, (quality) =>
        consentOf(quality, this.catalogue, frozen.record.language),
      );
      this.#frozen = null;
      void this.store.transfer.syncNow();
      go(salePath(this.draft.id, "checks"), { replace: true });
    } catch (error) {
      this.#error = error;
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

customElements.define("fa-sale-approve-screen", SaleApproveScreen);
