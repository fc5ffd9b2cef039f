// The frame of the screens after the rooms: bar, strip of rooms, work, and the way on.

import { html } from "lit";
import { t } from "../i18n.js";
import { path } from "../router.js";
import { lookOf } from "../visit/exit.js";
import { roomViews } from "../visit/rooms.js";
import { draftBadge } from "./draft-badge.js";
import { exitNotice } from "./entry-said.js";
import { icon } from "./icon.js";
import { roomsNav } from "./rooms-nav.js";
import { troubleNotice } from "./trouble.js";

/**
 * @param {object} frame
 * @param {import("../screens/draft.js").Draft} frame.draft
 * @param {any} frame.catalogue
 * @param {string} frame.here name of the screen
 * @param {string} frame.title
 * @param {unknown} frame.content
 * @param {unknown} frame.actions
 */
export function visitFrame({ draft, catalogue, here, title, content, actions }) {
  return html`
    <header class="appbar">
      <a class="back" href=${path(draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span><span class="word">${t("Pièces")}</span></a>
      <h1>${title}</h1>
      ${draftBadge(draft)}
    </header>
    <main class="room two">
      ${roomsNav(draft, roomViews(draft, catalogue), catalogue, here)}
      <div class="work">
        <div class="page narrow stack wide">
          ${exitNotice(draft, catalogue, lookOf(draft, catalogue))}
          ${troubleNotice(draft.problem, () => draft.retry())}
          ${content}
        </div>
        <div class="actions">${actions}</div>
      </div>
    </main>
  `;
}
