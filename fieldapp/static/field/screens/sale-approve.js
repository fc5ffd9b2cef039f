// The end of a technical visit: everything that was found, who was there for the firm, and the signatures.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { technicalView } from "../elements/technical-view.js";
import { spoken, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { ACCEPTANCE, consentOf } from "../rules/technical-record.js";
import { lackingPart } from "../visit/technical.js";
import { freeze, sign } from "./technical-document.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/signature-box.js";
import "../elements/text-field.js";

/** @typedef {import("./technical-document.js").Frozen} Frozen */
/** @typedef {import("./technical-document.js").Pen} Pen */

/** `<fa-sale-approve-screen>` at `#/visit/<id>/approve`. */
export class SaleApproveScreen extends TechnicalScreen {
  /** @type {Frozen | null} */
  #frozen = null;
  /** @type {Record<string, Pen>} */
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
    const about = { draft: this.draft, tables: this.tables, language: spoken(), firm: this.#accepts ? firm : null };
    this.#frozen = await freeze(about, this.catalogue);
    this.#pens = Object.fromEntries(
      this.#frozen.record.parties.map((/** @type {any} */ { quality }) => [
        quality,
        { method: "drawn", strokes: [], typedName: "" },
      ]),
    );
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

  /** @param {{name: string, quality: string, quality_label: string}} party @param {string} language */
  #pen({ name, quality, quality_label: whose }, language) {
    const pen = this.#pens[quality];
    if (!pen) return nothing;
    const write = (/** @type {Partial<Pen>} */ change) => {
      this.#pens = { ...this.#pens, [quality]: { ...pen, ...change } };
      this.#problem = "";
      this.requestUpdate();
    };
    const ways = [
      { code: "drawn", text: t("Dessiner") },
      { code: "typed", text: t("Écrire mon nom") },
    ];
    return html`<section class="stack signing" aria-labelledby="pen-${quality}" data-quality=${quality}>
      <h2 id="pen-${quality}">${name}</h2><p class="soft">${whose}</p>
      <p>${consentOf(quality, this.catalogue, language)}</p>
      ${oneOf({ legend: t("Comment voulez-vous signer ?"), quiet: true, options: ways, value: pen.method, choose: (code) => write({ method: /** @type {"drawn" | "typed"} */ (code) }) })}
      ${
        pen.method === "drawn"
          ? html`<fa-signature-box .strokes=${pen.strokes} .name=${name} @drawn=${(/** @type {CustomEvent<number[][][]>} */ event) => write({ strokes: event.detail })}></fa-signature-box>`
          : html`<fa-text .label=${t("Votre nom")} .value=${pen.typedName} .complete=${"name"} .save=${(/** @type {string} */ typedName) => write({ typedName })}></fa-text>`
      }
    </section>`;
  }

  #back() {
    this.#frozen = null;
    this.#problem = "";
    this.requestUpdate();
  }

  async #sign() {
    const frozen = this.#frozen;
    if (!frozen || this.#busy) return;
    const empty = frozen.record.parties.find((/** @type {any} */ { quality }) => !isSigned(this.#pens[quality]));
    if (empty) return this.#say(t("Il manque la signature de {name}.", { name: empty.name }));
    this.#busy = true;
    try {
      await sign(this.draft, frozen, this.catalogue, this.#pens);
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

/** @param {Pen | undefined} pen */
function isSigned(pen) {
  if (!pen) return false;
  return pen.method === "drawn" ? pen.strokes.some((stroke) => stroke.length >= 2) : pen.typedName.trim() !== "";
}

customElements.define("fa-sale-approve-screen", SaleApproveScreen);
