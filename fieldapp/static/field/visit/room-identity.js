// Rooms that were split or merged since the entry: which of the entry's rooms and elements each one comes from.

/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {import("../screens/draft.js").Change} Change */

/**
 * What a room or element brought along: its own id, and what it already came from.
 * @param {Item} thing
 * @returns {string[]}
 */
export function lineage(thing) {
  return [...new Set([thing.id, ...(thing.from ?? [])])];
}

/**
 * One room takes another in: what both had stands on two sources, what only the other had moves over.
 * @param {{room: Item, elements: Item[]}} kept
 * @param {{room: Item, elements: Item[]}} other is removed
 * @returns {{forth: Change[], back: Change[]}}
 */
export function merged(kept, other) {
  const taken = new Map(kept.elements.map((element) => [element.element_kind, element]));
  let last = Math.max(0, ...kept.elements.map((element) => element.position ?? 0));
  /** @type {[Item, string, string, unknown, unknown][]} thing, kind, field, new value, old value */
  const writes = [
    [kept.room, "room", "from", joined(kept.room, other.room), kept.room.from ?? []],
    [other.room, "room", "deleted", true, false],
  ];
  for (const element of other.elements) {
    const twin = taken.get(element.element_kind);
    if (twin) {
      writes.push([twin, "element", "from", joined(twin, element), twin.from ?? []]);
      writes.push([element, "element", "deleted", true, false]);
      taken.delete(element.element_kind);
    } else {
      last += 1;
      writes.push([element, "element", "room_id", kept.room.id, other.room.id]);
      writes.push([element, "element", "position", last, element.position ?? 0]);
    }
  }
  /** @param {3 | 4} which */
  const changes = (which) =>
    writes.map((write) => ({ entityId: write[0].id, kind: write[1], field: write[2], value: write[which] }));
  return { forth: changes(3), back: changes(4) };
}

/** @param {Item} kept @param {Item} other */
function joined(kept, other) {
  return [...new Set([...(kept.from ?? []), ...lineage(other)])].filter((id) => id !== kept.id);
}
