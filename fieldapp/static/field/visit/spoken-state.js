// The state as it would read in another language, for pages that nobody signs.

/** @typedef {import("../rules/snapshot.js").State} State */

/**
 * The same state, its inventory in `language`; the one given is left as it was.
 * @param {State} state
 * @param {string} language
 * @returns {State}
 */
export function inLanguage(state, language) {
  const found = Object.entries(state.entities).find(([, entity]) => entity.kind === "inventory");
  if (!found) return state;
  const [id, inventory] = found;
  return { entities: { ...state.entities, [id]: { ...inventory, fields: { ...inventory.fields, language } } } };
}
