/** The public holidays where a dwelling stands; the same rules as `fieldapp/domain/public_holidays.py`. Days are ISO text. */

import { easterSunday, publicHolidays } from "./deadlines.js";

const DAY = 86_400_000;
const ALSACE_MOSELLE = new Set(["57", "67", "68"]);
/** Month and day on which the abolition of slavery is commemorated. @type {Record<string, string>} */
const ABOLITION = {
  971: "05-27",
  972: "05-22",
  973: "06-10",
  974: "12-20",
  976: "04-27",
  977: "10-09",
  978: "05-28",
};
/** Postcodes that Guadeloupe kept for the islands that left it. @type {Record<string, string>} */
const ISLANDS = { 97133: "977", 97150: "978" };

/** The department of a French postcode: `29`, `2A`, `974`; empty for another text. @param {string} postcode @returns {string} */
export function departmentOf(postcode) {
  const digits = postcode.replace(/\s/gu, "");
  if (!/^[0-9]{5}$/u.test(digits)) return "";
  if (ISLANDS[digits]) return ISLANDS[digits];
  if (digits.startsWith("97") || digits.startsWith("98")) return digits.slice(0, 3);
  if (digits.startsWith("20")) return digits < "20200" ? "2A" : "2B";
  return digits.slice(0, 2);
}

/**
 * The public holidays of a year in a department; those of mainland France for one that is not known.
 * @param {string} department @param {number} year @returns {Set<string>}
 */
export function holidaysIn(department, year) {
  const national = publicHolidays(year);
  const written = String(year).padStart(4, "0");
  if (ALSACE_MOSELLE.has(department)) {
    return national.add(plus(easterSunday(year), -2)).add(`${written}-12-26`);
  }
  const own = ABOLITION[department];
  return own ? national.add(`${written}-${own}`) : national;
}

/**
 * This day, or the first after it that is neither Saturday, Sunday nor public holiday in the department.
 * @param {string} department @param {string} day @returns {string}
 */
export function workingDayIn(department, day) {
  let at = day;
  while (
    [0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay()) ||
    holidaysIn(department, Number(at.slice(0, 4))).has(at)
  ) {
    at = plus(at, 1);
  }
  return at;
}

/** A day so many days later. @param {string} day @param {number} days @returns {string} */
export function plus(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}
