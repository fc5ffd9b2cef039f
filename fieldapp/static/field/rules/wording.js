/** A catalogue's labels in one language; the same rules as `fieldapp/domain/wording.py`. */

import { mapping } from "./snapshot.js";

/** Looks labels up in a catalogue of tables `[{code, label: {fr, en}, …}]`; an unknown code reads as itself. */
export class Wording {
  /** @param {Record<string, any>} catalogue @param {string} language */
  constructor(catalogue, language) {
    this.catalogue = catalogue;
    this.language = language;
  }

  /** A table's rows, none when the catalogue has no such table. @param {string} table @returns {Record<string, any>[]} */
  rows(table) {
    const rows = this.catalogue[table];
    return Array.isArray(rows) ? rows.filter((row) => row && typeof row === "object") : [];
  }

  /** The row of a code, empty when unknown. @param {string} table @param {unknown} code @returns {Record<string, any>} */
  row(table, code) {
    return this.rows(table).find((row) => row.code === code) ?? {};
  }

  /** One of `{fr, en}`: this language, else French, else "". @param {any} texts @returns {string} */
  pick(texts) {
    if (typeof texts === "string") return texts;
    const chosen = mapping(texts)[this.language] || mapping(texts).fr;
    return typeof chosen === "string" ? chosen : "";
  }

  /** The label of a code; the code itself when unknown; "" when there is none. @param {string} table @param {unknown} code */
  label(table, code) {
    if (typeof code !== "string") return "";
    return this.pick(this.row(table, code).label) || code;
  }

  /** {code: text} of a whole table; `part` names label, letter or words. @param {string} table @param {string} [part] */
  labels(table, part = "label") {
    return Object.fromEntries(
      this.rows(table)
        .filter((row) => typeof row.code === "string")
        .map((row) => [row.code, this.pick(row[part])]),
    );
  }

  /**
   * What a person named a thing, or its catalogue label when nobody renamed it ("Chambre 2" reads "Bedroom 2").
   * @param {string} text @param {string} table @param {unknown} code @returns {string}
   */
  own(text, table, code) {
    const label = this.label(table, code);
    if (!text) return label;
    for (const known of translations(this.row(table, code))) {
      if (text === known) return label;
      if (text.startsWith(known) && /^ [0-9]+$/.test(text.slice(known.length))) return label + text.slice(known.length);
    }
    return text;
  }

  /**
   * A text that is some row's label in another language, in this one; any other text as it is.
   * @param {string} text @param {string} table @returns {string}
   */
  said(text, table) {
    const row = this.rows(table).find((candidate) => translations(candidate).includes(text));
    return row ? this.pick(row.label) : text;
  }
}

/** @param {Record<string, any>} row @returns {string[]} */
function translations(row) {
  return Object.values(mapping(row.label)).filter((value) => typeof value === "string" && value);
}
