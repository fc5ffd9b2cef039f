/** Deadlines: the days until which a tenant may still ask; the same rules as `fieldapp/domain/deadline.py`. Days are ISO text. */

const DAY = 86_400_000;
/** How long after its establishment a move-in inventory may be completed (loi 89-462, art. 3-2). */
const WINDOW_DAYS = 10;
/** Month and day on which the heating season is taken to begin; no text fixes it. @type {[number, number]} */
const SEASON_OPENS = [10, 15];

/**
 * The last day on which the tenant may ask to complete the inventory, held open to the next working day.
 * @param {string} establishedOn @returns {string}
 */
export function tenDaysUntil(establishedOn) {
  return workingDayFrom(iso(utc(establishedOn) + WINDOW_DAYS * DAY));
}

/**
 * First and last day of the month in which the heating elements may still be completed.
 * @param {string} establishedOn @param {[number, number]} [opens] @returns {[string, string]}
 */
export function heatingMonth(establishedOn, opens = SEASON_OPENS) {
  const year = Number(establishedOn.slice(0, 4));
  let first = seasonOf(year, opens);
  let last = workingDayFrom(monthsAfter(first, 1));
  if (establishedOn > last) {
    first = seasonOf(year + 1, opens);
    last = workingDayFrom(monthsAfter(first, 1));
  }
  return [[first, establishedOn].sort()[1] ?? first, last];
}

/** The same day of a later month, or that month's last day when it is shorter. @param {string} day @param {number} months */
export function monthsAfter(day, months) {
  const target = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const last = new Date(Date.UTC(Math.floor(target / 12), (target % 12) + 1, 0)).getUTCDate();
  return iso(Date.UTC(Math.floor(target / 12), target % 12, Math.min(Number(day.slice(8)), last)));
}

/** This day, or the first after it that is neither Saturday, Sunday nor public holiday. @param {string} day @returns {string} */
export function workingDayFrom(day) {
  let at = day;
  while ([0, 6].includes(new Date(utc(at)).getUTCDay()) || publicHolidays(Number(at.slice(0, 4))).has(at)) {
    at = iso(utc(at) + DAY);
  }
  return at;
}

/** The eleven public holidays of mainland France. @param {number} year @returns {Set<string>} */
export function publicHolidays(year) {
  const easter = utc(easterSunday(year));
  const moving = [1, 39, 50].map((days) => iso(easter + days * DAY));
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
  return new Set([...moving, ...fixed.map((day) => `${String(year).padStart(4, "0")}-${day}`)]);
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm). @param {number} year @returns {string} */
export function easterSunday(year) {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const leap = Math.floor(century / 4);
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - leap - correction + 15) % 30;
  const quarter = Math.floor(rest / 4);
  const raw = 32 + 2 * (century % 4) + 2 * quarter - moon - (rest % 4);
  const sunday = ((raw % 7) + 7) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451);
  const sum = moon + sunday - 7 * late + 114;
  return iso(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1));
}

/** @param {number} year @param {[number, number]} opens */
function seasonOf(year, opens) {
  return iso(Date.UTC(year, opens[0] - 1, opens[1]));
}

/** @param {string} day */
function utc(day) {
  return Date.parse(`${day}T00:00:00.000Z`);
}

/** @param {number} time */
function iso(time) {
  return new Date(time).toISOString().slice(0, 10);
}
