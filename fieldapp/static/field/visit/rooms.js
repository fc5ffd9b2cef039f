// The rooms of the visit with what each still wants.

import { progress } from "./room-progress.js";
import { roomName } from "./words.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {import("./room-progress.js").Progress} Progress */
/** @typedef {{room: Item, id: string, name: string, elements: Item[], state: Progress, complete: boolean, wide: boolean}} RoomView */

/**
 * @param {Draft} draft
 * @param {any} catalogue
 * @returns {RoomView[]} in walking order
 */
export function roomViews(draft, catalogue) {
  /** @type {Map<string, Item[]>} */
  const byRoom = new Map();
  for (const element of draft.list("element")) {
    const mates = byRoom.get(element.room_id);
    if (mates) mates.push(element);
    else byRoom.set(element.room_id, [element]);
  }
  const wide = new Set(draft.list("photo").map((photo) => photo.body?.subject_id));
  return draft.list("room").map((room) => {
    const elements = byRoom.get(room.id) ?? [];
    const state = progress(catalogue, elements);
    return {
      room,
      id: room.id,
      name: roomName(catalogue, room),
      elements,
      state,
      complete: state.complete,
      wide: wide.has(room.id),
    };
  });
}
