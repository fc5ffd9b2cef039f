/** What the entry inventory says of each thing of a move-out, by identity; as `fieldapp/domain/entry.py`. */

import { mapping } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Entity} Entity */
/**
 * What is read of an inventory: a `Snapshot`, or an open draft in its shape.
 * @typedef {Pick<import("./snapshot.js").Snapshot, "inventory" | "all" | "find" | "ever" | "gone">} View
 */
/** @typedef {Record<string, any>} Json */
/** @typedef {"sealed" | "imported" | "none" | "obstructed"} Origin */
/** @typedef {{thing: Entity, entry: Json}} Source */

/** The kinds of inventory that stand on an entry. */
export const EXITS = ["move_out", "pre_exit"];

/** Read access to the entry inventory that a move-out carries. */
export class Entries {
  #snapshot;
  /** @type {Set<string> | null} */ #claimed = null;

  /** @param {View} snapshot */
  constructor(snapshot) {
    this.#snapshot = snapshot;
  }

  /** The field `entry` of the inventory, empty when it has none. @returns {Json} */
  get header() {
    return mapping(this.#snapshot.inventory.fields.entry);
  }

  /** Sealed and obstructed are what the server says; a paper entry makes *none* into *imported*. @returns {Origin} */
  get origin() {
    const told = this.header.origin;
    if (told === "sealed" || told === "obstructed" || told === "imported") return told;
    const typed = mapping(this.#snapshot.inventory.fields.typed_entry);
    const scan = this.header.scan;
    const scanned = Array.isArray(scan) && scan.length > 0;
    return Object.keys(typed).length > 0 || scanned ? "imported" : "none";
  }

  /** The ISO day of the entry inventory, as the server knows it or as it was typed. @returns {string | null} */
  get establishedOn() {
    const known = this.header.established_on;
    if (typeof known === "string") return known;
    const typed = mapping(this.#snapshot.inventory.fields.typed_entry).on;
    return this.origin === "imported" && typeof typed === "string" ? typed : null;
  }

  /** What the entry says of this very thing; of a paper entry only what was confirmed. @param {Entity} thing @returns {Json | null} */
  own(thing) {
    const { origin } = this;
    if (origin === "sealed") {
      const entry = mapping(thing.fields.entry);
      return Object.keys(entry).length > 0 ? entry : null;
    }
    const typed = mapping(thing.fields.typed_entry);
    return origin === "imported" && typed.confirmed === true ? typed : null;
  }

  /** The entry's things that this one is or was made of, with what the entry says of each. @param {Entity} thing @returns {Source[]} */
  sources(thing) {
    const candidates = [thing, ...ids(thing).map((id) => this.#snapshot.ever(id))];
    /** @type {Map<string, Source>} */
    const found = new Map();
    for (const candidate of candidates) {
      if (!candidate || candidate.kind !== thing.kind || found.has(candidate.id)) continue;
      const entry = this.own(candidate);
      if (entry) found.set(candidate.id, { thing: candidate, entry });
    }
    return [...found.values()];
  }

  /** What a sealed entry had and nobody has any more, in its order. @param {string} kind @returns {Source[]} */
  removed(kind) {
    if (this.origin !== "sealed") return [];
    this.#claimed ??= this.#claims();
    const claimed = this.#claimed;
    return this.#snapshot.gone(kind).flatMap((thing) => {
      const entry = claimed.has(thing.id) ? null : this.own(thing);
      return entry ? [{ thing, entry }] : [];
    });
  }

  /** What living rooms and elements say they were made of. */
  #claims() {
    const rooms = this.#snapshot.all("room");
    const living = new Set(rooms.map((room) => room.id));
    const elements = this.#snapshot.all("element").filter((element) => living.has(element.value("room_id")));
    return new Set([...rooms, ...elements].flatMap(ids));
  }
}

/** @param {Entity} thing @returns {string[]} */
function ids(thing) {
  const written = thing.value("from");
  return Array.isArray(written) ? written.filter((id) => typeof id === "string") : [];
}
