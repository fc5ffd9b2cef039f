/** What should make somebody look twice at a charge before keeping it; the same rules as `fieldapp/domain/charge_doubt.py`. */

import { scaled } from "./money.js";

/** Defects that have a place and not the whole surface. */
const SPOTS = ["hole", "stain", "scratch", "chip", "burn"];
/** Up to how many square metres, in hundredths, a repair of spots is no whole wall; no text fixes it. */
const SPOT_AREA = 1_00n;

/**
 * What is odd about a line priced as `quantity` of `unit` for these defects; the line keeps its amount.
 * @param {{entry_state: string | null}} line @param {string | null} unit m2, m, piece, flat or hour
 * @param {string} quantity decimal text, at most two decimals @param {string[]} defects
 * @returns {("absent_at_entry" | "whole_surface_for_spots")[]}
 */
export function doubts(line, unit, quantity, defects) {
  /** @type {("absent_at_entry" | "whole_surface_for_spots")[]} */
  const found = line.entry_state === "absent" ? ["absent_at_entry"] : [];
  const spots = defects.length > 0 && defects.every((code) => SPOTS.includes(code));
  if (unit === "m2" && spots && scaled(quantity, 2) > SPOT_AREA) found.push("whole_surface_for_spots");
  return found;
}
