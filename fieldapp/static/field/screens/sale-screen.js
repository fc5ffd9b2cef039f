// The base of every screen of a visit: the visit as the log has it, and what the pack says of it.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { reasonWords, troubleNotice } from "../elements/trouble.js";
import { label, t } from "../i18n.js";
import { homeOf, salePath } from "../router.js";
import { ANSWER, SLIP } from "../rules/slip-record.js";
import { candidatesOf } from "../visit/sale.js";
import { VisitScreen } from "./visit-screen.js";

/** A screen with `entry`, the visit's entry of the day pack, besides what every screen of a root has. */
export class SaleScreen extends VisitScreen {
  constructor() {
    super();
    /** @type {Record<string, any>} */
    this.entry = {};
  }

  /** The visits' tables of the catalogue. @returns {Record<string, any>} */
  get tables() {
    return this.catalogue?.visits ?? {};
  }

  get candidates() {
    return candidatesOf(
      this.entry,
      this.draft,
      this.#refused.map(({ id }) => id),
    );
  }

  get #refused() {
    return this.draft.inventory.summary().refusedDocuments ?? [];
  }

  /** Slips and answers that the server would not take, with both ways out. @param {string | null} [candidateId] of one only */
  refusals(candidateId = null) {
    return this.#refused.map(({ id, reason }) => {
      const body = this.draft.get(id)?.fields.body ?? {};
      if (candidateId && body.candidate_id !== candidateId) return nothing;
      return html`<section class="notice refused" data-tone="stop" role="alert">
        <h2>${t("Le serveur n’a pas accepté ce document")}</h2>
        <p><strong>${`${body.document_kind === ANSWER ? t("Réponse à l’offre") : t("Bon de visite")} ${body.number ?? ""}`}, ${body.name ?? ""}</strong></p>
        <p>${t("Pourquoi : {reason}. Rien n’est perdu.", { reason: reasonWords(reason) })} ${t("Si la personne est encore là, elle relit et signe à nouveau ; sinon, le bureau la recontacte.")}</p>
        <p class="row"><a class="button plain" href=${salePath(this.draft.id, "sign", body.candidate_id ?? "", body.document_kind ?? SLIP)}>${icon("sign")} ${t("Faire signer à nouveau")}</a>
          <button class="button quiet" type="button" @click=${() => this.#leave(id)}>${t("Laisser au bureau")}</button></p>
      </section>`;
    });
  }

  /** @param {string} documentId */
  async #leave(documentId) {
    await this.draft.inventory.settleDocument(documentId);
    this.requestUpdate();
  }

  /** The candidate that the address names. */
  get candidate() {
    return this.candidates.find(({ id }) => id === this.params[0]) ?? null;
  }

  /** Where this visit begins: a technical one and an addendum have their own first page. */
  get home() {
    return homeOf(this.draft.id, this.draft.header.purpose);
  }

  get sheet() {
    return this.entry?.sheet ?? {};
  }

  /** @override */
  get place() {
    return [this.sheet.street, this.sheet.type].filter(Boolean).join(", ");
  }

  /** A table as choices. @param {string} table @returns {{code: string, text: string}[]} */
  options(table) {
    return (this.tables[table] ?? []).map((/** @type {any} */ row) => ({ code: row.code, text: label(row.label) }));
  }

  /** @param {string} table @param {string | null | undefined} code */
  word(table, code) {
    const row = (this.tables[table] ?? []).find((/** @type {any} */ each) => each.code === code);
    return row ? label(row.label) : (code ?? "");
  }

  /**
   * Writes fields of the visit's root, noting when it began.
   * @param {Record<string, unknown>} fields
   */
  note(fields) {
    const begun = this.draft.header.started_at ? {} : { started_at: new Date().toISOString() };
    return this.#write(this.draft.id, "visit", { ...begun, ...fields });
  }

  /** @param {string} candidateId @param {Record<string, unknown>} fields */
  attend(candidateId, fields) {
    if (!this.draft.header.started_at) void this.note({});
    return this.#write(candidateId, "attendance", fields);
  }

  /** @param {string} entityId @param {string} kind @param {Record<string, unknown>} fields */
  #write(entityId, kind, fields) {
    const changes = Object.entries(fields).map(([field, value]) => ({ entityId, kind, field, value }));
    return this.draft.setMany(changes);
  }

  /** @param {string} title */
  bar(title) {
    return html`<header class="appbar">
      <a class="back" href=${this.home}>${icon("back")} <span class="spoken">${t("Retour à")} </span><span class="word">${t("Visite")}</span></a>
      <p class="title">${title}</p>
      ${draftBadge(this.draft)}
    </header>`;
  }

  /** What could not be kept, with the way to try again. */
  trouble(error = /** @type {unknown} */ (null)) {
    return troubleNotice(error ?? this.draft.problem, () => this.draft.retry());
  }
}
