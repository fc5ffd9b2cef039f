/** What an exit may cost: one proposal for each change, before anybody speaks of causes and prices; as `fieldapp/domain/charge_proposal.py`. */

/** @typedef {Record<string, any>} Json */
/**
 * One line to be estimated. States are those the gates of `wear.js` compare; `missing` counts what was not given back.
 * After works the entry's state says nothing, and the age counts from `started_on`.
 * @typedef {object} Proposal
 * @property {string} line_id
 * @property {string} subject_id
 * @property {"element" | "key" | "equipment"} subject_kind
 * @property {string} kind  of the catalogue
 * @property {string} label
 * @property {string | null} entry_state
 * @property {string | null} exit_state
 * @property {string[]} defects
 * @property {number} missing
 * @property {boolean} replaced
 * @property {string | null} started_on
 */

const STATES = ["new", "good", "worn", "poor", "out_of_order", "not_checked", "absent"];

/** Whether the exit has an entry to be compared with, as `wear.js` asks. @param {Json} record */
export function entryInventory(record) {
  const { origin } = record.entry;
  if (origin === "obstructed") return "obstructed_by_landlord";
  return origin === "none" ? "no" : "yes";
}

/**
 * The lines of a move-out, in the order of its rooms, then keys and equipment.
 * @param {Json} record
 * @param {(id: string) => string} kindOf of which kind something is that only the entry had
 * @returns {Proposal[]}
 */
export function proposals(record, kindOf) {
  const { removed } = record;
  const gone = (/** @type {Json} */ place) => (/** @type {Json} */ one) =>
    lost(`${place.label}, ${lower(one.label)}`, "element", one, kindOf(one.id));
  return [
    ...record.rooms.flatMap((/** @type {Json} */ room) => [
      ...room.elements.flatMap((/** @type {Json} */ element) => ofElement(room.label, element)),
      ...room.removed.map(gone(room)),
    ]),
    ...removed.rooms.flatMap((/** @type {Json} */ room) => room.elements.map(gone(room))),
    ...record.keys.flatMap(ofKey),
    ...record.equipment.flatMap(ofEquipment),
    ...removed.keys.map((/** @type {Json} */ one) => lost(named(one), "key", one, kindOf(one.id))),
    ...removed.equipment.map((/** @type {Json} */ one) => lost(named(one), "equipment", one, kindOf(one.id))),
  ];
}

/** @param {string} room @param {Json} element @returns {Proposal[]} */
function ofElement(room, element) {
  const label = `${room}, ${lower(element.label)}`;
  const { change, differences } = element;
  const entry = element.entry ?? {};
  const whole = { started_on: element.works?.on ?? null, replaced: element.works !== null };
  const line = (
    /** @type {string} */ aspect,
    /** @type {string | null} */ before,
    /** @type {string | null} */ after,
  ) => proposal(label, "element", element, aspect, before, after, { ...whole, defects: [...element.defects] });
  if (change === "changed" && differences.includes("state") && element.state === "absent")
    return [{ ...line("state", stateOf(entry), "absent"), defects: ["missing"], missing: entry.quantity || 1 }];
  const found = [];
  if (change === "changed" && fewer(entry, element))
    found.push(short(label, "element", element, entry.quantity - element.quantity));
  if (change === "changed" && differences.includes("cleanliness") && element.cleanliness === "to_clean")
    found.push(line("cleanliness", "good", "poor"));
  const others = differences.some((/** @type {string} */ one) => one !== "quantity" && one !== "cleanliness");
  const apart = change === "replaced" || change === "not_comparable";
  if ((change === "changed" && others) || (apart && looksBad(element)))
    found.push(line("state", change === "replaced" ? null : stateOf(entry), stateOf(element)));
  return found;
}

/** @param {Json} key @returns {Proposal[]} */
function ofKey(key) {
  return key.lacking > 0 ? [short(named(key), "key", key, key.lacking)] : [];
}

/** @param {Json} thing @returns {Proposal[]} */
function ofEquipment(thing) {
  const away = thing.differences.includes("present") && thing.present === false;
  const failing = thing.differences.includes("tested") && thing.tested === "fails";
  if (!away && !failing) return [];
  const more = { defects: away ? ["missing"] : [], missing: Number(away), started_on: thing.installed_on };
  return [proposal(named(thing), "equipment", thing, "state", "good", away ? "absent" : "out_of_order", more)];
}

/**
 * What was counted and came back short.
 * @param {string} label @param {"element" | "key"} subjectKind @param {Json} thing @param {number} missing
 */
function short(label, subjectKind, thing, missing) {
  return proposal(label, subjectKind, thing, "quantity", "good", "absent", { defects: ["missing"], missing });
}

/**
 * What the entry had and the exit no longer has at all.
 * @param {string} label @param {"element" | "key" | "equipment"} subjectKind @param {Json} entry @param {string} kind
 */
function lost(label, subjectKind, entry, kind) {
  const before = subjectKind === "element" ? stateOf(entry) : "good";
  const more = { defects: ["missing"], missing: entry.quantity || 1 };
  return proposal(label, subjectKind, { id: entry.id, kind }, "state", before, "absent", more);
}

/**
 * @param {string} label @param {Proposal["subject_kind"]} subjectKind @param {Json} thing @param {string} aspect
 * @param {string | null} before @param {string | null} after @param {Partial<Proposal>} more
 * @returns {Proposal}
 */
function proposal(label, subjectKind, thing, aspect, before, after, more) {
  return {
    line_id: `${thing.id}.${aspect}`,
    subject_id: thing.id,
    subject_kind: subjectKind,
    kind: thing.kind,
    label,
    entry_state: before,
    exit_state: after,
    defects: [],
    missing: 0,
    replaced: false,
    started_on: null,
    ...more,
  };
}

/** The state that the gates compare; null when nobody said one. @param {Json} said @returns {string | null} */
function stateOf(said) {
  if (said.working === "no") return "out_of_order";
  return STATES.includes(said.state) ? said.state : null;
}

/** Whether what cannot be compared is worth a person's look. @param {Json} element */
function looksBad(element) {
  const state = stateOf(element);
  if (element.defects.length > 0) return true;
  if (state === "not_checked" && stateOf(element.entry ?? {}) === "not_checked") return false;
  return state !== null && state !== "new" && state !== "good";
}

/** @param {Json} entry @param {Json} element */
function fewer(entry, element) {
  return Number.isInteger(entry.quantity) && Number.isInteger(element.quantity) && element.quantity < entry.quantity;
}

/** A key or a piece of equipment by its label and what it opens. @param {Json} thing */
function named(thing) {
  const name = thing.label || (thing.kind_label ?? "");
  const opens = thing.destination || thing.place || "";
  return opens ? `${name}, ${lower(opens)}` : name;
}

/** @param {string} text */
function lower(text) {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
