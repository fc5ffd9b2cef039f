/** The part of a monthly amount that some of the month's days cost; the same rule as `fieldapp/domain/rent_share.py`. */

import { monthsAfter } from "./deadlines.js";
import { halfUp } from "./money.js";

/**
 * What the days from `first` to `last`, both included, cost in cents; 0 when there are none.
 * Counted from the month's first day: however a month is cut, its parts add up to the monthly amount.
 * @param {bigint} monthly @param {string} first ISO day @param {string} last ISO day @returns {bigint}
 */
export function rentFor(monthly, first, last) {
  const cost = sinceTheBeginning(monthly, last) - sinceTheBeginning(monthly, dayBefore(first));
  return cost > 0n ? cost : 0n;
}

/** The next day of the calendar. @param {string} day @returns {string} */
export function dayAfter(day) {
  return shifted(day, 1);
}

/** @param {string} day */
function dayBefore(day) {
  return shifted(day, -1);
}

/** @param {string} day @param {number} days */
function shifted(day, days) {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Whole months of the calendar before this day's month, then its own days. @param {bigint} monthly @param {string} day */
function sinceTheBeginning(monthly, day) {
  const month = BigInt(day.slice(0, 4)) * 12n + BigInt(day.slice(5, 7)) - 1n;
  const length = dayBefore(monthsAfter(`${day.slice(0, 7)}-01`, 1)).slice(8);
  return monthly * month + halfUp(monthly * BigInt(day.slice(8)), BigInt(length));
}
