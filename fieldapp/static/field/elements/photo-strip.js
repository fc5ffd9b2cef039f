// The photos of one subject, oldest first; each opens large.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { viewPhoto } from "./photo-viewer.js";
import { whereWords } from "./sync.js";
import "./thumb.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/**
 * @param {Draft} draft
 * @param {string} subjectId
 * @param {string} name of the subject
 */
export function photoStrip(draft, subjectId, name) {
  const photos = draft.photos(subjectId);
  if (photos.length === 0) return nothing;
  return html`<ul class="strip" aria-label=${t("Photos : {name}", { name })}>
    ${photos.map(
      (photo, index) => html`<li>
        <button type="button" data-place=${draft.where(photo.id).place} @click=${() => viewPhoto(draft, photo.id, name)}>
          <fa-thumb .draft=${draft} .photoId=${photo.id}
            .words=${t("Photo {number} : {name}, {where}", { number: index + 1, name, where: whereWords(draft.where(photo.id)) })}></fa-thumb>
        </button>
      </li>`,
    )}
  </ul>`;
}
