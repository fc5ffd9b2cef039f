/** What a reader should look at first in a record: everything that is not simply in order. */

/** @typedef {Record<string, any>} Json */

const TO_SHOW = ["worn", "poor", "out_of_order", "not_checked"];

/**
 * The elements that differ from good order, with their room, in the order of the record: a state below good, not
 * checked, a defect, something that does not work, is to be cleaned or is promised.
 * @param {Json} record
 * @returns {{room: Json, element: Json}[]}
 */
export function exceptions(record) {
  return record.rooms.flatMap((/** @type {Json} */ room) =>
    room.elements.filter(differs).map((/** @type {Json} */ element) => ({ room, element })),
  );
}

/** @param {Json} element */
function differs(element) {
  return (
    TO_SHOW.includes(element.state) ||
    element.defects.length > 0 ||
    element.working === "no" ||
    element.cleanliness === "to_clean" ||
    element.promise !== null
  );
}
