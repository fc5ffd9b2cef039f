// What a tenant who leaves is shown first: what differs from the entry, then what could not be compared and is not good.

/** @typedef {Record<string, any>} Json */
/** @typedef {{room: Json, element: Json}} Noted */

const DIFFERS = ["changed", "created", "replaced"];
const NOT_GOOD = ["worn", "poor", "out_of_order"];

/** @param {Json} record of an exit @returns {Noted[]} in walking order */
export function exitChanges(record) {
  return record.rooms.flatMap((/** @type {Json} */ room) =>
    room.elements.filter(isShown).map((/** @type {Json} */ element) => ({ room, element })),
  );
}

/** @param {Json} element */
function isShown(element) {
  if (DIFFERS.includes(element.change)) return true;
  return element.change === "not_comparable" && NOT_GOOD.includes(element.state);
}

/** What the entry had and nobody found any more. @param {Json} record @returns {Noted[]} */
export function exitRemoved(record) {
  const within = record.rooms.flatMap((/** @type {Json} */ room) =>
    room.removed.map((/** @type {Json} */ element) => ({ room, element })),
  );
  const rooms = record.removed.rooms.flatMap((/** @type {Json} */ room) =>
    room.elements.map((/** @type {Json} */ element) => ({ room, element })),
  );
  return [...within, ...rooms];
}

/** What may still be put right before the exit: what is advised, then what is not good and was better. @param {Json} record @returns {Noted[]} */
export function repairable(record) {
  const every = record.rooms.flatMap((/** @type {Json} */ room) =>
    room.elements.map((/** @type {Json} */ element) => ({ room, element })),
  );
  const advised = every.filter((/** @type {Noted} */ { element }) => element.advice);
  const others = exitChanges(record).filter(({ element }) => !element.advice);
  return [
    ...advised,
    ...others.filter(({ element }) => NOT_GOOD.includes(element.state) || element.cleanliness === "to_clean"),
  ];
}
