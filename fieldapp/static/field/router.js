// Turns the address after `#` into a screen, loaded the first time it is wanted.

/**
 * @typedef {object} Route
 * @property {string} screen file in screens/, and tag `fa-<screen>-screen`
 * @property {string | null} inventoryId
 * @property {string[]} params what follows the screen's name
 */

/** Screens that need no inventory. */
const PLACES = new Set(["enrol", "unlock", "day"]);

/** Screens of one inventory, by the word in the address. */
const STEPS = new Set([
  "room",
  "meters",
  "keys",
  "equipment",
  "parties",
  "check",
  "review",
  "sign",
  "receipt",
  "copy",
  "advice",
  "estimate",
  "alert",
  "interrupt",
  "returned",
]);

/** Screens of a visit, by the word in the address; from `checks` on, those of a technical one, then of an addendum. */
const SALE_STEPS = new Set([
  "present",
  "candidate",
  "sign",
  "copy",
  "snags",
  "end",
  "checks",
  "works",
  "points",
  "meters",
  "approve",
  "amend",
  "amend-sign",
]);

/**
 * Reads an address; whatever it does not know leads to the day.
 * @param {string} hash
 * @returns {Route}
 */
export function parse(hash) {
  const [place = "", ...rest] = hash
    .replace(/^#?\/?/, "")
    .split("/")
    .map(decodeURIComponent)
    .filter(Boolean);
  const [id, step, ...params] = rest;
  if (place === "inventory" && id) {
    if (step === undefined) return { screen: "overview", inventoryId: id, params: [] };
    if (STEPS.has(step)) return { screen: step, inventoryId: id, params };
    return { screen: "overview", inventoryId: id, params: [] };
  }
  if (place === "visit" && id) {
    const known = step !== undefined && SALE_STEPS.has(step);
    return { screen: known ? `sale-${step}` : "sale", inventoryId: id, params: known ? params : [] };
  }
  return { screen: PLACES.has(place) ? place : "day", inventoryId: null, params: [] };
}

/**
 * Writes the address of a step of an inventory.
 * @param {string} inventoryId
 * @param {...string} steps
 */
export function path(inventoryId, ...steps) {
  return `#/${["inventory", inventoryId, ...steps].map(encodeURIComponent).join("/")}`;
}

/**
 * Writes the address of a step of a sales visit.
 * @param {string} visitId
 * @param {...string} steps
 */
export function salePath(visitId, ...steps) {
  return `#/${["visit", visitId, ...steps].map(encodeURIComponent).join("/")}`;
}

/**
 * Writes the address where a visit begins, by what it is for.
 * @param {string} visitId
 * @param {string | null | undefined} purpose
 */
export function homeOf(visitId, purpose) {
  if (purpose === "addendum") return salePath(visitId, "amend");
  return purpose ? salePath(visitId, "checks") : salePath(visitId);
}

/**
 * Goes to an address; `replace` leaves no step behind for the back button.
 * @param {string} hash
 * @param {{replace?: boolean}} [how]
 */
export function go(hash, { replace = false } = {}) {
  if (replace) {
    history.replaceState(null, "", hash);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    location.hash = hash;
  }
}

/**
 * Loads the module of a screen and makes its element, not yet in the page.
 * @param {Route} route
 */
export async function build(route) {
  await import(`./screens/${route.screen}.js`);
  return document.createElement(`fa-${route.screen}-screen`);
}
