// The writes of *Le reste : bon état*, of *Inchangé*, of the materials of a room, and their way back.

import { today } from "../rules/change.js";
import { Wording } from "../rules/wording.js";
import { about, progress, surfaces } from "./room-progress.js";

/** @typedef {import("../screens/draft.js").Change} Change */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {import("./room-progress.js").Catalogue} Catalogue */
/** @typedef {{forth: Change[], back: Change[]}} Fill */

/**
 * Every untouched row becomes good and remembers how; the materials shown are confirmed with it. Safety rows stay.
 * @param {Catalogue} catalogue
 * @param {Item[]} elements of one room
 * @returns {Fill}
 */
export function fillRest(catalogue, elements) {
  const { untouched } = progress(catalogue, elements);
  const fill = untouched.map((element) => [
    change(element, "state", "good"),
    change(element, "filled_at_one_touch", true),
  ]);
  const undo = untouched.map((element) => [
    change(element, "state", null),
    change(element, "filled_at_one_touch", false),
  ]);
  const materials = confirmMaterials(catalogue, elements);
  return { forth: [...fill.flat(), ...materials.forth], back: [...undo.flat(), ...materials.back] };
}

const CARRIED = /** @type {const} */ (["material", "working", "cleanliness", "quantity"]);

/**
 * *Inchangé*: every untouched row becomes what the entry says of it, and remembers how. Safety rows stay, and so does
 * whatever the entry does not know: not checked, absent, replaced since, or in words that no longer exist.
 * @param {Catalogue} catalogue
 * @param {Item[]} elements of one room
 * @param {(element: Item) => Record<string, any> | null} entryOf what the entry says of a row
 * @returns {Fill}
 */
export function fillUnchanged(catalogue, elements, entryOf) {
  const wording = new Wording(catalogue, "fr");
  const fills = progress(catalogue, elements).untouched.flatMap((element) => {
    const entry = entryOf(element);
    const state = entry ? today(wording, "states", entry.state) : null;
    if (!entry || element.works || state === null || state === "not_checked" || state === "absent") return [];
    const defects = (entry.defects ?? []).map((/** @type {string} */ code) => today(wording, "defects", code));
    if (defects.includes(null)) return [];
    /** @type {[string, unknown][]} */
    const values = [
      ["state", state],
      ["filled_at_one_touch", true],
    ];
    for (const field of CARRIED) if (entry[field] && !element[field]) values.push([field, entry[field]]);
    if (defects.length > 0 && !element.defects?.length) values.push(["defects", defects]);
    if (about(catalogue, element).surface && (element.material || entry.material) && !element.material_confirmed)
      values.push(["material_confirmed", true]);
    return [{ element, values }];
  });
  return {
    forth: fills.flatMap(({ element, values }) => values.map(([field, value]) => change(element, field, value))),
    back: fills.flatMap(({ element, values }) =>
      values.map(([field]) => change(element, field, before(element, field))),
    ),
  };
}

/** What a field is put back to. @param {Item} element @param {string} field */
function before(element, field) {
  if (field === "filled_at_one_touch" || field === "material_confirmed") return element[field] ?? false;
  return element[field] ?? (field === "material" ? "" : null);
}

/**
 * Rows filled by *Inchangé* become untouched again, for an undo asked for later.
 * @param {Item[]} elements
 * @returns {Change[]}
 */
export function emptyUnchanged(elements) {
  return elements
    .filter((element) => element.filled_at_one_touch)
    .flatMap((element) => [
      ...["state", "defects", "working", "cleanliness", "quantity"].map((field) => change(element, field, null)),
      change(element, "filled_at_one_touch", false),
    ]);
}

/**
 * Rows filled at one touch become untouched again, for an undo asked for later.
 * @param {Item[]} elements
 * @returns {Change[]}
 */
export function emptyFilled(elements) {
  return elements
    .filter((element) => element.filled_at_one_touch)
    .flatMap((element) => [change(element, "state", null), change(element, "filled_at_one_touch", false)]);
}

/**
 * @param {Catalogue} catalogue
 * @param {Item[]} elements
 * @returns {Fill}
 */
export function confirmMaterials(catalogue, elements) {
  const { unconfirmed } = progress(catalogue, elements);
  return {
    forth: unconfirmed.map((element) => change(element, "material_confirmed", true)),
    back: unconfirmed.map((element) => change(element, "material_confirmed", false)),
  };
}

/**
 * Says floor, walls and ceiling in one tap; the tap confirms.
 * @param {Catalogue} catalogue
 * @param {Item[]} elements
 * @param {Record<string, string>} materials text by surface
 * @returns {Fill}
 */
export function applyPreset(catalogue, elements, materials) {
  const rows = surfaces(catalogue, elements).filter((element) => materials[about(catalogue, element).surface ?? ""]);
  return {
    forth: rows.flatMap((element) => [
      change(element, "material", materials[about(catalogue, element).surface ?? ""]),
      change(element, "material_confirmed", true),
    ]),
    back: rows.flatMap((element) => [
      change(element, "material", element.material ?? ""),
      change(element, "material_confirmed", element.material_confirmed ?? false),
    ]),
  };
}

/**
 * A state given by hand: the row no longer counts as filled at one touch, and what the new state excludes goes.
 * @param {Item} element
 * @param {string} state
 * @returns {Change[]}
 */
export function giveState(element, state) {
  const changes = [change(element, "state", state)];
  if (element.filled_at_one_touch) changes.push(change(element, "filled_at_one_touch", false));
  const sound = state === "new" || state === "good" || state === "absent" || state === "not_checked";
  if (sound && element.defects?.length) changes.push(change(element, "defects", []));
  if (state === "out_of_order" && element.working !== "no") changes.push(change(element, "working", "no"));
  if (element.state === "out_of_order" && state !== "out_of_order" && element.working === "no") {
    changes.push(change(element, "working", null));
  }
  return changes;
}

/**
 * @param {Item} element
 * @param {string} field
 * @param {unknown} value
 * @returns {Change}
 */
export function change(element, field, value) {
  return { entityId: element.id, kind: "element", field, value };
}
