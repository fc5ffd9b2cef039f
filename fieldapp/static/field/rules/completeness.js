/** What an inventory still misses before it may be signed; the same rules as `fieldapp/domain/completeness.py`. */

import { day, localDay, moment } from "./local-day.js";
import { CLAUSES } from "./record.js";
import { filled, mapping, Snapshot } from "./snapshot.js";
import { Wording } from "./wording.js";

/**
 * @typedef {import("./snapshot.js").Entity} Entity
 * @typedef {Record<string, string | number>} Params
 * @typedef {{clause: string, code: string, ok: boolean, blocking: boolean, params: Params,
 *   target: {screen: string, entity_id: string | null, room_id: string | null}}} Item
 */

const TENANTS = ["tenant", "co_tenant"];
const MANDATED = ["proxy", "guardian"];
const KINDS = ["move_in", "move_out", "pre_exit"];
const SURFACES = ["floor", "wall", "ceiling"];

/**
 * Every item of art. 2, 1°, a to i, then insurance, smoke detector and alerts, in that order; throws NoInventory.
 * Signatures (i) and the date of the keys are asked for only when `closing`.
 * @param {import("./snapshot.js").State} state
 * @param {Record<string, any>} catalogue
 * @param {{closing?: boolean}} [options]
 * @returns {Item[]}
 */
export function check(state, catalogue, { closing = false } = {}) {
  const snapshot = new Snapshot(state);
  const wording = new Wording(catalogue, snapshot.language);
  const lease = wording.row("lease_kinds", snapshot.leaseKind);
  const asked = lease["clauses"] ?? CLAUSES;
  return [
    ...type(snapshot, wording),
    ...dates(snapshot, closing),
    ...location(snapshot),
    ...parties(snapshot),
    ...mandates(snapshot),
    ...meters(snapshot, wording),
    ...keys(snapshot, wording),
    ...rooms(snapshot, wording),
    ...signatures(snapshot, closing),
    ...insurance(snapshot, lease.insurance === true),
    ...smoke(snapshot, lease.smoke_detector === true),
    ...alerts(snapshot, wording),
  ].filter((item) => !CLAUSES.includes(item.clause) || asked.includes(item.clause));
}

/** What stops the signature. @param {Item[]} items */
export function blocking(items) {
  return items.filter((item) => item.blocking);
}

/** Whose act the record needs: everybody but witnesses and those whom another party represents. @param {Snapshot} snapshot */
export function signatories(snapshot) {
  const everybody = snapshot.all("party");
  const represented = new Set(
    everybody.filter((party) => party.value("represents") !== party.id).map((party) => party.value("represents")),
  );
  return everybody.filter((party) => party.text("quality") !== "witness" && !represented.has(party.id));
}

/**
 * @param {string} clause @param {string} code @param {string} screen @param {Entity | null} [entity] @param {Params} [params]
 * @returns {Item}
 */
function missing(clause, code, screen, entity = null, params = {}) {
  return {
    clause,
    code,
    ok: false,
    blocking: true,
    params,
    target: { screen, entity_id: entity?.id ?? null, room_id: null },
  };
}

/**
 * @param {string} clause @param {string} code @param {string} screen @param {Entity | null} [entity] @param {Params} [params]
 * @returns {Item}
 */
function warning(clause, code, screen, entity = null, params = {}) {
  return { ...missing(clause, code, screen, entity, params), blocking: false };
}

/** @param {string} clause @param {string} code @param {string} screen @param {Params} [params] @returns {Item} */
function done(clause, code, screen, params = {}) {
  return { clause, code, ok: true, blocking: false, params, target: { screen, entity_id: null, room_id: null } };
}

/** @param {Snapshot} snapshot @param {Wording} wording */
function type(snapshot, wording) {
  const kind = snapshot.inventory.text("kind");
  if (!KINDS.includes(kind)) return [missing("a", "type_missing", "check")];
  return [done("a", "type", "check", { kind: wording.label("inventory_kinds", kind) })];
}

/** @param {Snapshot} snapshot @param {boolean} closing */
function dates(snapshot, closing) {
  const at = snapshot.inventory.value("established_at");
  const items = [moment(at) ? done("b", "established", "check", { at }) : missing("b", "established_missing", "check")];
  if (closing && snapshot.all("key").length > 0 && !moment(snapshot.inventory.value("keys_handed_at"))) {
    items.push(missing("b", "keys_date_missing", "keys"));
  }
  return items;
}

/** @param {Snapshot} snapshot */
function location(snapshot) {
  const dwelling = snapshot.contextOf("dwelling");
  if (!["street", "postcode", "town"].every((name) => said(dwelling, name))) {
    return [missing("c", "location_missing", "check")];
  }
  const address = `${dwelling.street}, ${dwelling.postcode} ${dwelling.town}`;
  return [done("c", "location", "check", { address })];
}

