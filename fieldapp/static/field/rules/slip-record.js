/** The record of a visit slip or of a formal answer; the same bytes as `fieldapp/domain/slip_record.py`. */

import { head, wordingOf } from "./document-head.js";
import { day, longDay } from "./local-day.js";
import { codes, text, things } from "./loose-values.js";
import { mapping } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {Record<string, any>} Json */

export const FORMAT = "fieldapp.slip/1";
export const SLIP = "visit_slip";
export const ANSWER = "visit_answer";

/**
 * What a candidate saw, thought and was told, in the language of the document; nobody else is in it.
 * @param {string} documentId
 * @param {Json} visit `id` and `context` of the visit's root entity
 * @param {Json} body of the document
 * @param {Json} catalogue
 * @returns {Json}
 */
export function buildSlip(documentId, visit, body, catalogue) {
  const words = mapping(catalogue.visits);
  const wording = wordingOf(body, catalogue);
  const context = mapping(visit.context);
  const kind = text(body, "document_kind") || SLIP;
  const agent = mapping(context.agent);
  return {
    ...head({ format: FORMAT, documentId, kind }, visit, body, catalogue),
    candidate: {
      id: body.candidate_id ?? null,
      name: text(body, "name"),
      unique_number: text(body, "unique_number"),
      rank: body.rank ?? null,
    },
    parties: [
      {
        id: body.candidate_id ?? null,
        name: text(body, "name"),
        quality: "candidate",
        quality_label: wording.pick(mapping(words.qualities).candidate),
      },
      { id: agent.id ?? null, name: text(agent, "name"), quality: "agent", quality_label: text(agent, "quality") },
    ],
    presence: coded(body.presence, "presences", wording),
    companions: things(body, "companions").map((one) => ({
      name: text(one, "name"),
      ...coded(one.quality, "companions", wording),
    })),
    presented: codes(body, "presented").map((code) => coded(code, "points", wording)),
    opinions: things(body, "opinions").map((one) => ({
      criterion: text(one, "criterion"),
      criterion_label: text(one, "label"),
      ...coded(one.opinion, "opinions", wording),
    })),
    outcome:
      (body.outcome ?? null) === null
        ? null
        : { ...coded(body.outcome, "outcomes", wording, "words"), due: body.due ?? null },
    reasons: reasonsOf(body, wording),
    words: text(body, "words"),
    questions: things(body, "questions").map((one) => ({
      text: text(one, "text"),
      ...coded(one.topic, "topics", wording),
    })),
    documents: codes(body, "documents").map((code) => coded(code, "documents", wording)),
    papers: things(body, "papers").map((one) => ({ at: one.at ?? null, ...coded(one.paper, "papers", wording) })),
    offer: body.offer ?? null,
    answer: kind === ANSWER ? coded(body.answer, "answers", wording, "words") : null,
    photos: [],
    labels: {
      kind: wording.pick(mapping(words.texts)[kind === ANSWER ? "answer" : "slip"]),
      outcomes: wording.labels("outcomes"),
    },
    said: sentences(kind, body, words, wording),
    articles: mapping(words.articles),
    read_on: words.read_on ?? null,
  };
}

/**
 * The sentence that a person accepts with a signature, or that says why there is none.
 * @param {string} kind @param {string} decision @param {Json} catalogue @param {string} language
 */
export function consent(kind, decision, catalogue, language) {
  const words = mapping(catalogue.visits);
  const texts = mapping(mapping(words.consent)[kind === ANSWER ? "answer" : "slip"]);
  return new Wording(words, language).pick(texts[decision]);
}

/** The principal reason first, then the others in the order in which they were given. @param {Json} body @param {Wording} wording */
function reasonsOf(body, wording) {
  const given = codes(body, "reasons");
  const first = given.filter((code) => code === body.principal);
  return [...first, ...given.filter((code) => code !== body.principal)].map((code) => ({
    ...coded(code, "reasons", wording),
    principal: code === body.principal,
  }));
}

/**
 * What the document tells the candidate, sentence by sentence, with the days written out.
 * @param {string} kind @param {Json} body @param {Json} words @param {Wording} wording
 */
function sentences(kind, body, words, wording) {
  const [texts, offer] = [mapping(words.texts), mapping(body.offer)];
  const held = body.offer && typeof body.offer === "object" && !Array.isArray(body.offer);
  const refuses = body.answer === "refuses";
  const told =
    kind === ANSWER
      ? [
          "answer_binds",
          "answer_free",
          body.answer === "accepts" ? "after_yes" : "after_no",
          ...(offer.dalo === true && refuses ? ["dalo"] : []),
        ]
      : [
          "opinion_only",
          held ? "reply_clock" : "no_offer",
          ...(offer.dalo === true ? ["dalo"] : []),
          ...(body.outcome === "thinking" && body.due ? ["thinking_until"] : []),
        ];
  const days = { notified: day(offer.notified_on), until: day(offer.reply_by), due: day(body.due) };
  return told.map((code) => {
    let said = wording.pick(texts[code]);
    for (const [name, value] of Object.entries(days))
      said = said.replaceAll(`{${name}}`, value ? longDay(value, wording.language) : "…");
    return { code, text: said };
  });
}

/** @param {unknown} code @param {string} table @param {Wording} wording @param {string} [part] */
function coded(code, table, wording, part = "label") {
  const label = wording.pick(wording.row(table, code)[part]) || wording.label(table, code);
  return { code: typeof code === "string" ? code : "", label };
}
