// One photo, large: when it was taken, where it is, its caption, and how to take it away.

import { html } from "lit";
import { clock, t } from "../i18n.js";
import { icon } from "./icon.js";
import { openSheet } from "./sheet.js";
import { syncBadge } from "./sync.js";
import { say } from "./toast.js";
import "./thumb.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/**
 * Removes a photo and offers the way back.
 * @param {Draft} draft
 * @param {string} photoId
 */
export function removePhoto(draft, photoId) {
  void draft.set(photoId, "photo", "deleted", true);
  say(t("Photo retirée."), { undo: () => draft.set(photoId, "photo", "deleted", false) });
}

/**
 * @param {Draft} draft
 * @param {string} photoId
 * @param {string} name of what it shows
 */
export function viewPhoto(draft, photoId, name) {
  const body = draft.get(photoId)?.fields.body;
  return openSheet(
    name,
    (sheet) => html`
    <figure class="viewfinder large">
      <fa-thumb .draft=${draft} .photoId=${photoId} .size=${"report"} .words=${name}></fa-thumb>
      <figcaption>${body?.taken_at ? clock(body.taken_at, draft.header.context?.dwelling?.zone) : ""}</figcaption>
    </figure>
    <p>${syncBadge(draft.where(photoId))}</p>
    <div class="field">
      <label for="caption">${t("Légende")}</label>
      <input id="caption" autocomplete="off" .value=${draft.get(photoId)?.fields.caption ?? ""}
        @change=${(/** @type {Event} */ event) =>
          draft.set(photoId, "photo", "caption", /** @type {HTMLInputElement} */ (event.target).value.trim())} />
    </div>
    <p>
      <button class="button plain" type="button"
        @click=${() => {
          removePhoto(draft, photoId);
          sheet.close();
        }}>${icon("trash")} ${t("Retirer la photo")}</button>
    </p>`,
  );
}
