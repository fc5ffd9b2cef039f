// What rooms, elements and materials are called in the language of the tablet.

import { spoken } from "../i18n.js";
import { Wording } from "../rules/wording.js";

/** @typedef {import("../screens/draft.js").Item} Item */

/** @param {any} catalogue */
function wording(catalogue) {
  return new Wording(catalogue, spoken());
}

/** @param {any} catalogue @param {Item} room */
export const roomName = (catalogue, room) => wording(catalogue).own(room.label ?? "", "rooms", room.room_kind);

/** @param {any} catalogue @param {{[field: string]: any}} element */
export const elementName = (catalogue, element) =>
  wording(catalogue).own(element.label ?? "", "elements", element.element_kind);

/** @param {any} catalogue @param {string | undefined} material */
export const materialName = (catalogue, material) => wording(catalogue).said(material ?? "", "materials");

/**
 * The label of a code in any table of the catalogue.
 * @param {any} catalogue
 * @param {string} table
 * @param {unknown} code
 */
export const word = (catalogue, table, code) => wording(catalogue).label(table, code);

/** @param {any} catalogue @param {string} table @param {Item} item @param {string} kindField */
export const itemName = (catalogue, table, item, kindField) =>
  wording(catalogue).own(item.label ?? "", table, item[kindField]);
