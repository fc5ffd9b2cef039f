// The way through a visit: the rooms in order, then what belongs to the whole dwelling, then the check.

import { path } from "../router.js";

/** The screens after the rooms, in walking order. */
export const AFTER_ROOMS = /** @type {const} */ (["meters", "keys", "equipment", "parties", "check"]);
/** @typedef {typeof AFTER_ROOMS[number]} Step */

/**
 * Where to go after a room: the next room that is not complete, looking forward first; then the meters.
 * @param {{id: string, complete: boolean}[]} rooms in order
 * @param {string} roomId
 * @returns {string | null} id of a room, or null when every other room is complete
 */
export function roomAfter(rooms, roomId) {
  const here = rooms.findIndex((room) => room.id === roomId);
  const onward = [...rooms.slice(here + 1), ...rooms.slice(0, Math.max(here, 0))];
  return onward.find((room) => !room.complete)?.id ?? null;
}

/**
 * @param {string} inventoryId
 * @param {Step} step
 */
export function addressAfter(inventoryId, step) {
  const next = AFTER_ROOMS[AFTER_ROOMS.indexOf(step) + 1] ?? "check";
  return path(inventoryId, next);
}
