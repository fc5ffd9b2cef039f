/** The record of a technical visit; the same bytes as `fieldapp/domain/technical_record.py`. */

import { head, photosOf, wordingOf } from "./document-head.js";
import { orNull, text, things } from "./loose-values.js";
import { mapping } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {Record<string, any>} Json */

export const FORMAT = "fieldapp.technical/1";
export const ACCEPTANCE = "acceptance";
export const VACANT_CHECK = "vacant_check";

/**
 * What the agent saw and, for works, what the landlord accepts.
 * @param {string} documentId
 * @param {Json} visit `id` and `context` of the visit's root entity
 * @param {Json} body of the document
 * @param {Json} catalogue
 * @returns {Json}
 */
export function buildTechnical(documentId, visit, body, catalogue) {
  const words = mapping(catalogue.visits);
  const wording = wordingOf(body, catalogue);
  const context = mapping(visit.context);
  const kind = text(body, "document_kind") || ACCEPTANCE;
  const firm = orNull(body.firm);
  const works = things(body, "works").map((one) => workOf(one, wording));
  const points = things(body, "points").map((one) => pointOf(one, wording));
  const readings = things(body, "readings").map((one) => readingOf(one, new Wording(catalogue, wording.language)));
  const snags = things(body, "snags").map((one) => ({
    id: one.id ?? null,
    label: one.label ?? null,
    note: one.note ?? null,
    urgent: one.urgent ?? null,
  }));
  const named = new Map([...works, ...points, ...readings, ...snags].map((one) => [one.id, one.label]));
  return {
    ...head({ format: FORMAT, documentId, kind }, visit, body, catalogue),
    firm,
    parties: partiesOf(context, firm, words, wording),
    points,
    works,
    readings,
    snags,
    words: text(body, "words"),
    photos: photosOf(body, named),
    labels: { kind: wording.label("technical_kinds", kind) },
    said: said(kind, firm, works).map((code) => ({ code, text: wording.pick(mapping(words.technical_texts)[code]) })),
    articles: mapping(words.technical_articles),
    read_on: words.read_on ?? null,
  };
}

/**
 * The sentence that the agent or the firm accepts with a signature.
 * @param {string} quality @param {Json} catalogue @param {string} language
 */
export function consentOf(quality, catalogue, language) {
  const words = mapping(catalogue.visits);
  return new Wording(words, language).pick(mapping(words.technical_consent)[quality]);
}

/** What follows from what was found, as codes. @param {string} kind @param {Json | null} firm @param {Json[]} works */
function said(kind, firm, works) {
  if (kind === VACANT_CHECK) return ["checked"];
  const results = new Set(works.map(({ result }) => result));
  const codes = results.has("not_done") ? ["incomplete"] : [];
  if (results.has("reserved")) codes.push("reserved");
  else if (results.has("done") && codes.length === 0) codes.push("accepted");
  if (results.has("done") || results.has("reserved")) codes.push("guarantees");
  if (firm?.present !== true) codes.push("firm_absent");
  return codes;
}

/** @param {Json} context @param {Json | null} firm @param {Json} words @param {Wording} wording @returns {Json[]} */
function partiesOf(context, firm, words, wording) {
  const agent = mapping(context.agent);
  /** @type {Json[]} */
  const found = [
    { id: agent.id ?? null, name: text(agent, "name"), quality: "agent", quality_label: text(agent, "quality") },
  ];
  if (firm?.present === true) {
    const whose = [wording.pick(mapping(words.qualities).firm), text(firm, "company")].filter(Boolean).join(" ");
    found.push({ id: firm.id ?? null, name: text(firm, "person"), quality: "firm", quality_label: whose });
  }
  return found;
}

/** @param {Json} one @param {Wording} wording */
function pointOf(one, wording) {
  return {
    id: one.id ?? null,
    code: one.code ?? null,
    label: wording.label("technical_points", one.code),
    answer: one.answer ?? null,
    answer_label: wording.label("point_answers", one.answer),
    note: text(one, "note"),
  };
}

/** @param {Json} one @param {Wording} wording */
function workOf(one, wording) {
  const element = orNull(one.element);
  return {
    id: one.id ?? null,
    label: text(one, "title"),
    where: text(one, "where"),
    result: one.result ?? null,
    result_label: wording.label("works_results", one.result),
    note: text(one, "note"),
    element: element && {
      id: element.id ?? null,
      label: text(element, "label"),
      dated: element.dated ?? null,
      dated_label: wording.label("works_dates", element.dated),
      on: element.on ?? null,
    },
  };
}

/** @param {Json} one @param {Wording} wording */
function readingOf(one, wording) {
  return {
    id: one.id ?? null,
    label: text(one, "label"),
    serial: text(one, "serial"),
    index: text(one, "index"),
    index_low: text(one, "index_low"),
    unit: text(one, "unit"),
    reason: text(one, "reason"),
    state: one.state ?? null,
    state_label: wording.label("meter_states", one.state),
  };
}
