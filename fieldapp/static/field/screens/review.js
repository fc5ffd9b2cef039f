// Everything that was noted, once more, before the tablet is turned towards the tenant.

import { html } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { photoWords, recordView } from "../elements/record-view.js";
import { troubleNotice } from "../elements/trouble.js";
import { spoken, t } from "../i18n.js";
import { go, path } from "../router.js";
import { buildRecord } from "../rules/record.js";
import { inLanguage } from "../visit/spoken-state.js";
import { afterwards, itemPath, itemWords } from "./check-words.js";
import { ceremonyOf } from "./sign-ceremony.js";
import { Incomplete } from "./sign-freezing.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/thumb.js";

/** @typedef {Record<string, any>} Json */

/** `<fa-review-screen>` at `#/inventory/<id>/review`. */
export class ReviewScreen extends VisitScreen {
  /** @type {unknown} */
  #trouble = null;

  get heading() {
    return t("Relire avant de faire signer");
  }

  get #ceremony() {
    return ceremonyOf(this.draft, this.catalogue, this.legal);
  }

  /** Freezes what is noted, locks the tablet and hands it over. */
  async #start() {
    this.#trouble = null;
    try {
      await this.#ceremony.begin(spoken());
      go(path(this.draft.id, "sign"));
      this.store.lock();
    } catch (error) {
      if (error instanceof Incomplete) go(path(this.draft.id, "check"));
      else this.#trouble = error;
      this.requestUpdate();
    }
  }

  /** @override */
  render() {
    const ceremony = this.#ceremony;
    // Before anybody answers, the record will be written in the language that is spoken when it is frozen.
    const state = ceremony.begun ? this.draft.state() : inLanguage(this.draft.state(), spoken());
    const record = buildRecord(state, this.catalogue, this.legal);
    return html`
      <header class="appbar">
        <a class="back" href=${path(this.draft.id, "check")}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Vérifier")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide record">
        <div class="stack">
          <p class="soft">${this.place}</p>
          <h1>${this.heading}</h1>
        </div>
        ${troubleNotice(this.#trouble ?? this.draft.problem, () => this.draft.retry())}
        ${recordView(record, (photo) => this.#picture(photo))}
      </main>
      <footer class="actions">${this.#actions()}</footer>
    `;
  }

  /** @param {Json} photo */
  #picture(photo) {
    return html`<fa-thumb .draft=${this.draft} .photoId=${photo.id} .words=${photoWords(photo)} .marks=${photo.marks} .picture=${photo.report}></fa-thumb>`;
  }

  #actions() {
    const [first, ...others] = this.#ceremony.missing();
    if (this.#ceremony.closed)
      return html`<a class="button" href=${path(this.draft.id, "receipt")}>${t("Voir le reçu")}</a>`;
    if (!first)
      return html`<button class="button" type="button" @click=${this.#start}>${icon("sign")} ${t("Faire signer")}</button>`;
    const zone = this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
    return html`<a class="button" href=${itemPath(this.draft.id, first)}>
      <span>${itemWords(first, zone)}<small>${afterwards(others)}</small></span>
    </a>`;
  }
}

customElements.define("fa-review-screen", ReviewScreen);
