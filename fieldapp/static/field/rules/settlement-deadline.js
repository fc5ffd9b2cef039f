/** By when the deposit is returned, and what being late costs (loi 89-462, art. 22); the same rules as `fieldapp/domain/settlement_deadline.py`. */

import { monthsAfter } from "./deadlines.js";
import { halfUp } from "./money.js";

const PENALTY_PERCENT = 10n;

/**
 * The last day for returning the deposit: a month after the keys when the exit conforms to the entry, else two.
 * @param {string} keysReturnedOn @param {boolean} conforms @returns {string}
 */
export function depositDueBy(keysReturnedOn, conforms) {
  return monthsAfter(keysReturnedOn, conforms ? 1 : 2);
}

/** How many months of delay have begun on a day, each counted from the deadline itself. @param {string} dueBy @param {string} day */
export function monthsBegun(dueBy, day) {
  const apart =
    12 * (Number(day.slice(0, 4)) - Number(dueBy.slice(0, 4))) + Number(day.slice(5, 7)) - Number(dueBy.slice(5, 7));
  const months = Math.max(0, apart);
  return months + (monthsAfter(dueBy, months) < day ? 1 : 0);
}

/**
 * What the deposit grows by, in cents: 10 % of the monthly rent without charges for each month begun; nothing when no
 * new address was given.
 * @param {bigint} rent @param {string} dueBy @param {string} returnedOn @param {boolean} addressGiven @returns {bigint}
 */
export function latePenalty(rent, dueBy, returnedOn, addressGiven) {
  return addressGiven ? halfUp(rent * PENALTY_PERCENT * BigInt(monthsBegun(dueBy, returnedOn)), 100n) : 0n;
}
