// The signing ceremony, one thing a page: who, read, remark, copy, sign; or refuse; or absent.

import { html, nothing } from "lit";
import { speak, spoken, t } from "../i18n.js";
import { go, path } from "../router.js";
import { ceremonyOf, NothingWritten } from "./sign-ceremony.js";
import { enter, helps, leaveLater } from "./sign-frame.js";
import { footer, hindrance, page } from "./sign-pages.js";
import { VisitScreen } from "./visit-screen.js";

/** @typedef {import("./sign-ceremony.js").Answer} Answer */
/** @typedef {import("./sign-ceremony.js").Copy} Copy */
/** @typedef {import("./sign-pages.js").Step} Step */

const EMAIL = /^\S+@\S+\.\S+$/;

/** `<fa-sign-screen>` at `#/inventory/<id>/sign[/<step>/<partyId>]`. */
export class SignScreen extends VisitScreen {
  /** @type {import("./sign-steps.js").Pen} */
  #pen = { method: "drawn", strokes: [], typedName: "", ticked: false, forBoth: null, problem: "" };
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

  /** Whether this person is done: while its answer is being written, its page stays, and nobody is sent away from another. */
  get #answered() {
    return Boolean(this.#person?.act) && !this.#busy;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    enter();
    this.endings.push(() => leaveLater(this.store));
    void this.#resume();
  }

  /** Made anew in another language: what the person drew, typed or chose stays. @param {SignScreen} before */
  takeOver(before) {
    this.#pen = { ...before.#pen, problem: "" };
    this.#no = { ...before.#no, problem: "" };
    this.#email = before.#email;
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

  /** What was answered before the document was opened again still stands: it is the very same. */
  #confirm() {
    this.ceremony.confirmStanding();
    void this.#try(() => this.#end());
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
      if (this.#pen.problem) void this.#pointAt();
    }
  }

  /** @param {Answer} answer */
  #answer(answer) {
    return this.#try(async () => {
      await this.ceremony.answer(this.params[1] ?? "", answer);
      if (answer.decision === "absent") this.store.lock();
      await this.#end();
      if (!this.ceremony.closed && this.isConnected) this.#go("who");
    });
  }

  /** @param {Step} step */
  #go(step) {
    go(path(this.draft.id, "sign", ...(step === "who" ? [] : [step, this.params[1] ?? ""])));
  }

  #sign() {
    const { method, strokes, typedName, ticked, forBoth } = this.#pen;
    const person = this.#person;
    if (forBoth === null && person && this.ceremony.openSpouse(person)) {
      this.#write({ problem: t("Dites d’abord pour qui vous signez.") });
      void this.#pointAt();
      return;
    }
    if (method === "typed" && !(typedName.trim() && ticked)) {
      this.#write({ problem: t("Écrivez votre nom, et cochez la case.") });
      void this.#pointAt();
      return;
    }
    void this.#answer({ decision: "signed", method, strokes, typedName, forBoth: forBoth === true });
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

  /** What is missing comes into sight: the buttons lie over the lower end of a small screen. */
  async #pointAt() {
    await this.updateComplete;
    this.querySelector("#pen-problem")?.scrollIntoView({ block: "center" });
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
    const desk = this.#desk();
    return html`
      ${helps({ landlord, inventoryId: this.draft.id, redraw: () => this.requestUpdate(), language: (language) => this.#speak(language) })}
      <main id="main" class="ceremony">
        ${hindrance(this.#trouble, this.draft, () => void this.#resume())} ${this.ceremony.frozen ? page(desk) : html`<h1>${t("Préparation du document…")}</h1>`}
      </main>
      ${this.ceremony.frozen ? footer(desk) : nothing}
    `;
  }

  /** @returns {import("./sign-pages.js").Desk} */
  #desk() {
    const person = this.#answered ? null : this.#person;
    const email = () => this.#email ?? this.#person?.email ?? "";
    return {
      ceremony: this.ceremony,
      draft: this.draft,
      catalogue: this.catalogue,
      legal: this.legal,
      store: this.store,
      step: this.#step,
      person,
      pen: this.#pen,
      no: this.#no,
      email: email(),
      emailProblem: this.#emailProblem,
      go: (step) => this.#go(step),
      write: (change) => this.#write(change),
      deny: (change) => this.#deny(change),
      remark: (subject, text) => this.#remark(subject, text),
      mail: (text) => {
        this.#email = text;
      },
      wantCopy: (wanted) => this.#wantCopy(wanted.channel === "email" ? { ...wanted, to: email().trim() } : wanted),
      sign: () => this.#sign(),
      refuse: () => this.#refuse(),
      absent: () => this.#absent(),
      finish: () => this.#finish(),
      confirm: () => this.#confirm(),
    };
  }

  /** @param {import("./sign-remarks.js").Subject} subject @param {string} text */
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
}

customElements.define("fa-sign-screen", SignScreen);
