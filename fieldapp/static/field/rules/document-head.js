/** What every document that is signed at a visit says of itself; the same fields as `fieldapp/domain/document_head.py`. */

import { text, things } from "./loose-values.js";
import { mapping } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {Record<string, any>} Json */

/**
 * The first fields of a record: its name, its day and place.
 * @param {{format: string, documentId: string, kind: string}} own
 * @param {Json} visit `id` and `context` of the visit's root entity
 * @param {Json} body of the document
 * @param {Json} catalogue
 * @returns {Json}
 */
export function head({ format, documentId, kind }, visit, body, catalogue) {
  const words = mapping(catalogue.visits);
  const context = mapping(visit.context);
  return {
    format,
    id: documentId,
    visit_id: visit.id ?? null,
    kind,
    number: text(body, "number"),
    language: wordingOf(body, catalogue).language,
    catalogue_version: catalogue.version ?? null,
    visits_version: words.version ?? null,
    established_at: body.made_at ?? null,
    zone: text(mapping(context.dwelling), "zone") || "Europe/Paris",
    context,
  };
}

/** The visits' tables in the language of a document. @param {Json} body @param {Json} catalogue */
export function wordingOf(body, catalogue) {
  return new Wording(mapping(catalogue.visits), text(body, "language") || "fr");
}

/** The photographs of a document, numbered. @param {Json} body @param {Map<unknown, string>} named what each subject is called */
export function photosOf(body, named) {
  return things(body, "photos").map((one, at) => ({
    id: one.id ?? null,
    mark: `P${String(at + 1).padStart(2, "0")}`,
    subject_id: one.subject_id ?? null,
    subject_label: named.get(one.subject_id) ?? "",
    room_label: "",
    caption: text(one, "caption"),
    taken_at: one.taken_at ?? null,
    marks: one.marks ?? [],
    report: one.report ?? null,
    archive: one.archive ?? null,
  }));
}
