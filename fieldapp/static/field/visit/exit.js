// A move-out beside its entry, as the screens show it: what the entry says of a row, what differs, its photographs.

import { belowEntry, changeOf, lacking } from "../rules/change.js";
import { EXITS } from "../rules/entry.js";
import { Entity } from "../rules/snapshot.js";
import { Wording } from "../rules/wording.js";
import { entriesOf, entryOf } from "./entry-look.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {Record<string, any>} Json */
/** @typedef {import("../rules/entry.js").Origin} Origin */
/** A photograph of the entry, with what it shows and when it was taken. @typedef {{id: string, mark: string, taken_at: string | null, caption: string, marks?: import("../rules/photo-mark.js").Mark[], report?: {width: number, height: number}}} Before */

/** Whether an inventory stands on an entry. @param {Draft} draft */
export function isExit(draft) {
  return EXITS.includes(draft.header.kind);
}

/** Whether it is advice before the exit: nothing in it is signed or owed. @param {Draft} draft */
export function isAdvice(draft) {
  return draft.header.kind === "pre_exit";
}

/** What the entry says; make one for each drawing of a screen, never one a row. */
export class Look {
  #entries;
  #wording;
  /** @type {Map<string, Before>} */
  #photos;

  /** @param {Draft} draft @param {any} catalogue */
  constructor(draft, catalogue) {
    this.#entries = entriesOf(draft);
    this.#wording = new Wording(catalogue, "fr");
    this.#photos = new Map((this.header.photos ?? []).map((/** @type {Json} */ photo) => [photo.mark, photo]));
  }

  /** The field `entry` of the inventory. */
  get header() {
    return this.#entries.header;
  }

  /** @returns {Origin} */
  get origin() {
    return this.#entries.origin;
  }

  /** The day of the entry. @returns {string | null} */
  get on() {
    return this.#entries.establishedOn;
  }

  /** @param {string} kind @param {Item} item @returns {Json | null} null when it says nothing or several things */
  of(kind, item) {
    return entryOf(this.#entries, kind, item);
  }

  /** @param {string} kind @param {Item} item */
  change(kind, item) {
    return changeOf(new Entity(item.id, kind, item), this.#entries, this.#wording).change;
  }

  /** Whether a meter stands lower than at the entry. @param {Item} meter */
  below(meter) {
    return belowEntry(new Entity(meter.id, "meter", meter), this.#entries) === true;
  }

  /** How many keys of a sort are lacking; null when that is not known. @param {Item} key */
  lacking(key) {
    return lacking(new Entity(key.id, "key", key), this.#entries);
  }

  /** What the entry showed of a thing. @param {string} kind @param {Item} item @returns {Before[]} */
  photos(kind, item) {
    const marks = this.#entries
      .sources(new Entity(item.id, kind, item))
      .flatMap(({ entry }) => (Array.isArray(entry.photos) ? entry.photos : []));
    return marks.flatMap((mark) => this.#photos.get(mark) ?? []);
  }
}

/** @param {Draft} draft @param {any} catalogue @returns {Look | null} null for an entry */
export function lookOf(draft, catalogue) {
  return isExit(draft) ? new Look(draft, catalogue) : null;
}
