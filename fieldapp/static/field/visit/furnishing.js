// The elements that a room is offered: the landlord's own where it has a catalogue, then every kind that we know.

import { usualElements } from "../rules/house-catalogue.js";

/** What a new element starts with. @typedef {{element_kind: string, label: string, material?: string}} Furnished */

/**
 * @param {any} catalogue with the landlord's own as `house`, where there is one
 * @param {string} roomKind
 * @returns {{usual: Furnished[], others: Furnished[]}}
 */
export function offeredElements(catalogue, roomKind) {
  const usual = usualElements(catalogue, catalogue.house ?? null, roomKind).map(({ kind, label, material }) => ({
    element_kind: kind,
    label,
    ...(material ? { material } : {}),
  }));
  const there = new Set(usual.map((element) => element.element_kind));
  const others = catalogue.elements
    .filter((/** @type {any} */ row) => !there.has(row.code))
    .map((/** @type {any} */ row) => ({ element_kind: row.code, label: "" }));
  return { usual, others };
}