/** @param {Snapshot} snapshot */
function parties(snapshot) {
  const landlord = snapshot.contextOf("landlord");
  const seat = mapping(landlord.seat);
  const everybody = snapshot.all("party");
  const tenants = everybody.filter((party) => TENANTS.includes(party.text("quality")));
  const items = [];
  if (!said(landlord, "name") || !["street", "postcode", "town"].every((name) => said(seat, name))) {
    items.push(missing("d", "landlord_missing", "check"));
  }
  if (tenants.length === 0) items.push(missing("d", "tenant_missing", "parties"));
  for (const party of everybody) {
    if (!filled(party.text("name"))) items.push(missing("d", "name_missing", "parties", party));
  }
  if (items.length > 0) return items;
  const names = tenants.map((party) => party.text("name")).join(", ");
  return [done("d", "parties", "parties", { tenants: names, landlord: landlord.name })];
}

/** @param {Snapshot} snapshot */
function mandates(snapshot) {
  const agent = snapshot.contextOf("agent");
  const mandated = snapshot
    .all("party")
    .filter((party) => MANDATED.includes(party.text("quality")) && party.value("present") !== false);
  const items = [];
  if (!["name", "domicile"].every((name) => said(agent, name))) items.push(missing("e", "agent_missing", "check"));
  for (const party of mandated) {
    const name = party.text("name");
    if (!snapshot.find(party.value("represents")))
      items.push(missing("e", "represents_missing", "parties", party, { name }));
    if (!filled(party.text("domicile"))) items.push(missing("e", "domicile_missing", "parties", party, { name }));
    if (!filled(party.text("mandate"))) items.push(missing("e", "mandate_missing", "parties", party, { name }));
    if (!party.text("identity_seen")) items.push(missing("e", "identity_missing", "parties", party, { name }));
  }
  if (items.length > 0) return items;
  return [
    done("e", "mandates", "parties", {
      names: [agent.name, ...mandated.map((party) => party.text("name"))].join(", "),
    }),
  ];
}

/** @param {Snapshot} snapshot @param {Wording} wording */
function meters(snapshot, wording) {
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
function keys(snapshot, wording) {
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
function rooms(snapshot, wording) {
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

/** @param {Snapshot} snapshot @param {boolean} closing */
function signatures(snapshot, closing) {
  if (!closing) return [warning("i", "signatures_next", "sign")];
  const acts = snapshot.all("act").map((act) => act.body);
  const acted = new Set(acts.filter((act) => act.decision).map((act) => act.party_id));
  const needed = signatories(snapshot);
  const items = needed
    .filter((party) => !acted.has(party.id))
    .map((party) => missing("i", "signature_missing", "sign", party, { name: party.text("name") }));
  if (!needed.some((party) => party.text("quality") === "agent"))
    items.push(missing("i", "agent_signature_missing", "sign"));
  return items.length > 0 ? items : [done("i", "signatures", "sign", { count: acts.length })];
}

/** @param {Snapshot} snapshot @param {boolean} asked */
function insurance(snapshot, asked) {
  if (!asked || snapshot.inventory.text("kind") !== "move_in") return [];
  const seen = mapping(snapshot.inventory.value("insurance"));
  const expires = day(seen.expires);
  const establishedOn = localDay(snapshot.inventory.value("established_at"), snapshot.zone);
  if (seen.seen !== true) return [missing("insurance", "insurance_missing", "equipment")];
  if (!said(seen, "insurer")) return [missing("insurance", "insurer_missing", "equipment")];
  if (expires === null) return [missing("insurance", "insurance_end_missing", "equipment")];
  if (establishedOn && expires < establishedOn)
    return [missing("insurance", "insurance_past", "equipment", null, { expires })];
  return [done("insurance", "insurance", "equipment", { insurer: seen.insurer })];
}

/** @param {Snapshot} snapshot @param {boolean} asked */
function smoke(snapshot, asked) {
  if (!asked) return [];
  const detectors = snapshot.all("equipment").filter((thing) => thing.text("equipment_kind") === "smoke_detector");
  if (detectors.length === 0) return [missing("smoke", "smoke_unsaid", "equipment")];
  return detectors.map((detector) => {
    const tested = detector.value("tested");
    if (detector.value("present") === false) return warning("smoke", "smoke_absent", "equipment", detector);
    if (detector.value("present") !== true) return missing("smoke", "smoke_unsaid", "equipment", detector);
    if (tested === null) return missing("smoke", "smoke_untested", "equipment", detector);
    if (tested === "works") return done("smoke", "smoke", "equipment");
    return warning("smoke", tested === "fails" ? "smoke_fails" : "smoke_not_tested", "equipment", detector);
  });
}

/** @param {Snapshot} snapshot @param {Wording} wording */
function alerts(snapshot, wording) {
  const items = snapshot.all("alert").map((alert) => {
    const outcome = mapping(alert.value("decision")).outcome;
    const params = { reason: wording.label("alert_reasons", alert.body.reason) };
    if (outcome === "proceed")
      return { ...missing("alert", "alert_proceed", "alert", alert, params), ok: true, blocking: false };
    return missing("alert", outcome === "stop" ? "alert_stop" : "alert_open", "alert", alert, params);
  });
  if (snapshot.inventory.value("interruption") !== null) items.push(missing("alert", "interrupted", "interrupt"));
  return items;
}

/** @param {Record<string, any>} values @param {string} name */
function said(values, name) {
  return typeof values[name] === "string" && filled(values[name]);
}
