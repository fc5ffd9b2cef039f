// Where answers went that were written here after others had signed: not into the document, but to the office.

import { html, nothing } from "lit";
import { n, t } from "../i18n.js";
import { elementName, roomName } from "../visit/words.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/** @param {Draft} draft @param {any} catalogue */
export function keptApart(draft, catalogue) {
  const apart = draft.inventory.apart();
  if (apart.length === 0) return nothing;
  const names = [...new Set(apart.map((each) => subject(draft, catalogue, apart, each)))];
  return html`<section class="notice" aria-labelledby="kept-apart">
    <h2 id="kept-apart">${n("{count} réponse est arrivée après la signature", "{count} réponses sont arrivées après la signature", apart.length)}</h2>
    <p>${t("Ce dossier a été signé sur une autre tablette. Le document signé ne change pas. Ce que vous aviez noté ici n’est pas perdu : le bureau l’a reçu et le regarde.")}</p>
    <ul>${names.map((name) => html`<li>${name}</li>`)}</ul>
  </section>`;
}

/**
 * What an answer was about; of something that was added too late, only its answers know the name.
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {import("../store/header.js").Apart[]} apart
 * @param {import("../store/header.js").Apart} one
 */
function subject(draft, catalogue, apart, { entityId, kind }) {
  const late = apart.filter((each) => each.entityId === entityId).map(({ field, value }) => [field, value]);
  const item = { id: entityId, ...Object.fromEntries(late), ...draft.get(entityId)?.fields };
  if (kind === "room") return roomName(catalogue, item);
  if (kind === "element") {
    const room = draft.get(item.room_id)?.fields;
    const name = elementName(catalogue, item);
    return room ? `${roomName(catalogue, { id: item.room_id, ...room })}, ${name}` : name;
  }
  if (kind === "photo") return t("Une photo");
  return item.label || item.name || t("Le dossier entier");
}
