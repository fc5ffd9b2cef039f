/**
 * Hybrid logical clock: stamps that follow the wall clock, never go back, and never fall behind what was seen.
 *
 * Kulkarni et al., Logical Physical Clocks (2014). A stamp is text that sorts as it orders: 13 digits of milliseconds
 * since 1970, a dash, 4 hexadecimal digits that count within one millisecond.
 */

export const ZERO = "0000000000000-0000";
const LAST_COUNT = 0xffff;

/**
 * Gives the stamp of a new event after `last`, at wall-clock `nowMs`.
 * @param {string} last
 * @param {number} nowMs
 */
export function tick(last, nowMs) {
  const { ms, counter } = read(last);
  return nowMs > ms ? stamp(nowMs, 0) : stamp(ms, counter + 1);
}

/**
 * Gives the clock after another device's stamp was seen: the next `tick` comes after both.
 * @param {string} last
 * @param {string} seen
 * @param {number} nowMs
 */
export function observe(last, seen, nowMs) {
  if (seen < last) return observe(last, last, nowMs);
  return nowMs > read(seen).ms ? stamp(nowMs, 0) : seen;
}

/**
 * Writes a stamp; a counter that is full carries into the next millisecond.
 * @param {number} milliseconds
 * @param {number} counter
 */
export function stamp(milliseconds, counter) {
  if (counter > LAST_COUNT) return stamp(milliseconds + 1, 0);
  return `${String(milliseconds).padStart(13, "0")}-${counter.toString(16).padStart(4, "0")}`;
}

/**
 * Splits a stamp; throws `RangeError` for anything else.
 * @param {string} text
 * @returns {{ms: number, counter: number}}
 */
export function read(text) {
  if (!/^\d{13}-[0-9a-f]{4}$/.test(text)) throw new RangeError("not a clock stamp");
  return { ms: Number(text.slice(0, 13)), counter: Number.parseInt(text.slice(14), 16) };
}
