// The candidate holds the tablet: reads their own slip or answer and nobody else's, then signs or does not.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { slipView } from "../elements/slip-view.js";
import { label, speak, spoken, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { longDay as writtenDay } from "../rules/local-day.js";
import { ANSWER, consent, SLIP } from "../rules/slip-record.js";
import { lacking, nextAfter } from "../visit/sale.js";
import { decide, freeze } from "./sale-document.js";
import { SaleScreen } from "./sale-screen.js";
import { enter, helps, leaveLater } from "./sign-frame.js";
import "../elements/code-form.js";
import "../elements/signature-box.js";
import "../elements/text-field.js";

/** @typedef {import("./sale-document.js").Frozen} Frozen */

/** The language that each candidate reads in: the pack's, until they choose another one. @type {Map<string, "fr" | "en">} */
const reading = new Map();

/** `<fa-sale-sign-screen>` at `#/visit/<id>/sign/<candidateId>/<kind>`. */
export class SaleSignScreen extends SaleScreen {
  /** @type {Frozen | null} */
  #frozen = null;
  /** @type {"accepts" | "refuses" | null} */
  #answer = null;
  #pen = { method: "drawn", strokes: /** @type {number[][][]} */ ([]), typedName: "", ticked: false, problem: "" };
  /** Not signing: the reason is asked for. */
  #declining = false;
  /** @type {string | null} */
  #why = null;
  #done = false;
  #busy = false;
  #leaving = false;
  /** @type {unknown} */
  #error = null;

  get heading() {
    return this.#kind === ANSWER ? t("Réponse à l’offre") : t("Bon de visite");
  }

  get busy() {
    return true;
  }

  get #kind() {
    return this.params[1] === ANSWER ? ANSWER : SLIP;
  }

  /** Made anew in another language: the answer, and what the candidate drew, typed or chose, stay. @param {SaleSignScreen} before */
  takeOver(before) {
    this.#answer = before.#answer;
    this.#pen = { ...before.#pen, problem: "" };
    this.#declining = before.#declining;
    this.#why = before.#why;
    this.#done = before.#done;
    // What is signed keeps the language in which it was signed.
    if (this.#done) this.#frozen = before.#frozen;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    const { candidate } = this;
    const stops = candidate ? lacking(candidate, this.#kind) : "presence";
    const already = this.#kind === ANSWER ? candidate?.answer : candidate?.slip;
    if (!candidate || (!this.#done && (stops || already))) {
      go(salePath(this.draft.id, ...(candidate ? ["candidate", candidate.id] : [])), { replace: true });
      return;
    }
    enter();
    this.store.lock();
    this.endings.push(() => leaveLater(this.store));
    this.endings.push(this.store.subscribe(() => this.#unlocked()));
    const wanted = reading.get(candidate.id) ?? (candidate.expected.language === "en" ? "en" : "fr");
    reading.set(candidate.id, wanted);
    void this.#try(async () => {
      // The page is made anew in the other language, and begins again there.
      if (spoken() !== wanted) return speak(wanted);
      if (this.#done) return undefined;
      if (this.#kind === SLIP || this.#answer) await this.#freeze();
      return this.#log();
    });
  }

  /** That the clock and the effect of a refusal were shown is written down. */
  async #log() {
    const { candidate } = this;
    if (!candidate?.expected.offer) return;
    const at = new Date().toISOString();
    const dalo = candidate.expected.offer.dalo ? { dalo_explained_at: at } : {};
    await this.attend(candidate.id, { reply_clock_explained_at: at, ...dalo });
  }

  async #freeze() {
    const { candidate, draft } = this;
    if (!candidate) return;
    const about = { draft, candidate, kind: this.#kind, language: spoken(), answer: this.#answer };
    this.#frozen = await freeze(about, this.catalogue);
  }

  /** @param {() => Promise<unknown>} work */
  async #try(work) {
    if (this.#busy) return;
    this.#busy = true;
    this.#error = null;
    try {
      await work();
    } catch (error) {
      this.#error = error;
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }

  /** The agent has the tablet again. */
  #unlocked() {
    if (!this.#leaving || this.store.status().locked) return;
    const { candidate } = this;
    const next = this.#done && candidate ? nextAfter(this.candidates, candidate.id) : null;
    const steps = next ? ["candidate", next.id] : this.#done ? [] : candidate ? ["candidate", candidate.id] : [];
    go(salePath(this.draft.id, ...steps), { replace: true });
  }

  /** @override */
  render() {
    if (!this.candidate) return nothing;
    if (this.#leaving)
      return html`<main id="main" class="ceremony"><fa-code-form .store=${this.store} .why=${t("Pour reprendre la tablette")}></fa-code-form></main>
        <footer class="actions"><button class="button plain" type="button" @click=${() => this.#leave(false)}>${t("Revenir")}</button></footer>`;
    const landlord = this.draft.header.context?.landlord?.name ?? "";
    return html`
      ${helps({ landlord, inventoryId: this.draft.id, redraw: () => this.requestUpdate(), language: (language) => this.#speak(language), agent: () => this.#leave(true) })}
      <main id="main" class="ceremony">${this.trouble(this.#error)} ${this.#page()}</main>
      ${this.#footer()}
    `;
  }

  #page() {
    if (this.#done) return this.#thanks();
    if (this.#kind === ANSWER && !this.#answer) return this.#choice();
    if (!this.#frozen) return html`<h1>${t("Préparation du document…")}</h1>`;
    return this.#declining ? this.#decline() : this.#sign(this.#frozen);
  }

  /** The two answers weigh the same. */
  #choice() {
    const { offer } = this.candidate?.expected ?? {};
    return html`<h1>${t("Votre réponse à l’offre")}</h1>
      <p>${label(this.tables.texts?.answer_free).replace("{until}", offer ? writtenDay(offer.reply_by, spoken()) : "…")}</p>
      <p>${t("Le bon de visite n’est qu’un avis. Ici, vous donnez votre réponse officielle.")}</p>
      ${offer?.dalo ? html`<section class="notice" data-tone="stop"><p>${label(this.tables.texts?.dalo)}</p></section>` : nothing}
      ${this.#reasonsMissing ? html`<p class="soft">${t("Pour refuser, dites d’abord à l’agent pourquoi : au moins une raison.")}</p>` : nothing}`;
  }

  get #reasonsMissing() {
    return (this.candidate?.said.reasons ?? []).length === 0;
  }

  /** @param {"accepts" | "refuses"} answer */
  #choose(answer) {
    if (answer === "refuses" && this.#reasonsMissing) {
      this.#leave(true);
      return;
    }
    this.#answer = answer;
    void this.#try(() => this.#freeze());
  }

  /** @param {Frozen} frozen */
  #sign({ record, sha256 }) {
    const pen = this.#pen;
    const write = (/** @type {Partial<typeof pen>} */ change) => {
      this.#pen = { ...pen, ...change };
      this.requestUpdate();
    };
    return html`
      <h1>${record.labels.kind}</h1>
      ${slipView(record)}
      <h2>${t("Votre signature")}</h2>
      <p>${consent(record.kind, "signed", this.catalogue, record.language)}</p>
      <fieldset class="stack"><legend class="spoken">${t("Comment voulez-vous signer ?")}</legend>
        <div class="options">
          <label><input type="radio" name="how" .checked=${pen.method === "drawn"} @change=${() => write({ method: "drawn", problem: "" })} /> ${t("Dessiner")}</label>
          <label><input type="radio" name="how" .checked=${pen.method === "typed"} @change=${() => write({ method: "typed", problem: "" })} /> ${t("Écrire mon nom")}</label>
        </div><small>${t("Les deux valent autant.")}</small></fieldset>
      ${pen.problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${pen.problem}</p>` : nothing}
      ${
        pen.method === "drawn"
          ? html`<fa-signature-box .strokes=${pen.strokes} .name=${record.candidate.name} @drawn=${(/** @type {CustomEvent<number[][][]>} */ event) => write({ strokes: event.detail, problem: "" })}></fa-signature-box>`
          : html`<fa-text .label=${t("Votre nom")} .value=${pen.typedName} .complete=${"name"} .save=${(/** @type {string} */ typedName) => write({ typedName, problem: "" })}></fa-text>
            <div class="options"><label><input type="checkbox" .checked=${pen.ticked} @change=${(/** @type {Event} */ event) => write({ ticked: /** @type {HTMLInputElement} */ (event.target).checked, problem: "" })} /> ${t("Ce nom écrit est ma signature")}</label></div>`
      }
      <p class="soft">${t("Code de contrôle du document :")} ${fingerprint(sha256)}</p>`;
  }

  #decline() {
    return html`<h1>${t("Vous ne signez pas")}</h1>
      <p>${this.#kind === ANSWER ? t("Alors rien n’est répondu : vous pouvez encore le faire plus tard.") : t("C’est votre droit. La visite est notée quand même, et rien de plus.")}</p>
      ${this.#pen.problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${this.#pen.problem}</p>` : nothing}
      ${oneOf({ legend: t("Pour quelle raison ?"), options: this.options("decline_reasons"), value: this.#why, choose: (code) => this.#because(code) })}`;
  }

  /** @param {string} code */
  #because(code) {
    this.#why = code;
    this.#pen = { ...this.#pen, problem: "" };
    this.requestUpdate();
  }

  #thanks() {
    const id = this.#frozen?.id ?? "";
    return html`<h1>${t("C’est noté. Merci.")}</h1>
      <p>${t("Votre exemplaire porte le numéro {number}.", { number: this.#frozen?.body.number ?? "" })}</p>
      <p><a class="button plain" href=${salePath(this.draft.id, "copy", id)}>${icon("document")} ${t("Remettre la copie")}</a></p>
      <p>${t("Rendez la tablette à l’agent.")}</p>`;
  }

  #footer() {
    if (this.#done)
      return html`<footer class="actions"><button class="button" type="button" @click=${() => this.#leave(true)}>${icon("lock")} ${t("Rendre la tablette")}</button></footer>`;
    if (this.#kind === ANSWER && !this.#answer)
      return html`<footer class="actions">
        <button class="button equal" type="button" @click=${() => this.#choose("refuses")}>${t("Je refuse l’offre")}</button>
        <button class="button equal" type="button" @click=${() => this.#choose("accepts")}>${t("J’accepte l’offre")}</button></footer>`;
    if (!this.#frozen) return nothing;
    const equal = (/** @type {string} */ words, /** @type {() => void} */ act) =>
      html`<button class="button equal" type="button" @click=${act}>${words}</button>`;
    return this.#declining
      ? html`<footer class="actions">${equal(t("Revenir"), () => this.#turn(false))} ${equal(t("Je confirme : je ne signe pas"), () => this.#refuse())}</footer>`
      : html`<footer class="actions">${equal(t("Je ne signe pas"), () => this.#turn(true))} ${equal(t("Je signe"), () => this.#accept())}</footer>`;
  }

  /** @param {boolean} declining */
  #turn(declining) {
    this.#declining = declining;
    this.requestUpdate();
  }

  #accept() {
    const { method, strokes, typedName, ticked } = this.#pen;
    const drawn = method === "drawn" && strokes.some((stroke) => stroke.length >= 2);
    const typed = method === "typed" && typedName.trim() !== "" && ticked;
    if (drawn || typed) {
      void this.#decide({ decision: "signed", method: /** @type {"drawn" | "typed"} */ (method), strokes, typedName });
      return;
    }
    const problem =
      method === "drawn"
        ? t("Signez dans le cadre, ou choisissez d’écrire votre nom.")
        : t("Écrivez votre nom, et cochez la case.");
    this.#pen = { ...this.#pen, problem };
    this.requestUpdate();
  }

  #refuse() {
    const row = (this.tables.decline_reasons ?? []).find((/** @type {any} */ each) => each.code === this.#why);
    if (!row) {
      this.#pen = { ...this.#pen, problem: t("Choisissez une raison.") };
      this.requestUpdate();
      return;
    }
    const language = this.#frozen?.record.language ?? "fr";
    void this.#decide({ decision: "refused", method: "none", reason: row.label[language] ?? row.label.fr });
  }

  /** @param {import("./sale-document.js").Deed} deed */
  #decide(deed) {
    return this.#try(async () => {
      if (!this.#frozen) return;
      await decide(this.draft, this.#frozen, this.catalogue, deed);
      this.#done = true;
      void this.store.transfer.syncNow();
    });
  }

  /** The document follows the candidate's language until it is signed. @param {"fr" | "en"} language */
  async #speak(language) {
    reading.set(this.params[0] ?? "", language);
    await speak(language);
  }

  /** @param {boolean} leaving */
  #leave(leaving) {
    this.#leaving = leaving;
    this.requestUpdate();
    this.#unlocked();
  }
}

customElements.define("fa-sale-sign-screen", SaleSignScreen);
