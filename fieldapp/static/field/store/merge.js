/**
 * Which of two writes to one field wins, and whether people must be shown that two devices disagreed.
 *
 * The rule of `sync/merge.py`, word for word: order by (clock stamp, device), so whoever has seen the same writes ends
 * with the same value.
 */

import { canonicalBytes } from "./canonical.js";

/** @typedef {{value: any, rev: number, hlc: string, device_id: string}} Current `rev` counts applied writes, from 1 */
/** @typedef {{value: any, base_rev: number, hlc: string, device_id: string}} Incoming */
/** @typedef {{wins: boolean, conflict: boolean, rev: number}} Outcome */

/**
 * Lets the later (hlc, device_id) win.
 *
 * Two devices conflict when they wrote different values and either the author did not know the current one, or the
 * write loses: a lost value of another device is always shown. A device never conflicts with itself.
 * @param {Current | null} current
 * @param {Incoming} incoming
 * @returns {Outcome}
 */
export function merge(current, incoming) {
  if (current === null) return { wins: true, conflict: false, rev: 1 };
  const wins = isLater(incoming, current);
  const unaware = incoming.base_rev !== current.rev || !wins;
  const conflict = unaware && incoming.device_id !== current.device_id && !sameValue(incoming.value, current.value);
  return { wins, conflict, rev: wins ? current.rev + 1 : current.rev };
}

/**
 * Tells whether the first write comes after the second in the order that everyone shares.
 * @param {{hlc: string, device_id: string}} one
 * @param {{hlc: string, device_id: string}} other
 */
export function isLater(one, other) {
  return one.hlc === other.hlc ? one.device_id > other.device_id : one.hlc > other.hlc;
}

/**
 * @param {unknown} one
 * @param {unknown} other
 */
export function sameValue(one, other) {
  if (one === other) return true;
  const [left, right] = [canonicalBytes(one), canonicalBytes(other)];
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
