// The signing ceremony, one thing a page: who, read, remark, copy, sign; or refuse; or absent.

import { html, nothing } from "lit";
import { troubleNotice } from "../elements/trouble.js";
import { speak, spoken, t } from "../i18n.js";
import { go, path } from "../router.js";
import { itemWords } from "./check-words.js";
import { Changed, ceremonyOf, Incomplete, NothingWritten } from "./sign-ceremony.js";
import { enter, helps, leaveLater, steps } from "./sign-frame.js";
import { read } from "./sign-read.js";
import { absent, copy, free, refuse, sign } from "./sign-steps.js";
import { who } from "./sign-who.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/code-form.js";

/** @typedef {import("./sign-ceremony.js").Answer} Answer */
/** @typedef {import("./sign-ceremony.js").Copy} Copy */
/** @typedef {import("./sign-ceremony.js").Signatory} Signatory */
/** @typedef {"who" | "read" | "remark" | "copy" | "sign" | "refuse" | "absent"} Step */

const STEPS = 6;
const EMAIL = /^\S+@\S+\.\S+$/;

/** `<fa-sign-screen>` at `#/inventory/<id>/sign[/<step>/<partyId>]`. */
export class SignScreen extends VisitScreen {
  /** @type {import("./sign-steps.js").Pen} */
  #pen = { method: "drawn", strokes: [], typedName: "", ticked: false, problem: "" };
  /** @type {import("./sign-steps.js").No} */
  #no = { reasons: [], witnesses: "", problem: "" };
  /** @type {string | null} */
  #email = null;
  #emailProblem = "";
  #busy = false;
  /** @type {unknown} */
  #trouble = null;

  get heading() {
    return t("Signer l’état des lieux");
  }

  get busy() {
    return true;
  }

  get ceremony() {
    return ceremonyOf(this.draft, this.catalogue, this.legal);
  }

