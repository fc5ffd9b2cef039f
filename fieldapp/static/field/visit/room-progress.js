// How far a room is: what its rows still want.

/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {{elements: {code: string, surface?: string | null, safety?: boolean, works?: boolean, defects?: string[]}[]}} Catalogue */

/** States that are no plain good news: they open the defects and want a picture. */
export const EXCEPTIONS = ["worn", "poor", "out_of_order"];
/** What hides behind *Autre*. */
export const OTHERS = ["out_of_order", "not_checked", "absent"];

/**
 * The catalogue's word on an element, empty when it does not know it.
 * @param {Catalogue} catalogue
 * @param {Item} element
 */
export function about(catalogue, element) {
  return catalogue.elements.find((entry) => entry.code === element.element_kind) ?? { code: "" };
}

/**
 * Floors, walls and ceilings of the room: art. 2, 1°, h wants their covering described.
 * @param {Catalogue} catalogue
 * @param {Item[]} elements
 */
export function surfaces(catalogue, elements) {
  return elements.filter((element) => about(catalogue, element).surface && element.state !== "absent");
}

/**
 * @typedef {object} Progress
 * @property {number} done rows with a state
 * @property {number} total rows
 * @property {Item[]} untouched rows that one touch may fill
 * @property {Item[]} safety rows without state that are looked at one by one
 * @property {Item[]} unsaid surfaces without material
 * @property {Item[]} unconfirmed surfaces whose material nobody confirmed
 * @property {boolean} complete
 */

/**
 * @param {Catalogue} catalogue
 * @param {Item[]} elements of one room
 * @returns {Progress}
 */
export function progress(catalogue, elements) {
  const open = elements.filter((element) => !element.state);
  const described = surfaces(catalogue, elements);
  const unsaid = described.filter((element) => !element.material?.trim());
  const unconfirmed = described.filter((element) => element.material?.trim() && !element.material_confirmed);
  return {
    done: elements.length - open.length,
    total: elements.length,
    untouched: open.filter((element) => !about(catalogue, element).safety),
    safety: open.filter((element) => about(catalogue, element).safety),
    unsaid,
    unconfirmed,
    complete: elements.length > 0 && open.length + unsaid.length + unconfirmed.length === 0,
  };
}
