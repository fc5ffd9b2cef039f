// The base of every screen of a sales visit: the visit as the log has it, and what the pack says of it.

import { html } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { troubleNotice } from "../elements/trouble.js";
import { label, t } from "../i18n.js";
import { salePath } from "../router.js";
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
    return candidatesOf(this.entry, this.draft);
  }

  /** The candidate that the address names. */
  get candidate() {
    return this.candidates.find(({ id }) => id === this.params[0]) ?? null;
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
      <a class="back" href=${salePath(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span><span class="word">${t("Visite")}</span></a>
      <p class="title">${title}</p>
      ${draftBadge(this.draft)}
    </header>`;
  }

  /** What could not be kept, with the way to try again. */
  trouble(error = /** @type {unknown} */ (null)) {
    return troubleNotice(error ?? this.draft.problem, () => this.draft.retry());
  }
}
