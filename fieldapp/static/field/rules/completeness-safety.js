/** What comes before the keys: insurance, smoke detector, alerts; as `completeness_safety.py`. */

import { done, missing, warning } from "./finding.js";
import { day, localDay } from "./local-day.js";
import { mapping, said } from "./snapshot.js";

/** @typedef {import("./finding.js").Item} Item */
/** @typedef {import("./snapshot.js").Snapshot} Snapshot */
/** @typedef {import("./wording.js").Wording} Wording */

/** @param {Snapshot} snapshot @param {boolean} asked */
export function insurance(snapshot, asked) {
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
export function smoke(snapshot, asked) {
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
export function alerts(snapshot, wording) {
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

/**
 * The inventory of a furnished dwelling's furniture, with how many of each (loi 89-462, art. 25-5).
 * @param {Snapshot} snapshot @param {Wording} wording @returns {Item[]}
 */
export function furniture(snapshot, wording) {
  if (snapshot.contextOf("tenancy").furnished !== true) return [];
  const pieces = snapshot
    .all("room")
    .flatMap((room) => snapshot.elementsOf(room))
    .filter((element) => wording.row("elements", element.value("element_kind")).furniture === true);
  const uncounted = pieces.filter(
    (piece) => piece.value("state") !== "absent" && !Number.isInteger(piece.value("quantity")),
  );
  const [first] = uncounted;
  if (pieces.length === 0) return [missing("furniture", "furniture_missing", "rooms")];
  if (!first) return [done("furniture", "furniture", "rooms", { count: pieces.length })];
  const element = wording.own(first.text("label"), "elements", first.value("element_kind"));
  const item = missing("furniture", "furniture_uncounted", "room", first, { count: uncounted.length, element });
  return [{ ...item, target: { ...item.target, room_id: first.text("room_id") } }];
}
