// The rooms and the other parts of the visit, as a strip or a rail.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { path } from "../router.js";
import { tally } from "../visit/tally.js";
import { icon } from "./icon.js";

/**
 * @param {import("../screens/draft.js").Draft} draft
 * @param {import("../visit/rooms.js").RoomView[]} rooms
 * @param {any} catalogue
 * @param {string} here id of the room, or name of the screen
 */
export function roomsNav(draft, rooms, catalogue, here) {
  /** @param {string} address @param {string} name @param {number} done @param {number} total @param {boolean} complete @param {boolean} current */
  const entry = (address, name, done, total, complete, current) => html`<li>
    <a href=${address} aria-current=${current ? "page" : nothing}>${name}
      ${
        complete
          ? html`${icon("check")}<span class="spoken">${t("complet")}</span>`
          : html`<small>${done}/${total}</small>`
      }</a>
  </li>`;
  return html`<nav class="rooms" aria-label=${t("Pièces")}>
    <ol>
      ${rooms.map(({ id, name, state, complete }) =>
        entry(path(draft.id, "room", id), name, state.done, state.total, complete, here === id),
      )}
      ${tally(draft, catalogue).map(({ step, name, done, total, complete }) =>
        entry(path(draft.id, step), name, done, total, complete, here === step),
      )}
    </ol>
  </nav>`;
}
