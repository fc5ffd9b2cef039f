/** The living entities of one inventory's state, in the order in which every document shows them. */

/**
 * @typedef {{kind: string, fields: Record<string, any>}} StoredEntity
 * @typedef {{entities: Record<string, StoredEntity>}} State
 */

/** The state holds no entity of kind `inventory`: nothing can be said about it. */
export class NoInventory extends Error {}

/** One entity: its id, its kind and its current field values. */
export class Entity {
  /** @param {string} id @param {string} kind @param {Record<string, any>} fields */
  constructor(id, kind, fields) {
    this.id = id;
    this.kind = kind;
    this.fields = fields;
  }

  /** The field's value, null when it was never written. @param {string} field @returns {any} */
  value(field) {
    return this.fields[field] ?? null;
  }

  /** The field's text, "" when it is missing or is no text. @param {string} field @returns {string} */
  text(field) {
    const value = this.fields[field];
    return typeof value === "string" ? value : "";
  }

  /** True only when the field was written true. @param {string} field */
  flag(field) {
    return this.fields[field] === true;
  }

  /** The immutable body of a photo, alert, act, remark or handover, empty when missing. @returns {Record<string, any>} */
  get body() {
    return mapping(this.fields.body);
  }

  /** @returns {number} */
  get position() {
    return Number.isInteger(this.fields.position) ? this.fields.position : 0;
  }
}

/**
 * Read access to one state. Deleted entities are hidden; throws NoInventory.
 */
export class Snapshot {
  /** @type {Entity[]} */ #everything;
  /** @type {Entity[]} */ #living;
  /** @type {Map<string, Entity>} */ #byId;

  /** @param {State} state */
  constructor(state) {
    const everything = Object.entries(state.entities ?? {}).map(
      ([id, entity]) => new Entity(id, entity.kind ?? "", entity.fields ?? {}),
    );
    const inventory = everything.find((entity) => entity.kind === "inventory");
    if (!inventory) throw new NoInventory("inventory");
    /** @type {Entity} */
    this.inventory = inventory;
    this.#everything = everything.sort((a, b) => a.position - b.position || compare(a.id, b.id));
    this.#living = everything.filter((entity) => !entity.flag("deleted"));
    this.#byId = new Map(this.#living.map((entity) => [entity.id, entity]));
  }

  /** Landlord, agency, agent, dwelling and tenancy as they were when the inventory was scheduled. */
  get context() {
    return mapping(this.inventory.fields.context);
  }

  /** One part of the context, empty when missing. @param {string} name */
  contextOf(name) {
    return mapping(this.context[name]);
  }

  /** The living entities of a kind by (position, id). @param {string} kind */
  all(kind) {
    return this.#living.filter((entity) => entity.kind === kind);
  }

  /** The living entity with this id. @param {unknown} id */
  find(id) {
    return typeof id === "string" ? (this.#byId.get(id) ?? null) : null;
  }

  /** The entity with this id, deleted or not. @param {string} id */
  ever(id) {
    return this.#everything.find((entity) => entity.id === id) ?? null;
  }

  /** What was deleted of a kind, and the elements whose room was, by (position, id). @param {string} kind */
  gone(kind) {
    const rooms = new Set(this.all("room").map((room) => room.id));
    return this.#everything.filter(
      (entity) =>
        entity.kind === kind && (entity.flag("deleted") || (kind === "element" && !rooms.has(entity.fields.room_id))),
    );
  }

  /** The living elements of a living room by (position, id). @param {Entity} room */
  elementsOf(room) {
    return this.all("element").filter((element) => element.fields.room_id === room.id);
  }

  /** The IANA zone in which this dwelling's days are counted. @returns {string} */
  get zone() {
    const zone = this.contextOf("dwelling").zone;
    return typeof zone === "string" && zone ? zone : "Europe/Paris";
  }

  /** The language in which the record is written and signed. */
  get language() {
    return this.inventory.text("language") || "fr";
  }

  /** Which lease: dwelling, garage, commercial or foyer. @returns {string} */
  get leaseKind() {
    const tenancy = this.contextOf("tenancy").lease_kind;
    return this.inventory.text("lease_kind") || (typeof tenancy === "string" ? tenancy : "") || "dwelling";
  }
}

/** The order of two ASCII texts (ids, moments). @param {string} a @param {string} b */
export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The value when it is an object, else an empty one. @param {unknown} value @returns {Record<string, any>} */
export function mapping(value) {
  return value && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** Whether a text holds more than spaces, no-break spaces and line ends. @param {string} text */
export function filled(text) {
  // Named one by one: Python and JavaScript each have their own idea of white space.
  return /[^ \t\r\n\u00a0\u202f]/.test(text);
}

/** Whether a named text is there and not blank. @param {Record<string, any>} values @param {string} name */
export function said(values, name) {
  return typeof values[name] === "string" && filled(values[name]);
}
