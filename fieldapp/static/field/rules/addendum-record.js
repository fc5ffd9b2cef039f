/** The record of an addendum; the same bytes as `fieldapp/domain/addendum_record.py`. */

import { head, photosOf, wordingOf } from "./document-head.js";
import { day, localDay, longDay } from "./local-day.js";
import { codes, text, things } from "./loose-values.js";
import { mapping } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {Record<string, any>} Json */

export const FORMAT = "fieldapp.addendum/1";
export const ADDENDUM = "addendum";
const NAMED = ["inventory_id", "number", "kind", "kind_label", "record_sha256", "established_at"];
const ASKED = ["kind", "requested_on", "until", "in_time", "words"];

/**
 * The points, each beside the words of the original, which is named by its number, its day and its hash.
 * @param {string} documentId
 * @param {Json} visit `id`, `context`, `original` and `request` of the visit's root entity
 * @param {Json} body of the document
 * @param {Json} catalogue
 * @returns {Json}
 */
export function buildAddendum(documentId, visit, body, catalogue) {
  const words = mapping(catalogue.visits);
  const wording = wordingOf(body, catalogue);
  const thingsSaid = new Wording(catalogue, wording.language);
  const [original, request] = [mapping(visit.original), mapping(visit.request)];
  const parts = new Map(things(original, "parts").map((part) => [part.id, part]));
  const amendments = things(body, "amendments").map((one) => amendmentOf(one, parts, thingsSaid, wording));
  const people = things(body, "people");
  /** @type {[unknown, string][]} */
  const names = [
    ...amendments.map(({ id, where, label }) => pair(id, [where, label].filter(Boolean).join(", "))),
    ...people.map((one) => pair(one.id, text(one, "person"))),
  ];
  const own = head({ format: FORMAT, documentId, kind: ADDENDUM }, visit, body, catalogue);
  return {
    ...own,
    original: fieldsOf(original, NAMED),
    request: { ...fieldsOf(request, ASKED), kind_label: wording.label("addendum_kinds", request.kind) },
    parties: partiesOf(mapping(visit.context), people, words, wording),
    absent: people.filter(({ present }) => present !== true).map((one) => text(one, "name")),
    amendments,
    photos: photosOf(body, new Map(names)),
    labels: { kind: wording.label("technical_kinds", ADDENDUM) },
    said: sentences({ original, request, people, zone: own.zone }, words, wording),
    articles: mapping(words.addendum_articles),
    read_on: words.read_on ?? null,
  };
}

/**
 * The sentence that a person accepts with a signature, or that says why there is none.
 * @param {string} quality @param {string} decision @param {Json} catalogue @param {string} language
 */
export function consentOf(quality, decision, catalogue, language) {
  const words = mapping(catalogue.visits);
  return new Wording(words, language).pick(mapping(mapping(words.addendum_consent)[quality])[decision]);
}

/** @param {unknown} id @param {string} name @returns {[unknown, string]} */
function pair(id, name) {
  return [id, name];
}

/** @param {Json} values @param {string[]} names */
function fieldsOf(values, names) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

/**
 * Those who answer: the tenants who are there or have sent somebody, then the agent for the landlord.
 * @param {Json} context @param {Json[]} people @param {Json} words @param {Wording} wording @returns {Json[]}
 */
function partiesOf(context, people, words, wording) {
  const [agent, qualities] = [mapping(context.agent), mapping(words.qualities)];
  const found = people
    .filter(({ present }) => present === true)
    .map((one) => ({
      id: one.id ?? null,
      name: text(one, one.quality === "proxy" ? "person" : "name"),
      quality: one.quality ?? null,
      quality_label: wording.pick(qualities[one.quality]).replaceAll("{name}", text(one, "name")),
      mandate: text(one, "mandate"),
    }));
  return [
    ...found,
    {
      id: agent.id ?? null,
      name: text(agent, "name"),
      quality: "agent",
      quality_label: text(agent, "quality"),
      mandate: text(agent, "mandate"),
    },
  ];
}

/** @param {Json} one @param {Map<unknown, Json>} parts @param {Wording} catalogue @param {Wording} wording */
function amendmentOf(one, parts, catalogue, wording) {
  const part = mapping(parts.get(one.subject_id));
  const defects = codes(one, "defects");
  return {
    id: one.id ?? null,
    subject_kind: text(one, "subject_kind"),
    subject_id: one.subject_id ?? null,
    where: text(part, "where"),
    label: text(part, "label") || wording.label("addendum_subjects", "general"),
    before: text(part, "said"),
    state: one.state ?? null,
    state_label: catalogue.label("states", one.state),
    defects,
    defect_labels: defects.map((code) => catalogue.label("defects", code)),
    index: text(one, "index"),
    index_low: text(one, "index_low"),
    unit: text(part, "unit"),
    quantity: one.quantity ?? null,
    note: text(one, "note"),
  };
}

/**
 * What the document tells the people, sentence by sentence, with the days written out.
 * @param {{original: Json, request: Json, people: Json[], zone: string}} about @param {Json} words @param {Wording} wording
 */
function sentences({ original, request, people, zone }, words, wording) {
  const told = ["original_stays"];
  if (request.kind === "tenant_request") told.push(request.in_time === true ? "in_time" : "late");
  else if (request.kind === "heating" || request.kind === "correction") told.push(request.kind);
  if (people.some(({ present }) => present !== true)) told.push("absent");
  const texts = mapping(words.addendum_texts);
  const days = {
    original: localDay(original.established_at, zone),
    requested: day(request.requested_on),
    until: day(request.until),
  };
  return told.map((code) => {
    let said = wording.pick(texts[code]).replaceAll("{number}", text(original, "number"));
    for (const [name, value] of Object.entries(days))
      said = said.replaceAll(`{${name}}`, value ? longDay(value, wording.language) : "…");
    return { code, text: said };
  });
}
