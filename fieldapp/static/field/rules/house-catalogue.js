/** A landlord's own catalogue: what its rooms of each kind hold; the same rules as `fieldapp/domain/house_catalogue.py`. */

/** @typedef {Record<string, any>} Json */
/** A label of "" reads as the kind's own word. @typedef {{reference: string, kind: string, label: string, material: string}} UsualElement */

/**
 * What a room of a kind starts with: the landlord's lines and the coverings that they lack, or else what is ours.
 * @param {Json} catalogue
 * @param {Json | null} house
 * @param {string} roomKind
 * @returns {UsualElement[]}
 */
export function usualElements(catalogue, house, roomKind) {
  /** @type {UsualElement[]} */
  const own = (house?.rooms ?? []).find((/** @type {Json} */ room) => room.kind === roomKind)?.elements ?? [];
  if (own.length === 0) return oursOf(catalogue, roomKind).map((kind) => plain(kind, new Set()));
  const taken = new Set(own.map((element) => element.reference));
  return [...own, ...missingCoverings(catalogue, own, roomKind).map((kind) => plain(kind, taken))];
}

/**
 * The kinds of floor, wall and ceiling that our rooms of this kind have and these lines name in no way.
 * @param {Json} catalogue
 * @param {UsualElement[]} own
 * @param {string} roomKind
 */
function missingCoverings(catalogue, own, roomKind) {
  const surfaces = new Map(catalogue.elements.map((/** @type {Json} */ row) => [row.code, row.surface]));
  const there = new Set(own.map((element) => surfaces.get(element.kind)));
  return oursOf(catalogue, roomKind).filter((kind) => surfaces.get(kind) && !there.has(surfaces.get(kind)));
}

/** @param {Json} catalogue @param {string} roomKind @returns {string[]} */
function oursOf(catalogue, roomKind) {
  return catalogue.rooms.find((/** @type {Json} */ row) => row.code === roomKind)?.elements ?? [];
}

/** @param {string} kind @param {Set<string>} taken @returns {UsualElement} */
function plain(kind, taken) {
  return { reference: taken.has(kind) ? `${kind}-2` : kind, kind, label: "", material: "" };
}
