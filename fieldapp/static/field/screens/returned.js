// What the office sent back, comment by comment: lead to the place, answer, tick.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { troubleNotice } from "../elements/trouble.js";
import { n, t } from "../i18n.js";
import { path } from "../router.js";
import { comments, placeOf, subjectName, toAnswer } from "../visit/returned.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/text-field.js";
import "../elements/thumb.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-returned-screen>` at `#/inventory/<id>/returned`. */
export class ReturnedScreen extends VisitScreen {
  get heading() {
    return t("Renvoyé par le bureau");
  }

  /** @override */
  render() {
    const all = comments(this.draft);
    const left = toAnswer(this.draft).length;
    const signed = Boolean(this.draft.header.closed);
    return html`
      <header class="appbar">
        <a class="back" href="#/day">${icon("back")} ${t("Ma journée")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main class="page narrow stack wide">
        <div class="stack">
          <h1>${this.heading}</h1>
          <p class="soft">${this.place}</p>
          ${signed && all.length > 0 ? html`<p>${t("Ce dossier est signé : ce qui est signé ne change pas. Votre réponse est datée et jointe au dossier.")}</p>` : nothing}
        </div>
        ${troubleNotice(this.draft.problem, () => this.draft.retry())}
        ${all.length === 0 ? html`<p class="empty">${t("Le bureau n’a rien renvoyé.")}</p>` : html`<ol class="asked">${all.map((comment) => this.#comment(comment, signed))}</ol>`}
      </main>
      <nav class="actions" aria-label=${t("Suite")}>
        <a class="button" href=${left === 0 || signed ? "#/day" : path(this.draft.id)}><span>
          ${left === 0 ? t("Tout est répondu") : n("Reste {count} réponse", "Restent {count} réponses", left)}
          <small>${left === 0 || signed ? t("Ma journée") : t("Logement")}</small></span></a>
      </nav>
    `;
  }

  /** @param {Item} comment @param {boolean} signed */
  #comment(comment, signed) {
    const { body, answer } = comment;
    const name = subjectName(this.draft, this.catalogue, comment);
    const place = placeOf(this.draft, comment);
    const steps = place ? ["room", place.roomId, ...(place.elementId ? [place.elementId] : [])] : [];
    return html`<li data-comment=${comment.id}>
      <h2>${answer?.done ? icon("check") : icon("note")} ${name}</h2>
      <p>${body.text} <small class="soft">${body.by}</small></p>
      ${body.wants === "addendum" ? html`<p class="soft">${t("Le bureau demande un avenant au document signé.")}</p>` : nothing}
      ${body.subject_kind === "photo" ? html`<p class="asked-photo"><fa-thumb .draft=${this.draft} .photoId=${body.subject_id} .words=${name}></fa-thumb></p>` : nothing}
      ${place && !signed ? html`<p><a class="button plain" href=${path(this.draft.id, ...steps)}>${t("Aller corriger")}<span class="spoken"> : ${name}</span></a></p>` : nothing}
      <fa-text .label=${t("Votre réponse")} .rows=${2} .value=${answer?.text ?? ""}
        .save=${(/** @type {string} */ text) => this.#answer(comment, { text })}></fa-text>
      <p><button class="button plain" type="button" aria-pressed=${answer?.done === true}
        @click=${() => this.#answer(comment, { done: !answer?.done })}>${icon("check")} ${t("C’est fait")}<span class="spoken"> : ${name}</span></button></p>
    </li>`;
  }

  /** @param {Item} comment @param {{text?: string, done?: boolean}} said */
  #answer({ id, answer }, said) {
    const value = { done: false, text: "", ...answer, ...said, at: new Date().toISOString() };
    return this.draft.set(id, "comment", "answer", value);
  }
}

customElements.define("fa-returned-screen", ReturnedScreen);
