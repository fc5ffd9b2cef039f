// The base of every screen of a technical visit: an acceptance of works, or the check of a vacant dwelling.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { photoStrip } from "../elements/photo-strip.js";
import { reasonWords } from "../elements/trouble.js";
import { t } from "../i18n.js";
import { salePath } from "../router.js";
import { signedDocument } from "../visit/technical.js";
import { SaleScreen } from "./sale-screen.js";
import "../elements/comment-field.js";
import "../elements/shooter.js";

/** A screen of a visit whose root has a `purpose`. */
export class TechnicalScreen extends SaleScreen {
  /** The thing whose viewfinder is open. */
  #shooting = "";

  /** What this visit is, in words. */
  get kindWords() {
    return this.word("technical_kinds", this.draft.header.purpose);
  }

  /** The document that was signed and not refused. */
  get signed() {
    const refused = this.draft.inventory.summary().refusedDocuments ?? [];
    return signedDocument(
      this.draft,
      refused.map(({ id }) => id),
    );
  }

  /** The document that the server would not take: it is signed again. */
  refused() {
    const refused = this.draft.inventory.summary().refusedDocuments ?? [];
    return refused.map(
      ({ reason }) => html`<section class="notice" data-tone="stop" role="alert">
        <h2>${t("Le serveur n’a pas accepté ce document")}</h2>
        <p>${t("Pourquoi : {reason}. Rien n’est perdu.", { reason: reasonWords(reason) })} ${t("Relisez, puis signez à nouveau.")}</p></section>`,
    );
  }

  /** Writes fields of a thing, noting when the visit began. @param {string} id @param {string} kind @param {Record<string, unknown>} fields */
  async say(id, kind, fields) {
    if (!this.draft.header.started_at) void this.note({});
    const changes = Object.entries(fields).map(([field, value]) => ({ entityId: id, kind, field, value }));
    await this.draft.setMany(changes);
  }

  /** The photographs of a thing, and the way to take one. @param {string} kind @param {string} id @param {string} name */
  shots(kind, id, name) {
    const subject = { subjectKind: kind, subjectId: id, roomId: null };
    return html`${photoStrip(this.draft, id, name)}
      ${
        this.#shooting === id
          ? html`<fa-shooter class="inline" .draft=${this.draft} .subject=${subject} .name=${name} @photo=${() => this.#shoot("")}></fa-shooter>`
          : html`<p><button class="button plain" type="button" @click=${() => this.#shoot(id)}>${icon("camera")} ${t("Photo")}<span class="spoken"> : ${name}</span></button></p>`
      }`;
  }

  /** What was signed does not change: says so on the pages that write. */
  fixed() {
    const { signed } = this;
    return signed
      ? html`<section class="notice" data-tone="safe"><p>${t("Signé : document n° {number}. Plus rien n’y change.", { number: signed.body.number })}</p></section>`
      : nothing;
  }

  /** The way back to the visit. @param {string} title */
  frame(title, /** @type {unknown} */ content) {
    return html`${this.bar("")}
      <main id="main" class="page narrow stack wide"><h1>${title}</h1>${this.trouble()} ${this.fixed()}
        <fieldset class="bare stack wide" ?disabled=${this.signed !== null}><legend class="spoken">${title}</legend>${content}</fieldset></main>
      <footer class="actions"><a class="button" href=${salePath(this.draft.id, "checks")}>${icon("check")} ${t("C’est noté")}</a></footer>`;
  }

  /** @param {string} id */
  #shoot(id) {
    this.#shooting = id;
    this.requestUpdate();
  }
}
