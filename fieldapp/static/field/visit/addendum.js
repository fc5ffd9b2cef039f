// An addendum as its screens see it: who may answer, what is still to say, and the document that is signed. Pure.

import { photoSaid } from "./photo-said.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{list: (kind: string) => (Json & {id: string})[], header: Json, photos: (id: string) => (Json & {id: string})[]}} Reads */

/** The points in their order. @param {Reads} draft */
export function amendmentsOf(draft) {
  return draft.list("amendment");
}

/** What of the original a point is about; null in general. @param {Reads} draft @param {Json} amendment @returns {Json | null} */
export function partOf(draft, amendment) {
  const id = amendment.subject?.id;
  return id ? (parts(draft).find((part) => part.id === id) ?? null) : null;
}

/** Everything of the original that a point may be about. @param {Reads} draft @returns {Json[]} */
export function parts(draft) {
  return draft.header.original?.parts ?? [];
}

/** Whether a point says something now. @param {Json} amendment */
export function isSaid({ state, index, quantity, note }) {
  return Boolean(state || index?.trim() || note?.trim()) || (quantity ?? null) !== null;
}

/** The tenants of the original with what was said of their coming: they are there until somebody says otherwise. @param {Reads} draft @returns {Json[]} */
export function peopleOf(draft) {
  const said = new Map((draft.header.people ?? []).map((/** @type {Json} */ person) => [person.id, person]));
  return (draft.header.original?.parties ?? []).map((/** @type {Json} */ { id, name }) => ({
    id,
    name,
    quality: "tenant",
    person: "",
    mandate: "",
    present: true,
    ...said.get(id),
  }));
}

/** Those for whom somebody comes with a mandate. @param {Json[]} people */
function sentBy(people) {
  return people.filter(({ present, quality }) => present && quality === "proxy");
}

/**
 * What keeps the document from being read and signed, as a code; null when nothing does.
 * @param {Reads} draft
 * @returns {"points" | "people" | "mandate" | null}
 */
export function lacking(draft) {
  const points = amendmentsOf(draft);
  if (points.length === 0 || !points.every(isSaid)) return "points";
  const there = peopleOf(draft).filter(({ present }) => present);
  if (there.length === 0) return "people";
  return sentBy(there).every(
    ({ id, person, mandate }) => person.trim() && mandate.trim() && draft.photos(id).length > 0,
  )
    ? null
    : "mandate";
}

/**
 * Everything that the addendum says, as it is about to be signed.
 * @param {{draft: Reads, language: "fr" | "en", now: string}} about
 */
export function addendumBody({ draft, language, now }) {
  const amendments = amendmentsOf(draft).map((one) => ({
    id: one.id,
    subject_kind: one.subject?.kind ?? "general",
    subject_id: one.subject?.id ?? null,
    state: one.state ?? null,
    defects: one.state ? (one.defects ?? []) : [],
    index: one.index?.trim() ?? "",
    index_low: one.index_low?.trim() ?? "",
    quantity: one.quantity ?? null,
    note: one.note?.trim() ?? "",
  }));
  const people = peopleOf(draft);
  return {
    document_kind: "addendum",
    number: `${draft.header.number ?? ""}-${draft.list("document").length + 1}`,
    language,
    made_at: now,
    people,
    amendments,
    photos: [...amendments, ...sentBy(people)].flatMap(({ id }) => draft.photos(id)).map(photoSaid),
  };
}
