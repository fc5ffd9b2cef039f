/** What differs between entry and exit, one code for each thing; as `fieldapp/domain/change.py`. */

import { filled, mapping } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {import("./entry.js").Entries} Entries */
/** @typedef {import("./wording.js").Wording} Wording */
/** @typedef {Record<string, any>} Json */
/** @typedef {"same" | "changed" | "created" | "removed" | "replaced" | "not_comparable"} Change */
/** @typedef {{change: Change, reason: string | null, differences: string[]}} Comparison */

/** Every code, in the order in which they are counted. @type {Change[]} */
export const CHANGES = ["same", "changed", "created", "removed", "replaced", "not_comparable"];

/** @param {Change} change @returns {Comparison} */
const only = (change) => ({ change, reason: null, differences: [] });
/** @param {string} reason @returns {Comparison} */
const unsaid = (reason) => ({ change: "not_comparable", reason, differences: [] });
/** @param {Record<string, boolean>} axes @returns {Comparison} */
const differing = (axes) => {
  const differences = Object.keys(axes).filter((axis) => axes[axis]);
  return { change: differences.length > 0 ? "changed" : "same", reason: null, differences };
};

/**
 * Compares a living element, meter, key or equipment with what the entry says of its only source.
 * @param {Entity} thing @param {Entries} entries @param {Wording} wording @returns {Comparison}
 */
export function changeOf(thing, entries, wording) {
  if (thing.kind === "element" && isMapping(thing.value("works"))) return only("replaced");
  const sources = entries.sources(thing);
  const [source] = sources;
  if (!source) return entries.origin === "sealed" ? only("created") : unsaid("no_entry");
  if (sources.length > 1) return unsaid("merged");
  if (thing.kind === "element") return elementChange(thing, source.entry, wording);
  if (thing.kind === "meter") return only(isOtherMeter(thing, source.entry) ? "replaced" : "same");
  return thing.kind === "key" ? keyChange(thing, source.entry) : equipmentChange(thing, source.entry);
}

/** @param {Entity} thing @param {Json} entry @param {Wording} wording @returns {Comparison} */
function elementChange(thing, entry, wording) {
  const before = today(wording, "states", entry.state);
  const after = thing.value("state");
  const defects = codes(entry.defects).map((code) => today(wording, "defects", code));
  if (typeof entry.state !== "string") return unsaid("no_entry");
  if (before === null || defects.includes(null)) return unsaid("catalogue");
  if (before === "not_checked") return unsaid("entry_not_checked");
  if (typeof after !== "string") return unsaid("not_seen");
  if (after === "not_checked") return unsaid("not_checked");
  return differing({
    state: before !== after,
    defects: !sameSet(new Set(defects), new Set(codes(thing.value("defects")))),
    working: turned(entry.working, thing.value("working"), "no", "not_tested"),
    cleanliness: turned(entry.cleanliness, thing.value("cleanliness"), "to_clean"),
    quantity: countedOtherwise(entry.quantity, thing.value("quantity")),
    material: otherMaterial(entry.material, thing.value("material"), wording),
  });
}

/** @param {Entity} thing @param {Json} entry */
function isOtherMeter(thing, entry) {
  const before = entry.serial;
  const after = thing.text("serial");
  return typeof before === "string" && filled(before) && filled(after) && before !== after;
}

/** @param {Entity} thing @param {Json} entry @returns {Comparison} */
function keyChange(thing, entry) {
  if (!Number.isInteger(thing.value("quantity"))) return unsaid("not_seen");
  return differing({ quantity: countedOtherwise(entry.quantity, thing.value("quantity")) });
}

/** @param {Entity} thing @param {Json} entry @returns {Comparison} */
function equipmentChange(thing, entry) {
  const after = thing.value("present");
  if (typeof after !== "boolean") return unsaid("not_seen");
  return differing({
    present: typeof entry.present === "boolean" && entry.present !== after,
    tested: turned(entry.tested, thing.value("tested"), "fails", "not_tested"),
  });
}

/**
 * How many keys of one sort the entry had more than came back; below zero when more did; null when unknown.
 * @param {Entity} thing @param {Entries} entries @returns {number | null}
 */
export function lacking(thing, entries) {
  const sources = entries.sources(thing);
  const before = sources.length === 1 ? sources[0]?.entry.quantity : null;
  const after = thing.value("quantity");
  return Number.isInteger(before) && Number.isInteger(after) ? before - after : null;
}

/**
 * Whether a meter stands lower than at the entry; null when it is another meter or a figure is missing.
 * @param {Entity} thing @param {Entries} entries @returns {boolean | null}
 */
export function belowEntry(thing, entries) {
  const sources = entries.sources(thing);
  const entry = sources.length === 1 ? sources[0]?.entry : null;
  if (!entry || isOtherMeter(thing, entry)) return null;
  const known = ["index", "index_low"].flatMap((index) => {
    const [before, after] = [reading(entry[index]), reading(thing.value(index))];
    return before === null || after === null ? [] : [after < before];
  });
  return known.length > 0 ? known.includes(true) : null;
}

/** A meter's index in millionths; null for what is no figure. @param {unknown} index @returns {bigint | null} */
export function reading(index) {
  if (typeof index !== "string") return null;
  const found = /^([0-9]{1,12})(?:[.,]([0-9]{1,6}))?$/.exec(index.replace(/[ \u00a0\u202f]/g, ""));
  return found ? BigInt(found[1] ?? "0") * 1_000_000n + BigInt((found[2] ?? "").padEnd(6, "0")) : null;
}

/** The code that today's catalogue has for an earlier one. @param {Wording} wording @param {string} table @param {unknown} code @returns {string | null} */
export function today(wording, table, code) {
  if (typeof code !== "string") return null;
  if (wording.row(table, code).code) return code;
  return wording.rows(table).find((row) => Array.isArray(row.replaces) && row.replaces.includes(code))?.code ?? null;
}

/** @param {unknown} value @returns {string[]} */
function codes(value) {
  return Array.isArray(value) ? value.filter((code) => typeof code === "string") : [];
}

/** @param {Set<string | null>} one @param {Set<string>} other */
function sameSet(one, other) {
  return one.size === other.size && [...other].every((code) => one.has(code));
}

/** Whether one side is bad and the other is not. @param {unknown} before @param {unknown} after @param {string} bad @param {string} [unknown] */
function turned(before, after, bad, unknown) {
  if (unknown && (before === unknown || after === unknown)) return false;
  return (before === bad) !== (after === bad);
}

/** @param {unknown} before @param {unknown} after */
function countedOtherwise(before, after) {
  return Number.isInteger(before) && Number.isInteger(after) && before !== after;
}

/** @param {unknown} before @param {unknown} after @param {Wording} wording */
function otherMaterial(before, after, wording) {
  if (typeof before !== "string" || typeof after !== "string" || !filled(before) || !filled(after)) return false;
  return wording.said(before, "materials") !== wording.said(after, "materials");
}

/** @param {unknown} value */
function isMapping(value) {
  return value !== null && mapping(value) === value;
}
