// The day as a way: from the first appointment to the nearest next one, as the crow flies. Pure.

/** @typedef {{lat_e7: number, lon_e7: number}} Point */
/** @typedef {{starts_at: string, dwelling_summary?: {point?: Point | null} | null}} Stop */

const EARTH = 6_371_000;
const RADIANS = Math.PI / 180 / 1e7;

/** Metres between two points, by the haversine formula, as `fieldapp/domain/distance.py`. @param {Point} one @param {Point} other */
export function metresBetween(one, other) {
  const [lat, there] = [one.lat_e7 * RADIANS, other.lat_e7 * RADIANS];
  const up = Math.sin((there - lat) / 2) ** 2;
  const along = Math.sin(((other.lon_e7 - one.lon_e7) * RADIANS) / 2) ** 2;
  return Math.round(2 * EARTH * Math.asin(Math.sqrt(up + Math.cos(lat) * Math.cos(there) * along)));
}

/** @param {Stop} stop @returns {Point | null} */
function pointOf(stop) {
  return stop.dwelling_summary?.point ?? null;
}

/** Whether there is a way to tell: two places that differ. @param {Stop[]} stops */
export function hasRoute(stops) {
  const places = new Set(
    stops.flatMap((stop) => pointOf(stop) ?? []).map(({ lat_e7, lon_e7 }) => `${lat_e7} ${lon_e7}`),
  );
  return places.size > 1;
}

/**
 * The stops, nearest next one first, each with its distance from the one before; the day begins with its first appointment.
 * What has no point keeps its hour and comes last, with no distance.
 * @template {Stop} S
 * @param {S[]} stops
 * @returns {{stop: S, metres: number | null}[]}
 */
export function inRouteOrder(stops) {
  const byTime = [...stops].sort((a, b) => (a.starts_at < b.starts_at ? -1 : a.starts_at > b.starts_at ? 1 : 0));
  const left = byTime.filter(pointOf);
  /** @type {{stop: S, metres: number | null}[]} */
  const way = [];
  let here = /** @type {Point | null} */ (null);
  while (left.length > 0) {
    const from = here;
    const far = left.map((stop) => (from ? metresBetween(from, /** @type {Point} */ (pointOf(stop))) : 0));
    const at = from ? far.indexOf(Math.min(...far)) : 0;
    const [stop] = left.splice(at, 1);
    if (!stop) break;
    way.push({ stop, metres: from ? (far[at] ?? null) : null });
    here = pointOf(stop);
  }
  return [...way, ...byTime.filter((stop) => !pointOf(stop)).map((stop) => ({ stop, metres: null }))];
}
