/** What the record of a move-out says beside the exit: the entry's column, and what became of each thing. */

import { belowEntry, CHANGES, changeOf, lacking } from "./change.js";
import { Entries, EXITS } from "./entry.js";
import { mapping } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {import("./wording.js").Wording} Wording */
/** @typedef {Record<string, any>} Json */
/** @typedef {import("./entry.js").Source} Source */

export const TENANTS = ["tenant", "co_tenant"];
const TABLES = /** @type {const} */ ({ meters: "meter", keys: "key", equipment: "equipment" });

/**
 * The record of a `move_out` or `pre_exit` with both states in it; any other record as it is. The same bytes as
 * `fieldapp/domain/record_exit.py`.
 * @param {Json} record @param {Snapshot} snapshot @param {Wording} wording @returns {Json}
 */
export function withEntry(record, snapshot, wording) {
  return EXITS.includes(record.kind) ? new Exit(snapshot, wording).said(record) : record;
}

class Exit {
  #snapshot;
  #wording;
  #entries;

  /** @param {Snapshot} snapshot @param {Wording} wording */
  constructor(snapshot, wording) {
    this.#snapshot = snapshot;
    this.#wording = wording;
    this.#entries = new Entries(snapshot);
  }

  /** @param {Json} record @returns {Json} */
  said(record) {
    const gone = this.#removedElements();
    const rooms = record.rooms.map((/** @type {Json} */ room) => this.#room(room, gone));
    const removedRooms = this.#removedRooms(gone);
    const tables = Object.keys(TABLES).map((name) => [
      name,
      record[name].map((/** @type {Json} */ row) => this.#thing(row)),
    ]);
    const removed = Object.entries(TABLES).map(([name, kind]) => [name, this.#columns(this.#entries.removed(kind))]);
    return {
      ...record,
      contractual: record.kind === "move_out",
      entry: this.#entry(),
      keys_returned: this.#keysReturned(),
      parties: record.parties.map((/** @type {Json} */ party) => this.#party(party)),
      rooms,
      ...Object.fromEntries(tables),
      removed: { rooms: removedRooms, ...Object.fromEntries(removed) },
      counts: { ...record.counts, ...counted(rooms, removedRooms) },
      labels: {
        ...record.labels,
        changes: this.#wording.labels("changes"),
        change_reasons: this.#wording.labels("change_reasons"),
      },
    };
  }

  /** @returns {Json} */
  #entry() {
    const { header, origin, establishedOn } = this.#entries;
    const wording = this.#wording;
    return {
      origin,
      origin_label: wording.label("entry_origins", origin),
      origin_words: wording.pick(wording.row("entry_origins", origin).words),
      inventory_id: header.inventory_id ?? null,
      number: text(header, "number"),
      record_sha256: header.record_sha256 ?? null,
      established_at: header.established_at ?? null,
      established_on: establishedOn,
      outcome: header.outcome ?? null,
      outcome_label: wording.label("inventory_outcomes", header.outcome),
      language: text(header, "language"),
      photos: list(header, "photos"),
      scan: list(header, "scan"),
    };
  }

  /** @returns {Json} */
  #keysReturned() {
    const said = mapping(this.#snapshot.inventory.value("keys_returned"));
    return {
      how: text(said, "how"),
      how_label: this.#wording.label("key_returns", said.how),
      on: said.on ?? null,
      proof: text(said, "proof"),
    };
  }

  /** @param {Json} party @returns {Json} */
  #party(party) {
    if (!TENANTS.includes(party.quality)) return party;
    const said = mapping(this.#snapshot.find(party.id)?.value("new_address"));
    return {
      ...party,
      new_address: {
        answer: text(said, "answer"),
        answer_label: this.#wording.label("address_answers", said.answer),
        text: text(said, "text"),
      },
    };
  }

  /** @param {Json} room @param {Map<string, Json[]>} gone @returns {Json} */
  #room(room, gone) {
    const from = this.#entries.sources(this.#living(room)).map((source) => this.#roomName(source));
    const kept = from.length === 1 && from[0]?.label === room.label;
    const change = kept ? "same" : from.length > 0 ? "changed" : this.#withoutSource();
    return {
      ...room,
      elements: room.elements.map((/** @type {Json} */ element) => this.#element(element)),
      from,
      change,
      change_label: this.#wording.label("changes", change),
      removed: gone.get(room.id) ?? [],
    };
  }

  #withoutSource() {
    return this.#entries.origin === "sealed" ? "created" : "not_comparable";
  }

  /** @param {Source} source @returns {Json} */
  #roomName({ thing, entry }) {
    const kind = entry.kind || thing.value("room_kind");
    const label = this.#wording.own(text(entry, "label") || thing.text("label"), "rooms", kind);
    return { id: thing.id, no: entry.no ?? null, label, photos: list(entry, "photos") };
  }

  /** @param {Json} element @returns {Json} */
  #element(element) {
    const said = this.#living(element);
    const works = said.value("works");
    const isDone = works !== null && mapping(works) === works;
    return {
      ...this.#thing(element),
      works: isDone ? { on: works.on ?? null, document: text(works, "document") } : null,
      advice: said.value("advice"),
      advised: said.value("advised"),
    };
  }

  /** @param {Json} row @returns {Json} */
  #thing(row) {
    const thing = this.#living(row);
    const columns = this.#columns(this.#entries.sources(thing));
    const { change, reason, differences } = changeOf(thing, this.#entries, this.#wording);
    return {
      ...row,
      entry: columns.length === 1 ? columns[0] : null,
      merged: columns.length > 1 ? columns : [],
      change,
      change_label: this.#wording.label("changes", change),
      change_reason: reason ?? "",
      change_reason_label: reason ? this.#wording.label("change_reasons", reason) : "",
      differences,
      ...(thing.kind === "meter" ? { below_entry: belowEntry(thing, this.#entries) } : {}),
      ...(thing.kind === "key" ? { lacking: lacking(thing, this.#entries) } : {}),
    };
  }

  /** Things as the entry said them. @param {Source[]} sources @returns {Json[]} */
  #columns(sources) {
    return sources.map(({ thing, entry }) => ({
      id: thing.id,
      origin: this.#entries.origin,
      ...COLUMNS[thing.kind]?.(thing, entry, this.#wording),
      photos: list(entry, "photos"),
    }));
  }

  /** The columns of what is gone, by the living room in which it would stand, else by its room of the entry. */
  #removedElements() {
    const rooms = this.#snapshot.all("room");
    const places = new Map(rooms.map((room) => [room.id, room.id]));
    const living = new Set(places.keys());
    for (const room of rooms) {
      for (const { thing } of this.#entries.sources(room)) if (!living.has(thing.id)) places.set(thing.id, room.id);
    }
    /** @type {Map<string, Json[]>} */
    const found = new Map();
    for (const source of this.#entries.removed("element")) {
      const [column] = this.#columns([source]);
      const roomId = source.thing.text("room_id");
      const place = places.get(roomId) ?? places.get(column?.room.id) ?? roomId;
      found.set(place, [...(found.get(place) ?? []), column ?? {}]);
    }
    return found;
  }

  /** @param {Map<string, Json[]>} gone @returns {Json[]} */
  #removedRooms(gone) {
    const rooms = this.#entries.removed("room").map((source) => this.#roomName(source));
    const named = new Set([...rooms, ...this.#snapshot.all("room")].map((room) => room.id));
    for (const [id, columns] of gone) {
      if (!named.has(id)) rooms.push({ ...columns[0]?.room, id, photos: [] });
    }
    return rooms.map((room) => ({ ...room, elements: gone.get(room.id) ?? [] }));
  }

  /** @param {Json} row @returns {Entity} */
  #living(row) {
    const found = this.#snapshot.find(row.id);
    if (!found) throw new RangeError(row.id);
    return found;
  }
}

/** @type {Record<string, (thing: Entity, entry: Json, wording: Wording) => Json>} */
const COLUMNS = {
  element(thing, entry, wording) {
    const defects = list(entry, "defects").filter((code) => typeof code === "string");
    const said = list(entry, "defect_labels");
    const room = mapping(entry.room);
    return {
      ref: text(entry, "ref"),
      label: own(thing, entry, wording, "elements", "element_kind"),
      material: wording.said(text(entry, "material"), "materials"),
      state: entry.state ?? null,
      state_label: known(wording, "states", entry.state, entry.state_label),
      defects,
      defect_labels: defects.map((code, place) => known(wording, "defects", code, said[place])),
      working: entry.working ?? null,
      working_label: wording.label("workings", entry.working),
      cleanliness: entry.cleanliness ?? null,
      cleanliness_label: wording.label("cleanliness", entry.cleanliness),
      quantity: entry.quantity ?? null,
      note: text(entry, "note"),
      promise: entry.promise ?? null,
      remarks: list(entry, "remarks"),
      room: { id: room.id ?? null, no: room.no ?? null, label: text(room, "label") },
    };
  },
  meter(thing, entry, wording) {
    return {
      label: own(thing, entry, wording, "meters", "meter_kind"),
      serial: text(entry, "serial"),
      unit: text(entry, "unit"),
      index: text(entry, "index"),
      index_low: text(entry, "index_low"),
      state: entry.state ?? null,
      state_label: wording.label("meter_states", entry.state),
      reason: text(entry, "reason"),
    };
  },
  key(thing, entry, wording) {
    return {
      label: own(thing, entry, wording, "keys", "key_kind"),
      destination: text(entry, "destination"),
      quantity: entry.quantity ?? null,
      number: text(entry, "number"),
    };
  },
  equipment(thing, entry, wording) {
    return {
      label: own(thing, entry, wording, "equipment", "equipment_kind"),
      present: entry.present ?? null,
      place: text(entry, "place"),
      installed_on: entry.installed_on ?? null,
      tested: entry.tested ?? null,
      tested_label: wording.label("tests", entry.tested),
      last_maintenance: entry.last_maintenance ?? null,
      certificate_seen: entry.certificate_seen ?? null,
      note: text(entry, "note"),
    };
  },
};

/** @param {Entity} thing @param {Json} entry @param {Wording} wording @param {string} table @param {string} field */
function own(thing, entry, wording, table, field) {
  return wording.own(text(entry, "label") || thing.text("label"), table, entry.kind || thing.value(field));
}

/**
 * A code's label; of a code that today's catalogue does not know, the word that the entry itself printed.
 * @param {Wording} wording @param {string} table @param {unknown} code @param {unknown} printed
 */
function known(wording, table, code, printed) {
  if (!wording.row(table, code).code && typeof printed === "string" && printed) return printed;
  return wording.label(table, code);
}

/** @param {Json[]} rooms @param {Json[]} removedRooms @returns {Json} */
function counted(rooms, removedRooms) {
  const found = rooms.flatMap((room) => room.elements).map((element) => element.change);
  const counts = CHANGES.map((change) => [change, found.filter((one) => one === change).length]);
  const gone = rooms.reduce((sum, room) => sum + room.removed.length, 0);
  return {
    ...Object.fromEntries(counts),
    removed: removedRooms.reduce((sum, room) => sum + room.elements.length, gone),
  };
}

/** @param {Json} values @param {string} name @returns {string} */
function text(values, name) {
  return typeof values[name] === "string" ? values[name] : "";
}

/** @param {Json} values @param {string} name @returns {any[]} */
function list(values, name) {
  return Array.isArray(values[name]) ? [...values[name]] : [];
}
