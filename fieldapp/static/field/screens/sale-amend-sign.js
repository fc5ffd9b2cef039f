// The end of an addendum: who is there, what was written beside what is said now, and everybody's answer.

import { html, nothing } from "lit";
import { addendumView } from "../elements/addendum-view.js";
import { oneOf } from "../elements/choices.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { answered, emptyPen, penPart } from "../elements/pen.js";
import { spoken, t } from "../i18n.js";
import { go } from "../router.js";
import { buildAddendum, consentOf } from "../rules/addendum-record.js";
import { addendumBody, lacking, peopleOf } from "../visit/addendum.js";
import { freeze, sign } from "./document-signing.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./document-signing.js").Frozen} Frozen */
/** @typedef {import("../elements/pen.js").Pen} Pen */
/** @typedef {Record<string, any>} Json */

/** `<fa-sale-amend-sign-screen>` at `#/visit/<id>/amend-sign`. */
export class SaleAmendSignScreen extends TechnicalScreen {
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

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    if (this.signed) go(this.home, { replace: true });
  }

  /** @override */
  render() {
    const points = lacking(this.draft) === "points";
    return html`${this.bar("")}
      <main id="main" class="page narrow stack wide">
        ${this.trouble(this.#error)}
        <h1>${this.#frozen ? this.#frozen.record.labels.kind : this.heading}</h1>
        ${this.#problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${this.#problem}</p>` : nothing}
        ${points ? html`<section class="notice" data-tone="stop"><p>${t("Chaque point doit dire quelque chose : un état, un index, un nombre ou une phrase.")}</p></section>` : this.#frozen ? this.#document(this.#frozen) : peopleOf(this.draft).map((person) => this.#who(person))}
      </main>
      <footer class="actions">
        ${this.#frozen ? html`<button class="button plain" type="button" @click=${() => this.#back()}>${t("Revenir")}</button>` : nothing}
        ${
          points
            ? html`<a class="button" href=${this.home}>${t("Compléter")}</a>`
            : this.#frozen
              ? html`<button class="button" type="button" @click=${() => void this.#sign()}>${icon("sign")} ${t("Signer le document")}</button>`
              : html`<button class="button" type="button" @click=${() => void this.#freeze()}>${t("Relire le document")}</button>`
        }
      </footer>`;
  }

  /** @param {Json} person */
  #who(person) {
    const keep = (/** @type {Json} */ change) => {
      const people = peopleOf(this.draft).map((one) => (one.id === person.id ? { ...one, ...change } : one));
      this.#problem = "";
      void this.note({ people });
    };
    const ways = [
      { code: "tenant", text: t("Est là") },
      { code: "proxy", text: t("Quelqu’un vient à sa place") },
      { code: "away", text: t("N’est pas là") },
    ];
    const choose = (/** @type {string} */ code) =>
      keep({ present: code !== "away", quality: code === "proxy" ? "proxy" : "tenant" });
    return html`<section class="stack" aria-labelledby="who-${person.id}" data-person=${person.id}>
      <h2 id="who-${person.id}">${person.name}</h2>
      ${oneOf({ legend: t("Qui signe pour {name} ?", { name: person.name }), quiet: true, options: ways, value: person.present ? person.quality : "away", choose })}
      ${
        person.present && person.quality === "proxy"
          ? html`<fa-text .label=${t("Nom de cette personne")} .value=${person.person} .complete=${"name"} .save=${(/** @type {string} */ text) => keep({ person: text })}></fa-text>
            <fa-text .label=${t("Son mandat écrit")} .hint=${t("Date du mandat et pièce d’identité vue.")} .value=${person.mandate} .save=${(/** @type {string} */ mandate) => keep({ mandate })}></fa-text>
            <p class="soft">${t("Photographiez le mandat seulement, pas la pièce d’identité.")}</p>
            ${this.shots("party", person.id, t("Mandat de {name}", { name: person.person || person.name }))}`
          : nothing
      }
    </section>`;
  }

  async #freeze() {
    const missing = lacking(this.draft);
    if (missing === "people")
      return this.#say(t("Un avenant se fait à deux : il faut au moins un locataire, ou quelqu’un avec son mandat."));
    if (missing === "mandate")
      return this.#say(t("Écrivez le nom de qui vient à sa place et son mandat, et photographiez le mandat."));
    this.#problem = "";
    const body = addendumBody({ draft: this.draft, language: spoken(), now: new Date().toISOString() });
    this.#frozen = await freeze(this.draft, body, buildAddendum, this.catalogue);
    this.#pens = Object.fromEntries(this.#frozen.record.parties.map((/** @type {Json} */ { id }) => [id, emptyPen()]));
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
    return html`${addendumView(record)}
      ${record.parties.map((/** @type {any} */ party) => this.#pen(party, record.language))}
      <p class="soft">${t("Code de contrôle du document :")} ${fingerprint(sha256)}</p>`;
  }

  /** @param {{id: string, name: string, quality: string, quality_label: string}} party @param {string} language */
  #pen(party, language) {
    const pen = this.#pens[party.id];
    if (!pen) return nothing;
    return penPart({
      party,
      pen,
      consent: (decision) => consentOf(party.quality, decision, this.catalogue, language),
      mayRefuse: party.quality !== "agent",
      write: (change) => {
        this.#pens = { ...this.#pens, [party.id]: { ...pen, ...change } };
        this.#problem = "";
        this.requestUpdate();
      },
    });
  }

  #back() {
    this.#frozen = null;
    this.#problem = "";
    this.requestUpdate();
  }

  async #sign() {
    const frozen = this.#frozen;
    if (!frozen || this.#busy) return;
    const empty = frozen.record.parties.find((/** @type {Json} */ { id }) => !answered(this.#pens[id]));
    if (empty)
      return this.#say(
        this.#pens[empty.id]?.method === "none"
          ? t("Il manque la raison de {name}.", { name: empty.name })
          : t("Il manque la signature de {name}.", { name: empty.name }),
      );
    this.#busy = true;
    const { language } = frozen.record;
    try {
      await sign(this.draft, frozen, this.#pens, (quality, decision) =>
        consentOf(quality, decision, this.catalogue, language),
      );
      this.#frozen = null;
      void this.store.transfer.syncNow();
      go(this.home, { replace: true });
    } catch (error) {
      this.#error = error;
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }
}

customElements.define("fa-sale-amend-sign-screen", SaleAmendSignScreen);