  /** @returns {Step} */
  get #step() {
    return /** @type {Step} */ (this.params[0] ?? "who");
  }

  get #person() {
    return this.ceremony.frozen ? this.ceremony.person(this.params[1] ?? "") : null;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    enter();
    this.endings.push(() => leaveLater(this.store));
    void this.#resume();
  }

  /** Takes up what was frozen, also after the application was started again in between. */
  async #resume() {
    await this.#try(async () => {
      const again = this.ceremony.interrupted;
      const { record } = await this.ceremony.resume(spoken());
      if (again && record.language !== spoken()) await speak(record.language);
      await this.#end();
      // After a restart the agent has given the code: the tablet is handed back to the tenant.
      if (this.#step !== "absent" && !this.store.status().locked) this.store.lock();
    });
  }

  /** Goes to the receipt when nobody is waited for. */
  async #end() {
    const { ceremony } = this;
    if (!ceremony.closed && !ceremony.complete) return;
    await ceremony.close();
    go(path(this.draft.id, "receipt"), { replace: true });
  }

  /** Ends without the signature of those who only assist. */
  #finish() {
    this.ceremony.waiveAdvised();
    void this.#try(() => this.#end());
  }

  /** @param {() => Promise<unknown>} work */
  async #try(work) {
    if (this.#busy) return;
    this.#busy = true;
    this.#trouble = null;
    try {
      await work();
    } catch (error) {
      if (error instanceof NothingWritten)
        this.#pen.problem = t("Signez dans le cadre, ou choisissez d’écrire votre nom.");
      else this.#trouble = error;
    } finally {
      this.#busy = false;
      this.requestUpdate();
    }
  }

  /** @param {Answer} answer */
  #answer(answer) {
    return this.#try(async () => {
      await this.ceremony.answer(this.params[1] ?? "", answer);
      if (answer.decision === "absent") this.store.lock();
      await this.#end();
      if (!this.ceremony.closed) this.#go("who");
    });
  }

  /** @param {Step} step */
  #go(step) {
    go(path(this.draft.id, "sign", ...(step === "who" ? [] : [step, this.params[1] ?? ""])));
  }

  #sign() {
    const { method, strokes, typedName, ticked } = this.#pen;
    if (method === "typed" && !(typedName.trim() && ticked)) {
      this.#write({ problem: t("Écrivez votre nom, et cochez la case.") });
      return;
    }
    void this.#answer({ decision: "signed", method, strokes, typedName });
  }

  #refuse() {
    if (this.#no.reasons.length === 0)
      this.#deny({ problem: t("Choisissez une raison ; « Ne dit pas pourquoi » en est une.") });
    else
      void this.#answer({
        decision: "refused",
        method: "none",
        reason: this.#reasons("refusal_reasons"),
        witnesses: this.#no.witnesses,
      });
  }

  #absent() {
    if (this.#no.reasons.length === 0) this.#deny({ problem: t("Choisissez une raison.") });
    else void this.#answer({ decision: "absent", method: "none", reason: this.#reasons("absence_reasons") });
  }

  /** The reasons in words of the record's language, ready to print. @param {string} table */
  #reasons(table) {
    const language = this.ceremony.frozen?.record.language ?? "fr";
    return this.catalogue[table]
      .filter((/** @type {{code: string}} */ row) => this.#no.reasons.includes(row.code))
      .map((/** @type {{label: Record<string, string>}} */ row) => row.label[language] ?? row.label.fr)
      .join(", ");
  }

  /** @param {Copy} wanted */
  #wantCopy(wanted) {
    if (wanted.channel === "email" && !EMAIL.test(wanted.to ?? "")) {
      this.#emailProblem = t("Écrivez l’adresse, comme nom@exemple.fr.");
      this.requestUpdate();
      return;
    }
    this.ceremony.wantCopy(this.params[1] ?? "", wanted);
    this.#go("sign");
  }

  /** @param {Partial<import("./sign-steps.js").Pen>} change */
  #write(change) {
    this.#pen = { ...this.#pen, ...change };
    this.requestUpdate();
  }

  /** @param {Partial<import("./sign-steps.js").No>} change */
  #deny(change) {
    this.#no = { ...this.#no, ...change };
    this.requestUpdate();
  }

  /** The document follows the tenant's language as long as nobody has answered; later only the pages do. @param {"fr" | "en"} language */
  async #speak(language) {
    await this.#try(async () => {
      if (!this.ceremony.begun) await this.ceremony.begin(language);
      await speak(language);
    });
  }

  /** @override */
  render() {
    const landlord = this.draft.header.context?.landlord?.name ?? "";
    return html`
      ${helps({ landlord, inventoryId: this.draft.id, redraw: () => this.requestUpdate(), language: (language) => this.#speak(language) })}
      <main id="main" class="ceremony">${this.#problem()} ${this.ceremony.frozen ? this.#page() : html`<h1>${t("Préparation du document…")}</h1>`}</main>
      ${this.ceremony.frozen ? this.#footer() : nothing}
    `;
  }

  #problem() {
    const error = this.#trouble;
    if (error instanceof Changed) {
      return html`<section class="notice" data-tone="stop" role="alert"><p>${t("Ce qui est noté vient de changer. Relisez avant de signer.")}</p></section>`;
    }
    if (error instanceof Incomplete) {
      const zone = this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
      return html`<section class="notice" data-tone="stop" role="alert"><h2>${t("L’agent doit d’abord compléter")}</h2>
        <ul>${error.items.map((item) => html`<li>${itemWords(item, zone)}</li>`)}</ul>
        <p><a class="button plain" href=${path(this.draft.id, "check")}>${t("Rendre la tablette à l’agent")}</a></p></section>`;
    }
    return troubleNotice(error ?? this.draft.problem, () => (error ? void this.#resume() : this.draft.retry()));
  }

  #page() {
    const person = this.#person;
    const { ceremony } = this;
    if (!person || person.act || this.#step === "who")
      return html`${steps(1, STEPS, t("qui signe"))} ${who(ceremony, this.draft.id, () => this.#finish())}`;
    switch (this.#step) {
      case "read":
        return html`${steps(2, STEPS, t("lire"))} ${read(this.#reading(person))}`;
      case "remark":
        return html`${steps(3, STEPS, t("votre remarque"))}
          ${free(ceremony.remarks(person.id).find((each) => each.subject_id === null)?.text ?? "", (text) => this.#remark({ subject_kind: "inventory", subject_id: null }, text))}`;
      case "copy":
        return html`${steps(4, STEPS, t("votre copie"))}
          ${copy(ceremony.copyOf(person.id), this.#email ?? person.email, this.#emailProblem, {
            email: (text) => {
              this.#email = text;
            },
            choose: (wanted) =>
              this.#wantCopy(
                wanted.channel === "email" ? { ...wanted, to: (this.#email ?? person.email).trim() } : wanted,
              ),
          })}`;
      case "refuse":
        return html`${steps(5, STEPS, t("signer"))} ${refuse(ceremony, this.catalogue, this.legal, this.#no, (change) => this.#deny(change))}`;
      case "absent":
        if (this.store.status().locked)
          return html`<fa-code-form .store=${this.store} .why=${t("Pour dire que {name} n’est pas là", { name: person.name })}></fa-code-form>`;
        return absent(ceremony, person, this.catalogue, this.#no, (change) => this.#deny(change));
      default:
        return html`${steps(5, STEPS, t("signer"))} ${sign(
          ceremony,
          person,
          this.#pen,
          (change) => this.#write(change),
          () => this.#go("read"),
        )}`;
    }
  }

  /** @param {Signatory} person */
  #reading(person) {
    return {
      ceremony: this.ceremony,
      draft: this.draft,
      partyId: person.id,
      record: this.ceremony.frozen?.record ?? {},
      remark: (/** @type {import("./sign-ceremony.js").Subject} */ subject, /** @type {string} */ text) =>
        this.#remark(subject, text),
    };
  }

  /** @param {import("./sign-ceremony.js").Subject} subject @param {string} text */
  #remark(subject, text) {
    // Not one try at a time: words about the next line may come while these are written.
    return this.ceremony.remark(this.params[1] ?? "", subject, text).then(
      () => this.requestUpdate(),
      (error) => {
        this.#trouble = error;
        this.requestUpdate();
      },
    );
  }

  #footer() {
    const person = this.#person;
    const agent = person?.quality === "agent";
    const step = person && !person.act ? this.#step : "who";
    const back = (/** @type {Step} */ to) =>
      html`<button class="button plain" type="button" @click=${() => this.#go(to)}>${t("Revenir")}</button>`;
    const next = (/** @type {Step} */ to, /** @type {string} */ words) =>
      html`<button class="button" type="button" @click=${() => this.#go(to)}>${words}</button>`;
    const equal = (/** @type {string} */ words, /** @type {() => void} */ act) =>
      html`<button class="button equal" type="button" @click=${act}>${words}</button>`;
    switch (step) {
      case "read":
        return html`<footer class="actions">${back("who")} ${next("remark", t("J’ai lu, continuer"))}</footer>`;
      case "remark":
        return html`<footer class="actions">${back("read")} ${next("copy", t("Continuer"))}</footer>`;
      case "copy":
        return html`<footer class="actions">${back("remark")}</footer>`;
      case "sign":
        return html`<footer class="actions">
          ${agent ? equal(t("Revenir"), () => this.#go("who")) : equal(t("Je ne signe pas"), () => this.#go("refuse"))} ${equal(t("Je signe"), () => this.#sign())}
        </footer>`;
      case "refuse":
        return html`<footer class="actions">${equal(t("Revenir"), () => this.#go("sign"))} ${equal(t("Je confirme : je ne signe pas"), () => this.#refuse())}</footer>`;
      case "absent":
        return html`<footer class="actions">
          ${equal(t("Revenir"), () => this.#go("who"))} ${this.store.status().locked ? nothing : equal(t("Confirmer l’absence"), () => this.#absent())}
        </footer>`;
      default:
        return nothing;
    }
  }
}

customElements.define("fa-sign-screen", SignScreen);
