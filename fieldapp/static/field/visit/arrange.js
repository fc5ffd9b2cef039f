// The writes that add, duplicate and reorder rooms and elements.

/** @typedef {import("../screens/draft.js").Change} Change */
/** @typedef {import("../screens/draft.js").Item} Item */

/**
 * Moves one item among its neighbours; every position that changes is written, so equal positions heal.
 * @param {string} kind
 * @param {Item[]} items in their present order
 * @param {string} id
 * @param {-1 | 1} by
 * @returns {Change[]}
 */
export function move(kind, items, id, by) {
  const from = items.findIndex((item) => item.id === id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= items.length) return [];
  const order = [...items];
  order.splice(to, 0, ...order.splice(from, 1));
  return order.flatMap((item, index) =>
    item.position === index + 1 ? [] : [{ entityId: item.id, kind, field: "position", value: index + 1 }],
  );
}

/**
 * The position after the last one.
 * @param {Item[]} items
 */
export function lastPosition(items) {
  return Math.max(0, ...items.map((item) => item.position ?? 0)) + 1;
}

/**
 * A name that nobody has yet: "Chambre", then "Chambre 2", "Chambre 3"…
 * @param {string} wanted
 * @param {string[]} taken
 */
export function freeName(wanted, taken) {
  const base = wanted.replace(/ \d+$/, "");
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${base} ${number}`)) number += 1;
  return `${base} ${number}`;
}

/**
 * The writes that make a room with its elements: for one transaction, so that no part of a room is ever left alone.
 * @param {() => string} newId
 * @param {Record<string, unknown>} room
 * @param {Record<string, unknown>[]} elements
 * @returns {{id: string, changes: Change[]}}
 */
export function roomWith(newId, room, elements) {
  const id = newId();
  const made = elements.flatMap((fields) => making("element", newId(), { room_id: id, ...fields }));
  return { id, changes: [...making("room", id, room), ...made] };
}

/**
 * The writes that put a copy of an element below it, in one transaction with the places of those that follow.
 * @param {() => string} newId
 * @param {Item[]} siblings in their present order
 * @param {Item} element
 * @returns {{id: string, changes: Change[]}}
 */
export function duplicated(newId, siblings, element) {
  const id = newId();
  const at = siblings.findIndex((each) => each.id === element.id) + 1;
  const moved = siblings.flatMap((each, index) => {
    const position = index < at ? index + 1 : index + 2;
    return each.position === position ? [] : making("element", each.id, { position });
  });
  const copy = { room_id: element.room_id, ...copyOfElement(element, at + 1) };
  return { id, changes: [...making("element", id, copy), ...moved] };
}

/** @param {string} kind @param {string} entityId @param {Record<string, unknown>} fields @returns {Change[]} */
function making(kind, entityId, fields) {
  return Object.entries(fields).map(([field, value]) => ({ entityId, kind, field, value }));
}

/**
 * What a copy of an element starts with: what it is, never how it is.
 * @param {Item} element
 * @param {number} position
 */
export function copyOfElement(element, position) {
  return {
    element_kind: element.element_kind,
    label: element.label ?? "",
    material: element.material ?? "",
    material_confirmed: false,
    position,
  };
}
