/** Moments read as days where the dwelling stands, and days written out in words; days are ISO text here. */

const FRENCH = {
  weekdays: "dimanche lundi mardi mercredi jeudi vendredi samedi".split(" "),
  months: "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(" "),
};
const ENGLISH = {
  weekdays: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" "),
  months: "January February March April May June July August September October November December".split(" "),
};

/** The moment of `2026-11-21T09:30:00.000Z`; null for anything else. @param {unknown} text @returns {Date | null} */
export function moment(text) {
  if (typeof text !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(text))
    return null;
  const when = new Date(text);
  // `new Date` takes 31 February for 3 March: only what reads back unchanged is a moment.
  return !Number.isNaN(when.getTime()) && when.toISOString() === text ? when : null;
}

/** The calendar day of a UTC moment in an IANA zone. @param {unknown} text @param {string} zone @returns {string | null} */
export function localDay(text, zone) {
  const when = moment(text);
  if (!when) return null;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(when);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`;
}

/** The same text when it is a real day, `2026-11-21`; null for anything else. @param {unknown} text @returns {string | null} */
export function day(text) {
  return typeof text === "string" && moment(`${text}T00:00:00.000Z`) ? text : null;
}

/**
 * A day with its weekday: `mardi 1er décembre 2026`, `Tuesday 1 December 2026`.
 * @param {string} value @param {string} language @returns {string}
 */
export function longDay(value, language) {
  const words = language === "en" ? ENGLISH : FRENCH;
  const when = new Date(`${value}T00:00:00.000Z`);
  const number = when.getUTCDate() === 1 && words === FRENCH ? "1er" : String(when.getUTCDate());
  return `${words.weekdays[when.getUTCDay()]} ${number} ${words.months[when.getUTCMonth()]} ${when.getUTCFullYear()}`;
}
