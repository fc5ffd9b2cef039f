// A sales visit as its screens see it: who is expected, what each one said, what may be signed. Pure.

import { ANSWER, SLIP } from "../rules/slip-record.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{get: (id: string) => {fields: Json} | undefined, list: (kind: string) => (Json & {id: string})[], header: Json, id: string}} Reads */

/**
 * @typedef {object} Candidate
 * @property {string} id
 * @property {string} name
 * @property {string} phone
 * @property {Json} expected as the pack says
 * @property {Json} said the fields of the attendance
 * @property {boolean | null} came null while nobody noted it
 * @property {Json | null} slip the document that was signed last, or declined
 * @property {Json | null} answer
 */

/**
 * Everybody expected, in the order of the pack. What the server refused is no slip and no answer: it may be signed again.
 * @param {Json} entry of the pack
 * @param {Reads} draft
 * @param {string[]} [refused] ids of documents
 * @returns {Candidate[]}
 */
export function candidatesOf(entry, draft, refused = []) {
  return (entry?.candidates ?? []).map((/** @type {Json} */ expected) => {
    const said = draft.get(expected.id)?.fields ?? {};
    return {
      id: expected.id,
      name: expected.name,
      phone: expected.phone ?? "",
      expected,
      said,
      came: cameOf(said.presence),
      slip: lastDocument(draft, expected.id, SLIP, refused),
      answer: lastDocument(draft, expected.id, ANSWER, refused),
    };
  });
}

/** @param {string | null | undefined} presence @returns {boolean | null} */
function cameOf(presence) {
  return presence ? presence === "present" || presence === "late" : null;
}

/**
 * The last document of a kind that a candidate decided on.
 * @param {Reads} draft @param {string} candidateId @param {string} kind @param {string[]} refused
 */
function lastDocument(draft, candidateId, kind, refused) {
  const mine = draft
    .list("document")
    .filter(
      ({ id, body, closed }) =>
        closed && !refused.includes(id) && body?.candidate_id === candidateId && body.document_kind === kind,
    );
  return mine.sort((a, b) => (a.closed.at < b.closed.at ? -1 : 1)).at(-1) ?? null;
}

/** Whether nothing is left to do for a candidate: absent, or with a slip or an answer. @param {Candidate} candidate */
export function isDone({ came, slip, answer }) {
  return came === false || slip !== null || answer !== null;
}

/**
 * Who comes next: the first one after this one that is not done, else the first of all that is not.
 * @param {Candidate[]} candidates @param {string} id
 */
export function nextAfter(candidates, id) {
  const at = candidates.findIndex((candidate) => candidate.id === id);
  const order = [...candidates.slice(at + 1), ...candidates.slice(0, Math.max(0, at))];
  return order.find((candidate) => !isDone(candidate)) ?? null;
}

/**
 * What stops a slip or an answer, as a code; null when it may be signed.
 * @param {Candidate} candidate @param {string} kind
 * @returns {"presence" | "outcome" | "reason" | "offer" | null}
 */
export function lacking({ came, said, expected }, kind) {
  if (came !== true) return "presence";
  if (kind === ANSWER) return expected.offer ? null : "offer";
  if (!said.outcome) return "outcome";
  return said.outcome === "refuses" && (said.reasons ?? []).length === 0 ? "reason" : null;
}

/**
 * The reasons after one was touched; the first one that is given is the principal.
 * @param {Json} said @param {string} code
 * @returns {{reasons: string[], principal: string | null}}
 */
export function withReason({ reasons = [], principal = null }, code) {
  const left = reasons.filter((/** @type {string} */ each) => each !== code);
  const now = left.length < reasons.length ? left : [...reasons, code];
  return { reasons: now, principal: now.includes(principal) ? principal : (now[0] ?? null) };
}

/**
 * Everything that a document says, in codes, as it is about to be signed.
 * @param {object} about
 * @param {Candidate} about.candidate
 * @param {Reads} about.draft
 * @param {string} about.kind
 * @param {"fr" | "en"} about.language
 * @param {string} about.now
 * @param {"accepts" | "refuses" | null} [about.answer]
 */
export function documentBody({ candidate, draft, kind, language, now, answer = null }) {
  const { expected, said } = candidate;
  const questions = draft.list("question").filter(({ body }) => body?.candidate_id === candidate.id);
  const refuses = kind === ANSWER ? answer === "refuses" : said.outcome === "refuses";
  return {
    document_kind: kind,
    number: `${draft.header.number ?? ""}-${draft.list("document").length + 1}`,
    language,
    made_at: now,
    candidate_id: candidate.id,
    name: expected.name,
    unique_number: expected.unique_number || null,
    rank: expected.rank ?? null,
    presence: said.presence,
    companions: said.companions ?? [],
    presented: draft.header.presented ?? [],
    opinions: said.opinions ?? [],
    outcome: said.outcome ?? null,
    due: said.outcome === "thinking" ? (said.due ?? null) : null,
    principal: refuses ? (said.principal ?? null) : null,
    reasons: refuses ? (said.reasons ?? []) : [],
    words: said.words ?? "",
    questions: questions.map(({ body }) => ({ topic: body.topic, text: body.text })),
    documents: said.documents ?? [],
    papers: said.papers ?? [],
    offer: expected.offer ?? null,
    answer: kind === ANSWER ? answer : null,
  };
}
