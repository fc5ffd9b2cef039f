// What the office sent back: its comments in the order in which they were written, and what each is about.

import { t } from "../i18n.js";
import { elementName, roomName } from "./words.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

/** @param {Draft} draft @returns {Item[]} */
export function comments(draft) {
  return draft
    .list("comment")
    .filter((comment) => comment.body)
    .sort((a, b) => (a.body.at < b.body.at ? -1 : a.body.at > b.body.at ? 1 : a.id < b.id ? -1 : 1));
}

/** Those that wait for the agent. @param {Draft} draft */
export function toAnswer(draft) {
  return comments(draft).filter((comment) => !comment.answer?.done);
}

/** What is still asked about one thing and its photographs. @param {Draft} draft @param {string} subjectId */
export function askedOf(draft, subjectId) {
  const about = new Set([subjectId, ...draft.photos(subjectId).map((photo) => photo.id)]);
  return toAnswer(draft).filter((comment) => about.has(comment.body.subject_id));
}

/**
 * The room in which a comment's subject is, null when it is about the whole.
 * @param {Draft} draft @param {Item} comment
 * @returns {{roomId: string, elementId: string} | null}
 */
export function placeOf(draft, { body }) {
  const fields = draft.get(body.subject_id)?.fields ?? {};
  if (body.subject_kind === "room") return { roomId: body.subject_id, elementId: "" };
  if (body.subject_kind === "element") return { roomId: fields.room_id, elementId: body.subject_id };
  const { room_id: roomId, subject_kind: kind, subject_id: about } = fields.body ?? {};
  return roomId ? { roomId, elementId: kind === "element" ? about : "" } : null;
}

/** What a comment is about, in words. @param {Draft} draft @param {any} catalogue @param {Item} comment @returns {string} */
export function subjectName(draft, catalogue, comment) {
  const { subject_kind: kind, subject_id: id } = comment.body;
  /** @type {Item} */
  const item = { id, ...draft.get(id)?.fields };
  if (kind === "inventory") return t("Le dossier entier");
  const place = placeOf(draft, comment);
  if (!place) return item.label || t("Le dossier entier");
  const room = roomName(catalogue, { id: place.roomId, ...draft.get(place.roomId)?.fields });
  const element = draft.get(place.elementId)?.fields;
  const name = element ? `${room}, ${elementName(catalogue, { id: place.elementId, ...element })}` : room;
  return kind === "photo" ? t("Photo : {name}", { name }) : name;
}
