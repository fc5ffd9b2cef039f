// The surroundings as a drawing: points become places on a square map around the dwelling, without any tile server. Pure.

/** @typedef {{kind: string, name: string, lines: string, detail: string, distance_m: number | null, lat_e7: number | null, lon_e7: number | null}} Place */
/** @typedef {{number: number, x: number, y: number, place: Place}} Mark */

export const SIDE = 720;
/** Metres a minute on foot. */
const PACE = 80;
const METRES_A_DEGREE = 111_320;
const LEAST_METRES = 450;

/** Minutes on foot; null for what has no distance. @param {number | null} metres */
export function minutesOnFoot(metres) {
  return metres === null ? null : Math.max(1, Math.ceil(metres / PACE));
}

/**
 * The places that have a point, numbered from the nearest, with where they are drawn; those that do not, by themselves.
 * @param {{lat_e7: number, lon_e7: number} | null} home
 * @param {Place[]} places
 */
export function drawn(home, places) {
  const around = places.filter((place) => place.lat_e7 !== null && place.lon_e7 !== null);
  const words = places.filter((place) => place.lat_e7 === null || place.lon_e7 === null);
  const listed = around.map((place, index) => ({ number: index + 1, place }));
  if (!home) return { marks: /** @type {Mark[]} */ ([]), listed, words, rings: [] };
  const offsets = around.map((place) => offset(home, place));
  const far = Math.max(LEAST_METRES, ...offsets.map(({ east, north }) => Math.hypot(east, north)));
  const scale = (SIDE * 0.44) / far;
  const marks = apart(
    around.map((place, index) => {
      const { east, north } = offsets[index] ?? { east: 0, north: 0 };
      return { number: index + 1, place, x: SIDE / 2 + east * scale, y: SIDE / 2 - north * scale };
    }),
  );
  const rings = [5, 10, 15]
    .map((minutes) => ({ minutes, radius: minutes * PACE * scale }))
    .filter(({ radius }) => radius <= SIDE * 0.48);
  return { marks, listed, words, rings };
}

/** Metres east and north of home. @param {{lat_e7: number, lon_e7: number}} home @param {Place} place */
function offset(home, place) {
  const lat = home.lat_e7 / 1e7;
  return {
    east: (((place.lon_e7 ?? 0) - home.lon_e7) / 1e7) * METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180),
    north: (((place.lat_e7 ?? 0) - home.lat_e7) / 1e7) * METRES_A_DEGREE,
  };
}

/** Marks that would cover each other or the dwelling step aside a little. @param {Mark[]} marks */
function apart(marks) {
  /** @type {Mark[]} */
  const placed = [];
  for (const mark of marks) {
    let { x, y } = mark;
    for (let turn = 0; turn < 24 && taken(placed, x, y); turn += 1) {
      const angle = turn * 0.8;
      x = mark.x + Math.cos(angle) * (14 + turn * 4);
      y = mark.y + Math.sin(angle) * (14 + turn * 4);
    }
    placed.push({ ...mark, x: inside(x), y: inside(y) });
  }
  return placed;
}

/** @param {Mark[]} placed @param {number} x @param {number} y */
function taken(placed, x, y) {
  // The pin stands above its point, its word below.
  const home = Math.hypot(x - SIDE / 2, y - SIDE / 2 + 8) < 62;
  return home || placed.some((mark) => Math.hypot(mark.x - x, mark.y - y) < 34);
}

/** @param {number} value */
function inside(value) {
  return Math.round(Math.min(SIDE - 20, Math.max(20, value)));
}
