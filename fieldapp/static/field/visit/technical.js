// A technical visit as its screens see it: what is still to answer, and the document that is signed. Pure.

import { localDay } from "../rules/local-day.js";
import { photoSaid } from "./photo-said.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {{list: (kind: string) => (Json & {id: string})[], header: Json, photos: (id: string) => (Json & {id: string})[]}} Reads */

/** What the works are called: by whoever asked for them, or by the agent on the spot. @param {Json} work */
export function titleOf(work) {
  return work.about?.title || work.title || "";
}

/** The works that count: those asked for, and those of the agent that have a name. @param {Reads} draft */
export function worksOf(draft) {
  return draft.list("work");
}

/** Whether a meter says what it has to. @param {Json} meter */
export function meterSaid(meter) {
  return meter.state === "read" || !meter.state ? Boolean(meter.index) : Boolean(meter.reason);
}

/**
 * How many of each part are said, and how many there are.
 * @param {Reads} draft
 * @returns {Record<"works" | "points" | "meters", {said: number, all: number}>}
 */
export function progressOf(draft) {
  const works = worksOf(draft);
  const points = draft.list("point");
  const meters = draft.list("meter");
  return {
    works: { said: works.filter(({ result }) => result).length, all: works.length },
    points: { said: points.filter(({ answer }) => answer).length, all: points.length },
    meters: { said: meters.filter(meterSaid).length, all: meters.length },
  };
}

/**
 * What keeps the document from being signed, as the part where it is; null when nothing does.
 * @param {Reads} draft
 * @returns {"works" | "points" | "meters" | null}
 */
export function lackingPart(draft) {
  const progress = progressOf(draft);
  const works = worksOf(draft);
  if (progress.works.said < progress.works.all) return "works";
  if (works.some((work) => !titleOf(work) || (work.result === "reserved" && !work.note))) return "works";
  if (progress.points.said < progress.points.all) return "points";
  return progress.meters.said < progress.meters.all ? "meters" : null;
}

/** The document that was signed last; null before. @param {Reads} draft @param {string[]} [refused] ids */
export function signedDocument(draft, refused = []) {
  const signed = draft.list("document").filter(({ id, closed }) => closed && !refused.includes(id));
  return signed.sort((a, b) => (a.closed.at < b.closed.at ? -1 : 1)).at(-1) ?? null;
}

/** A room and its element, by the element's id. @param {Json[]} rooms @param {string | null | undefined} elementId @returns {{id: string, label: string} | null} */
export function elementNamed(rooms, elementId) {
  for (const room of rooms ?? [])
    for (const element of room.elements)
      if (element.id === elementId) return { id: element.id, label: `${room.label}, ${element.label}` };
  return null;
}

/**
 * Everything that the document says, as it is about to be signed.
 * @param {object} about
 * @param {Reads} about.draft
 * @param {Json} about.tables the visits' tables of the catalogue
 * @param {"fr" | "en"} about.language
 * @param {string} about.now
 * @param {Json | null} about.firm
 */
export function technicalBody({ draft, tables, language, now, firm }) {
  const { header } = draft;
  const zone = header.context?.dwelling?.zone ?? "Europe/Paris";
  const today = localDay(now, zone);
  const works = worksOf(draft).map((work) => workSaid(work, header.rooms, today));
  const points = draft
    .list("point")
    .map(({ id, code, answer, note }) => ({ id, code, answer: answer ?? null, note: note ?? "" }));
  const readings = draft.list("meter").map(readingSaid);
  const snags = draft.list("snag").map((snag) => snagSaid(snag, tables, language));
  const photos = [...works, ...points, ...readings, ...snags].flatMap(({ id }) => draft.photos(id)).map(photoSaid);
  return {
    document_kind: header.purpose,
    number: `${header.number ?? ""}-${draft.list("document").length + 1}`,
    language,
    made_at: now,
    firm,
    words: header.words ?? "",
    points,
    works,
    readings,
    snags,
    photos,
  };
}

/** @param {Json} work @param {Json[]} rooms @param {string | null} today */
function workSaid(work, rooms, today) {
  const element = work.result === "not_done" ? null : elementNamed(rooms, work.element_id);
  return {
    id: work.id,
    title: titleOf(work),
    where: work.about?.where ?? "",
    result: work.result,
    note: work.note ?? "",
    element: element && { ...element, dated: work.dated ?? "renewed_on", on: today },
  };
}

/** @param {Json} meter */
function readingSaid({ id, about = {}, state, index, index_low: low, reason }) {
  const read = !state || state === "read";
  return {
    id,
    label: about.label ?? "",
    serial: about.serial ?? "",
    state: state ?? "read",
    index: read ? (index ?? "") : "",
    index_low: read ? (low ?? "") : "",
    unit: about.unit ?? "",
    reason: read ? "" : (reason ?? ""),
  };
}

/** @param {Json} snag @param {Json} tables @param {"fr" | "en"} language */
function snagSaid(snag, tables, language) {
  const row = (tables.snag_kinds ?? []).find((/** @type {Json} */ each) => each.code === snag.problem);
  const label = row?.label?.[language] ?? row?.label?.fr ?? "";
  return { id: snag.id, label, note: snag.note ?? "", urgent: snag.urgent === true };
}
