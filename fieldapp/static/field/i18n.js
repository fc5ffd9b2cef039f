// Says a sentence in the language of the tablet.

/** @typedef {"fr" | "en"} Language */
/** @typedef {{fr: string, en: string}} Words  A label of the catalogue. */

export const LANGUAGES = /** @type {const} */ (["fr", "en"]);
const LOCALES = { fr: "fr-FR", en: "en-GB" };
const NO_BREAK = "\u00a0";

/** @type {Language} */
let language = "fr";
/** @type {Record<string, string>} */
let messages = {};
const changes = new EventTarget();

/** @returns {Language} the language spoken now */
export function spoken() {
  return language;
}

/**
 * Changes the language of every later sentence; French needs no file.
 * @param {Language} wanted
 */
export async function speak(wanted) {
  if (wanted === "fr") {
    messages = {};
  } else {
    const file = await import(new URL(`./messages.${wanted}.json`, import.meta.url).href, { with: { type: "json" } });
    messages = file.default;
  }
  language = wanted;
  if (typeof document !== "undefined") document.documentElement.lang = wanted;
  changes.dispatchEvent(new Event("change"));
}

/**
 * Calls back after each change of language; returns what stops it.
 * @param {() => void} listener
 */
export function onLanguage(listener) {
  changes.addEventListener("change", listener);
  return () => changes.removeEventListener("change", listener);
}

/**
 * Translates a French sentence; `{name}` is replaced by `params.name`.
 * @param {string} sentence
 * @param {Record<string, string | number>} [params]
 */
export function t(sentence, params = {}) {
  return typeset(
    (messages[sentence] ?? sentence).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole)),
  );
}

/** French signs never begin a line: for what others wrote, too. @param {string} text */
export function typeset(text) {
  return language === "fr" ? text.replace(/ (?=[:;?!»%])/g, NO_BREAK).replace(/« /g, `«${NO_BREAK}`) : text;
}

/**
 * Chooses between one and many by the rule of the language (0 is singular in French), then translates.
 * `{count}` is always known.
 * @param {string} one
 * @param {string} many
 * @param {number} count
 * @param {Record<string, string | number>} [params]
 */
export function n(one, many, count, params = {}) {
  const single = language === "fr" ? Math.abs(count) < 2 : count === 1;
  return t(single ? one : many, { count, ...params });
}

/**
 * Reads a label of the catalogue.
 * @param {Words | undefined} words
 */
export function label(words) {
  return words ? typeset(words[language] || words.fr) : "";
}

/** @type {Intl.DateTimeFormatOptions} */
const WHOLE_DAY = { weekday: "long", day: "numeric", month: "long", year: "numeric" };

/**
 * Says day and time of an instant where the dwelling is, as in "vendredi 20 novembre 2026, 9 h 30".
 * @param {string} instant
 * @param {string} zone IANA zone of the dwelling
 */
export function dayAndTime(instant, zone) {
  return `${day(instant, { ...WHOLE_DAY, timeZone: zone })}, ${clock(instant, zone)}`;
}

/**
 * Says a day, as in "vendredi 20 novembre 2026".
 * @param {string | Date} when ISO date, or an instant, whose day is that of `shape.timeZone`, else of the tablet
 * @param {Intl.DateTimeFormatOptions} [shape]
 */
export function day(when, shape = WHOLE_DAY) {
  const date = typeof when === "string" && when.length === 10 ? new Date(`${when}T12:00:00`) : new Date(when);
  const text = new Intl.DateTimeFormat(LOCALES[language], shape).format(date);
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1);
}

/**
 * Says the time of day, as in "9 h 30".
 * @param {string | Date} instant
 * @param {string} [zone] IANA zone of the dwelling
 */
export function clock(instant, zone = "Europe/Paris") {
  const parts = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: zone }).formatToParts(
    new Date(instant),
  );
  const hour = Number(parts.find((part) => part.type === "hour")?.value ?? 0);
  const minute = parts.find((part) => part.type === "minute")?.value ?? "00";
  return language === "fr" ? `${hour}${NO_BREAK}h${NO_BREAK}${minute}` : `${hour}:${minute}`;
}

/**
 * Writes a number with the separators of the language.
 * @param {number} value
 * @param {number} [decimals] at most
 */
export function figure(value, decimals = 1) {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: decimals }).format(value);
}
