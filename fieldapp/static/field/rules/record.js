/** The record: the one document that the parties read, sign and receive, built from an inventory's state. */

import { bondOf, spouseOf } from "./completeness-papers.js";
import { Marks } from "./evidence-photos.js";
import { withEntry } from "./record-exit.js";
import { rightsOf } from "./rights.js";
import { compare, Snapshot } from "./snapshot.js";
import { Wording } from "./wording.js";

/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {Record<string, any>} Json */

export const FORMAT = "fieldapp.record/1";
/** The items of décret 2016-382 art. 2, 1°; a lease kind that knows fewer says so in the catalogue. */
export const CLAUSES = [..."abcdefghi"];

/**
 * What was seen, by whom, where and when, in the words of the inventory's language. Its canonical bytes are equal to
 * those of `fieldapp/domain/record.py`; throws NoInventory.
 * @param {import("./snapshot.js").State} state
 * @param {Json} catalogue
 * @param {Json} legal
 * @returns {Json}
 */
export function buildRecord(state, catalogue, legal) {
  const snapshot = new Snapshot(state);
  const wording = new Wording(catalogue, snapshot.language);
  const lease = wording.row("lease_kinds", snapshot.leaseKind);
  const marks = new Marks(snapshot, wording);
  const inventory = snapshot.inventory;
  const rooms = snapshot.all("room").map((room, index) => roomOf(index + 1, room, snapshot, wording, marks));
  const elements = rooms.flatMap((room) => room.elements);
  const keys = snapshot.all("key").map((key) => keyOf(key, wording, marks));
  const meters = snapshot.all("meter").map((meter) => meterOf(meter, wording, marks));
  const alerts = snapshot.all("alert").sort((a, b) => compare(a.body.at ?? "", b.body.at ?? "") || compare(a.id, b.id));
  const record = {
    format: FORMAT,
    id: inventory.id,
    kind: inventory.text("kind"),
    number: inventory.text("number"),
    language: snapshot.language,
    lease_kind: snapshot.leaseKind,
    catalogue_version: catalogue.version ?? null,
    legal_version: legal.version ?? null,
    established_at: inventory.value("established_at"),
    keys_handed_at: inventory.value("keys_handed_at"),
    zone: snapshot.zone,
    context: snapshot.context,
    insurance: inventory.value("insurance"),
    remark: inventory.text("remark"),
    parties: snapshot.all("party").map((party) => partyOf(party, snapshot, wording)),
    rooms,
    meters,
    keys,
    equipment: snapshot.all("equipment").map((thing) => equipmentOf(thing, wording, marks)),
    alerts: alerts.map((alert) => alertOf(alert, wording)),
    photos: marks.photos,
    counts: {
      rooms: rooms.length,
      elements: elements.length,
      filled_at_one_touch: elements.filter((element) => element.filled_at_one_touch).length,
      photos: marks.photos.length,
      keys: keys.reduce((sum, key) => sum + (key.quantity ?? 0), 0),
      meters: meters.length,
    },
    labels: {
      kind: wording.label("inventory_kinds", inventory.text("kind")),
      lease_kind: wording.label("lease_kinds", snapshot.leaseKind),
      premises: wording.pick(lease.premises),
      basis: wording.pick(lease.basis),
      states: wording.labels("states"),
      letters: wording.labels("states", "letter"),
      words: wording.labels("states", "words"),
    },
    legal: {
      clauses: [
        ...(legal.clauses ?? []).filter((/** @type {Json} */ clause) =>
          (lease.clauses ?? CLAUSES).includes(clause.code),
        ),
        ...(inventory.text("kind") === "move_out" ? (legal.exit_clauses ?? []) : []),
      ].map((/** @type {Json} */ clause) => ({
        code: clause.code ?? "",
        article: wording.pick(clause.article),
        text: wording.pick(clause.text),
      })),
      rights: rightsOf(snapshot, catalogue, legal),
      together: wording.pick(legal.together),
      photographs: wording.pick(legal.photographs),
      read_on: legal.read_on ?? null,
    },
  };
  const house = inventory.value("house_catalogue");
  return withEntry(house ? { ...record, house_catalogue: house } : record, snapshot, wording);
}

/** @param {Entity} party @param {Snapshot} snapshot @param {Wording} wording @returns {Json} */
function partyOf(party, snapshot, wording) {
  return {
    ...bondSaid(party, spouseOf(snapshot, party), wording),
    id: party.id,
    name: party.text("name"),
    quality: party.text("quality"),
    quality_label: wording.label("qualities", party.value("quality")),
    represents: party.value("represents"),
    mandate: party.text("mandate"),
    domicile: party.text("domicile"),
    identity_seen: party.text("identity_seen"),
    identity_label: wording.label("identities", party.value("identity_seen")),
  };
}

