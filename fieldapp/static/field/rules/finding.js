/** One finding of the check before signing: what the law asks for, and whether it is there. */

/**
 * @typedef {import("./snapshot.js").Entity} Entity
 * @typedef {Record<string, string | number>} Params
 * @typedef {{clause: string, code: string, ok: boolean, blocking: boolean, params: Params,
 *   target: {screen: string, entity_id: string | null, room_id: string | null}}} Item
 */

/**
 * @param {string} clause @param {string} code @param {string} screen @param {Entity | null} [entity] @param {Params} [params]
 * @returns {Item}
 */
export function missing(clause, code, screen, entity = null, params = {}) {
  return {
    clause,
    code,
    ok: false,
    blocking: true,
    params,
    target: { screen, entity_id: entity?.id ?? null, room_id: null },
  };
}

/**
 * @param {string} clause @param {string} code @param {string} screen @param {Entity | null} [entity] @param {Params} [params]
 * @returns {Item}
 */
export function warning(clause, code, screen, entity = null, params = {}) {
  return { ...missing(clause, code, screen, entity, params), blocking: false };
}

/** @param {string} clause @param {string} code @param {string} screen @param {Params} [params] @returns {Item} */
export function done(clause, code, screen, params = {}) {
  return { clause, code, ok: true, blocking: false, params, target: { screen, entity_id: null, room_id: null } };
}
