// What each party leaves with: a number that can be read aloud, a code to check, and what may still be asked.

import { html, nothing } from "lit";
import { fingerprint, grouped } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { keptApart } from "../elements/kept-apart.js";
import { returnedNotice } from "../elements/office-says.js";
import { qr } from "../elements/qr.js";
import { recordRights } from "../elements/record-view.js";
import { moment } from "../elements/record-words.js";
import { reasonWords, troubleNotice } from "../elements/trouble.js";
import { n, speak, spoken, t } from "../i18n.js";
import { go, path } from "../router.js";
import { handedWords, handoverTo } from "./handed.js";
import { ceremonyOf } from "./sign-ceremony.js";
import { enter, helps, leaveLater, steps } from "./sign-frame.js";
import { answerWords } from "./sign-who.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/code-form.js";

/** @typedef {import("./sign-people.js").Signatory} Signatory */

/** `<fa-receipt-screen>` at `#/inventory/<id>/receipt`. */
export class ReceiptScreen extends VisitScreen {
  /** @type {unknown} */
  #trouble = null;
  /** The agent wants it signed again; the code is asked for first. */
  #again = false;
  #estimates = false;

  get heading() {
    return t("Votre reçu");
  }

  get ceremony() {
    return ceremonyOf(this.draft, this.catalogue, this.legal);
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    enter();
    this.endings.push(() => leaveLater(this.store));
    // The right code opens the lock, and says so.
    this.endings.push(this.store.subscribe(() => this.requestUpdate()));
    void this.store.estimates().then((wanted) => {
      this.#estimates = wanted;
      this.requestUpdate();
    });
    this.#resume()
      .catch((error) => {
        this.#trouble = error;
      })
      .finally(() => this.requestUpdate());
  }

  async #resume() {
    const again = this.ceremony.interrupted;
    const { record } = await this.ceremony.resume(spoken());
    if (again && record.language !== spoken()) await speak(record.language);
  }

  /** @override */
  render() {
    const landlord = this.draft.header.context?.landlord?.name ?? "";
    return html`
      ${helps({ landlord, inventoryId: this.draft.id, redraw: () => this.requestUpdate() })}
      <main id="main" class="ceremony">
        ${troubleNotice(this.#trouble ?? this.draft.problem, () => this.draft.retry())} ${this.#refused()} ${keptApart(this.draft, this.catalogue)} ${this.store.status().locked ? nothing : returnedNotice(this.draft)} ${this.ceremony.frozen ? this.#page() : html`<h1>${this.heading}</h1>`}
      </main>
      <footer class="actions">
        <a class="button plain" href="#/day">${t("Rendre la tablette")}</a>
        ${this.#copyButton()}
      </footer>
    `;
  }

  /** What the server will not take, and the only way on. */
  #refused() {
    const { refused, problem } = this.draft.inventory.summary();
    if (!refused) return nothing;
    if (this.#again && this.store.status().locked)
      return html`<fa-code-form .store=${this.store} .why=${t("Pour faire signer à nouveau")}></fa-code-form>`;
    return html`<section class="notice" data-tone="stop" role="alert">
      <h2>${t("Le serveur n’a pas accepté ce document")}</h2>
      <p>${t("Pourquoi : {reason}. Rien n’est perdu. Il faut relire et signer à nouveau.", { reason: reasonWords(problem ?? "") })}</p>
      <p><button class="button" type="button" @click=${() => this.#signAgain()}>${icon("sign")} ${t("Faire signer à nouveau")}</button></p>
    </section>`;
  }

  async #signAgain() {
    this.#again = true;
    this.requestUpdate();
    if (this.store.status().locked) return;
    await this.ceremony.reopen();
    go(path(this.draft.id, "sign"));
  }

  #page() {
    const { ceremony } = this;
    const { record, sha256 } = ceremony.frozen ?? { record: /** @type {Record<string, any>} */ ({}), sha256: "" };
    const people = ceremony.people();
    const tenants = people.filter((person) => person.quality !== "agent");
    const signed = tenants.length > 0 && people.every((person) => person.act?.decision.startsWith("signed"));
    const closedAt =
      this.draft.header.closed?.at ??
      people
        .map((person) => person.act?.at ?? "")
        .sort()
        .at(-1);
    return html`
      ${steps(6, 6, t("votre reçu"))}
      <h1>${signed ? t("C’est signé. Merci, {names}.", { names: names(tenants) }) : t("C’est terminé, et écrit.")}</h1>
      ${signed ? nothing : html`<p>${t("Ce n’est pas un état des lieux signé par les deux. Chacun reçoit quand même sa copie.")}</p>`}
      <section class="receipt" aria-label=${t("Reçu")}>
        <div class="stack">
          <p class="soft">${t("Numéro de votre état des lieux")}</p>
          <p class="number">${record.number}</p>
          <p>${signed ? t("Signé le {moment}", { moment: moment(record, closedAt ?? null) }) : t("Terminé le {moment}", { moment: moment(record, closedAt ?? null) })}</p>
          <p class="soft">${t("Code de contrôle")}<br />${fingerprint(sha256)}</p>
        </div>
        ${qr(`${location.origin}/verify?number=${encodeURIComponent(record.number)}&code=${sha256.slice(0, 16)}`, t("Code à scanner pour vérifier le document : {code}", { code: grouped(sha256) }))}
        <dl class="ledger">
          ${people.map((person) => html`<div><dt>${person.name}</dt><dd>${answerWords(person)}${person.by ? nothing : remarksWords(person)}</dd></div>`)}
          ${tenants.map((person) => html`<div><dt>${t("Copie de {name}", { name: person.name })}</dt><dd>${handedWords(handoverTo(this.draft, person.id), record.context.dwelling?.zone)}</dd></div>`)}
        </dl>
      </section>
      ${recordRights(record)} ${this.#estimate(record)}
    `;
  }

  /** Nothing of it was signed: only the agent opens it. @param {Record<string, any>} record */
  #estimate(record) {
    if (record.kind !== "move_out" || !this.#estimates || this.store.status().locked) return nothing;
    return html`<p class="not-in-copy"><a class="button plain" href=${path(this.draft.id, "estimate")}>${icon("document")} ${t("Estimation sur place")}</a></p>`;
  }

  #copyButton() {
    const person = this.ceremony.frozen
      ? this.ceremony.people().find((each) => each.quality !== "agent" && !handoverTo(this.draft, each.id))
      : null;
    if (!person)
      return html`<a class="button plain" href=${path(this.draft.id, "copy")}>${icon("document")} ${t("Voir la copie")}</a>`;
    return html`<a class="button" href=${path(this.draft.id, "copy", person.id)}>${icon("document")} ${t("Remettre la copie")}</a>`;
  }
}

/** @param {Signatory[]} people */
function names(people) {
  return people
    .filter((person) => person.act?.decision.startsWith("signed") && !person.by)
    .map((person) => person.name)
    .join(", ");
}

/** @param {Signatory} person */
function remarksWords(person) {
  const count = person.act?.remarks.length ?? 0;
  return count > 0
    ? html`<br /><small>${n("{count} remarque, jointe telle quelle", "{count} remarques, jointes telles quelles", count)}</small>`
    : nothing;
}

customElements.define("fa-receipt-screen", ReceiptScreen);