/** To whom a holder of the lease is bound; nothing for everybody else. @param {Entity} party @param {Entity | null} spouse @param {Wording} wording @returns {Json} */
function bondSaid(party, spouse, wording) {
  if (!spouse) return {};
  const bond = bondOf(party, spouse);
  return { spouse: spouse.id, bond, bond_label: wording.label("bonds", bond) };
}

/** @param {number} number @param {Entity} room @param {Snapshot} snapshot @param {Wording} wording @param {Marks} marks @returns {Json} */
function roomOf(number, room, snapshot, wording, marks) {
  return {
    id: room.id,
    kind: room.text("room_kind"),
    label: wording.own(room.text("label"), "rooms", room.value("room_kind")),
    no: number,
    elements: snapshot
      .elementsOf(room)
      .map((element, index) => elementOf(`${number}.${String(index + 1).padStart(2, "0")}`, element, wording, marks)),
    photos: marks.of(room.id),
  };
}

/** @param {string} ref @param {Entity} element @param {Wording} wording @param {Marks} marks @returns {Json} */
function elementOf(ref, element, wording, marks) {
  const kind = element.value("element_kind");
  const written = element.value("defects");
  const defects = (Array.isArray(written) ? written : []).filter((code) => typeof code === "string");
  const surface = wording.row("elements", kind).surface;
  return {
    id: element.id,
    ref,
    kind: element.text("element_kind"),
    label: wording.own(element.text("label"), "elements", kind),
    surface: typeof surface === "string" ? surface : null,
    material: wording.said(element.text("material"), "materials"),
    state: element.value("state"),
    state_label: wording.label("states", element.value("state")),
    filled_at_one_touch: element.flag("filled_at_one_touch"),
    defects,
    defect_labels: defects.map((/** @type {string} */ code) => wording.label("defects", code)),
    working: element.value("working"),
    working_label: wording.label("workings", element.value("working")),
    cleanliness: element.value("cleanliness"),
    cleanliness_label: wording.label("cleanliness", element.value("cleanliness")),
    quantity: element.value("quantity"),
    note: element.text("note"),
    promise: element.value("promise"),
    photos: marks.of(element.id),
  };
}

/** @param {Entity} meter @param {Wording} wording @param {Marks} marks @returns {Json} */
function meterOf(meter, wording, marks) {
  const kind = meter.value("meter_kind");
  return {
    id: meter.id,
    kind: meter.text("meter_kind"),
    kind_label: wording.label("meters", kind),
    label: wording.own(meter.text("label"), "meters", kind),
    serial: meter.text("serial"),
    place: meter.text("place"),
    point: meter.text("point"),
    unit: meter.text("unit"),
    index: meter.text("index"),
    index_low: meter.text("index_low"),
    state: meter.value("state"),
    state_label: wording.label("meter_states", meter.value("state")),
    reason: meter.text("reason"),
    photos: marks.of(meter.id),
  };
}

/** @param {Entity} key @param {Wording} wording @param {Marks} marks @returns {Json} */
function keyOf(key, wording, marks) {
  const kind = key.value("key_kind");
  const quantity = key.value("quantity");
  return {
    id: key.id,
    kind: key.text("key_kind"),
    kind_label: wording.label("keys", kind),
    label: wording.own(key.text("label"), "keys", kind),
    destination: key.text("destination"),
    quantity: Number.isInteger(quantity) ? quantity : null,
    number: key.text("number"),
    photos: marks.of(key.id),
  };
}

/** @param {Entity} thing @param {Wording} wording @param {Marks} marks @returns {Json} */
function equipmentOf(thing, wording, marks) {
  const kind = thing.value("equipment_kind");
  return {
    id: thing.id,
    kind: thing.text("equipment_kind"),
    kind_label: wording.label("equipment", kind),
    label: wording.own(thing.text("label"), "equipment", kind),
    present: thing.value("present"),
    place: thing.text("place"),
    installed_on: thing.value("installed_on"),
    tested: thing.value("tested"),
    tested_label: wording.label("tests", thing.value("tested")),
    energy: thing.text("energy"),
    scope: thing.text("scope"),
    last_maintenance: thing.value("last_maintenance"),
    certificate_seen: thing.value("certificate_seen"),
    note: thing.text("note"),
    photos: marks.of(thing.id),
  };
}

/** @param {Entity} alert @param {Wording} wording @returns {Json} */
function alertOf(alert, wording) {
  return {
    reason: alert.body.reason || "",
    reason_label: wording.label("alert_reasons", alert.body.reason),
    text: alert.body.text || "",
    decision: alert.value("decision"),
  };
}
