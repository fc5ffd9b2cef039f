// What the entry inventory says beside each row of an open move-out, also for what is tapped and not yet durable.

import { Entries } from "../rules/entry.js";
import { Entity, Snapshot } from "../rules/snapshot.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {Record<string, any>} Json */

/**
 * The entry as the rules read it; make one for each drawing of a screen, never one a row.
 * @param {Draft} draft
 */
export function entriesOf(draft) {
  return new Entries({
    inventory: new Entity(draft.id, "inventory", draft.header),
    all: (kind) => draft.list(kind).map((item) => new Entity(item.id, kind, item)),
    find: (id) => {
      const found = typeof id === "string" ? draft.get(id) : undefined;
      return found && found.fields.deleted !== true ? new Entity(String(id), found.kind, found.fields) : null;
    },
    ever: (id) => {
      const found = draft.get(id);
      return found ? new Entity(id, found.kind, found.fields) : null;
    },
    gone: (kind) => new Snapshot(draft.state()).gone(kind),
  });
}

/**
 * What the entry says of a row, null when it says nothing or several things.
 * @param {Entries} entries
 * @param {string} kind
 * @param {Item} item
 * @returns {Json | null}
 */
export function entryOf(entries, kind, item) {
  const sources = entries.sources(new Entity(item.id, kind, item));
  return sources.length === 1 ? (sources[0]?.entry ?? null) : null;
}
