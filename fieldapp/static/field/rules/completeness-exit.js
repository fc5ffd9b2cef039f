/** What a move-out has to say beyond an entry (art. 2, 2°); as `fieldapp/domain/completeness_exit.py`. */

import { belowEntry } from "./change.js";
import { done, missing, warning } from "./finding.js";
import { day, localDay, moment } from "./local-day.js";
import { TENANTS } from "./record-exit.js";
import { filled, mapping } from "./snapshot.js";

/** @typedef {import("./finding.js").Item} Item */
/** @typedef {import("./snapshot.js").Entity} Entity */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {import("./entry.js").Entries} Entries */
/** @typedef {import("./wording.js").Wording} Wording */

const KEY_RETURNS = ["in_hand", "agency", "caretaker", "registered_post", "not_yet"];
const FUELS = ["gas", "fuel_oil", "wood"];
/** @type {Record<string, string>} */
const SCREENS = { element: "room", meter: "meters", key: "keys", equipment: "equipment" };

/** Where each tenant goes, or that it was not said. @param {Snapshot} snapshot @param {boolean} asked @returns {Item[]} */
export function newAddress(snapshot, asked) {
  if (!asked) return [];
  const tenants = snapshot.all("party").filter((party) => TENANTS.includes(party.text("quality")));
  const items = tenants.flatMap((party) => {
    const { answer, text } = mapping(party.value("new_address"));
    const params = { name: party.text("name") };
    if (answer === "refused") return [warning("exit", "new_address_refused", "parties", party, params)];
    if (answer === "not_asked" && party.value("present") === false)
      return [warning("exit", "new_address_not_asked", "parties", party, params)];
    const given = answer === "given" && typeof text === "string" && filled(text);
    return given ? [] : [missing("exit", "new_address_missing", "parties", party, params)];
  });
  return items.length > 0 ? items : [done("exit", "new_address", "parties")];
}

/** The day of the entry inventory, which cannot lie after the exit. @param {Snapshot} snapshot @param {Entries} entries @returns {Item[]} */
export function entryDate(snapshot, entries) {
  if (entries.origin === "none") return [warning("exit", "entry_none", "check")];
  if (entries.origin === "obstructed") return [warning("exit", "entry_obstructed", "check")];
  const entry = day(entries.establishedOn);
  if (entry === null) return [missing("exit", "entry_date_missing", "check")];
  if (isBefore(snapshot, entries, entry)) return [missing("exit", "exit_before_entry", "check", null, { entry })];
  return [done("exit", "entry_date", "check", { entry })];
}

/** @param {Snapshot} snapshot @param {Entries} entries @param {string} entered */
function isBefore(snapshot, entries, entered) {
  const established = snapshot.inventory.value("established_at");
  const [exitAt, entryAt] = [moment(established), moment(entries.header.established_at)];
  if (exitAt && entryAt) return exitAt < entryAt;
  const left = localDay(established, snapshot.zone);
  return left !== null && left < entered;
}

/** How and when the keys came back. @param {Snapshot} snapshot @param {Entries} entries @returns {Item[]} */
export function keysReturn(snapshot, entries) {
  const said = mapping(snapshot.inventory.value("keys_returned"));
  const on = day(said.on);
  const established = localDay(snapshot.inventory.value("established_at"), snapshot.zone);
  const entry = day(entries.establishedOn);
  if (!KEY_RETURNS.includes(said.how)) return [missing("exit", "keys_return_missing", "keys")];
  if (said.how === "not_yet") return [warning("exit", "keys_not_returned", "keys")];
  if (on === null) return [missing("exit", "keys_return_undated", "keys")];
  if (established && on > established)
    return [missing("exit", "keys_return_future", "keys", null, { on, established })];
  if (entry && on < entry) return [missing("exit", "keys_return_before_entry", "keys", null, { on, entry })];
  const items = [done("exit", "keys_returned", "keys", { on })];
  const proven = typeof said.proof === "string" && filled(said.proof);
  if (said.how !== "in_hand" && !proven) items.push(warning("exit", "keys_proof_missing", "keys"));
  return items;
}

/** Meters that stand lower than at the entry. @param {Snapshot} snapshot @param {Entries} entries @param {Wording} wording @returns {Item[]} */
export function readings(snapshot, entries, wording) {
  return snapshot
    .all("meter")
    .filter((meter) => meter.value("state") === "read" && belowEntry(meter, entries))
    .map((meter) => {
      const label = wording.own(meter.text("label"), "meters", meter.value("meter_kind"));
      return warning("exit", "meter_below_entry", "meters", meter, { meter: label });
    });
}

/** What was typed from paper and nobody confirmed. @param {Snapshot} snapshot @param {Entries} entries @returns {Item[]} */
export function typed(snapshot, entries) {
  if (entries.origin !== "imported") return [];
  const waiting = Object.keys(SCREENS).flatMap((kind) =>
    snapshot
      .all(kind)
      .filter((thing) => (kind !== "element" || snapshot.find(thing.value("room_id"))) && isUnconfirmed(thing)),
  );
  const [first] = waiting;
  if (!first) return [];
  const item = missing("exit", "typed_unconfirmed", SCREENS[first.kind] ?? "room", first, { count: waiting.length });
  return [{ ...item, target: { ...item.target, room_id: first.text("room_id") || null } }];
}

/** @param {Entity} thing */
function isUnconfirmed(thing) {
  const said = mapping(thing.value("typed_entry"));
  return Object.keys(said).length > 0 && said.confirmed !== true;
}

/** Certificates of the boiler's yearly maintenance and of the swept chimney. @param {Snapshot} snapshot @returns {Item[]} */
export function maintenance(snapshot) {
  return snapshot
    .all("equipment")
    .filter((thing) => !thing.flag("certificate_seen") && (isOwnBoiler(thing) || isChimney(thing)))
    .map((thing) => warning("exit", "maintenance_unseen", "equipment", thing, { kind: thing.text("equipment_kind") }));
}

/** @param {Entity} thing */
function isOwnBoiler(thing) {
  const burns = thing.text("scope") === "individual" && FUELS.includes(thing.text("energy"));
  return thing.text("equipment_kind") === "heating" && burns;
}

/** @param {Entity} thing */
function isChimney(thing) {
  return thing.text("equipment_kind") === "chimney" && thing.value("present") !== false;
}
