/** The place itself: meters, keys and rooms (f, g, h); as `completeness_places.py`. */

import { done, missing } from "./finding.js";
import { filled } from "./snapshot.js";

/** @typedef {import("./finding.js").Item} Item */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {import("./wording.js").Wording} Wording */
/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {import("./finding.js").Params} Params */

const SURFACES = ["floor", "wall", "ceiling"];

/** @param {Snapshot} snapshot @param {Wording} wording */
export function meters(snapshot, wording) {
  const all = snapshot.all("meter");
  const required = snapshot.contextOf("dwelling").meters_required;
  const present = new Set(all.map((meter) => energy(meter.text("meter_kind"))));
  const items = [];
  for (const kind of Array.isArray(required) ? required : []) {
    if (!present.has(energy(kind)))
      items.push(missing("f", "meter_missing", "meters", null, { kind: wording.label("meters", kind) }));
  }
  for (const meter of all) {
    const params = { meter: wording.own(meter.text("label"), "meters", meter.value("meter_kind")) };
    const state = meter.value("state");
    if (state === "read") {
      const low = meter.text("meter_kind") === "electricity_hphc" && !filled(meter.text("index_low"));
      if (low || !filled(meter.text("index"))) items.push(missing("f", "index_missing", "meters", meter, params));
    } else if (["inaccessible", "absent", "cut"].includes(state)) {
      if (!filled(meter.text("reason"))) items.push(missing("f", "reason_missing", "meters", meter, params));
    } else {
      items.push(missing("f", "reading_missing", "meters", meter, params));
    }
  }
  return items.length > 0 ? items : [done("f", "meters", "meters", { count: all.length })];
}

/** A dwelling sheet says "electricity"; which of the two meters hangs there is seen on the spot. @param {unknown} kind */
function energy(kind) {
  return kind === "electricity_base" || kind === "electricity_hphc" ? "electricity" : kind;
}

/** @param {Snapshot} snapshot @param {Wording} wording */
export function keys(snapshot, wording) {
  const all = snapshot.all("key");
  const items = all.length > 0 ? [] : [missing("g", "key_missing", "keys")];
  let total = 0;
  for (const key of all) {
    const params = { key: wording.own(key.text("label"), "keys", key.value("key_kind")) };
    const quantity = key.value("quantity");
    if (!Number.isInteger(quantity) || quantity < 0) items.push(missing("g", "quantity_missing", "keys", key, params));
    else total += quantity;
    if (!filled(key.text("destination"))) items.push(missing("g", "destination_missing", "keys", key, params));
    if (!key.flag("confirmed")) items.push(missing("g", "key_unconfirmed", "keys", key, params));
  }
  return items.length > 0 ? items : [done("g", "keys", "keys", { count: total })];
}

/** @param {Snapshot} snapshot @param {Wording} wording */
export function rooms(snapshot, wording) {
  const all = snapshot.all("room");
  const items = all.length > 0 ? [] : [missing("h", "room_missing", "rooms")];
  for (const room of all) items.push(...roomItems(room, snapshot, wording));
  if (items.length > 0) return items;
  const elements = all.reduce((sum, room) => sum + snapshot.elementsOf(room).length, 0);
  return [done("h", "rooms", "rooms", { rooms: all.length, elements })];
}

/** @param {Entity} room @param {Snapshot} snapshot @param {Wording} wording */
function roomItems(room, snapshot, wording) {
  const label = wording.own(room.text("label"), "rooms", room.value("room_kind"));
  const elements = snapshot.elementsOf(room);
  /** @type {(code: string, entity: Entity | null, params?: Params) => Item} */
  const found = (code, entity, params = {}) => {
    const item = missing("h", code, "room", entity, { room: label, ...params });
    return { ...item, target: { ...item.target, room_id: room.id } };
  };
  /** @param {Entity} element */
  const named = (element) => wording.own(element.text("label"), "elements", element.value("element_kind"));
  /** @param {unknown} kind */
  const surface = (kind) => wording.row("elements", kind).surface;

  if (elements.length === 0) return [found("elements_missing", null)];
  const items = [];
  const states = new Set(wording.rows("states").map((row) => row.code));
  const stateless = elements.filter((element) => !states.has(element.value("state")));
  if (stateless[0]) {
    items.push(found("states_missing", stateless[0], { count: stateless.length, element: named(stateless[0]) }));
  }
  const described = elements.filter((element) => SURFACES.includes(surface(element.value("element_kind"))));
  const undescribed = described.filter(
    (element) =>
      element.value("state") !== "absent" && !(filled(element.text("material")) && element.flag("material_confirmed")),
  );
  if (undescribed[0]) {
    items.push(
      found("materials_missing", undescribed[0], { count: undescribed.length, element: named(undescribed[0]) }),
    );
  }
  const usual = wording.row("rooms", room.value("room_kind")).elements;
  const expected = new Set(Array.isArray(usual) ? usual.map(surface) : SURFACES);
  const there = new Set(described.map((element) => surface(element.value("element_kind"))));
  for (const wanted of SURFACES) {
    if (expected.has(wanted) && !there.has(wanted)) items.push(found(`${wanted}_missing`, null));
  }
  return items;
}
