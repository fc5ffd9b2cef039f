// One photo, large: its marks, when it was taken, where it is, its caption, and how to take it away.

import { html } from "lit";
import { clock, t } from "../i18n.js";
import { icon } from "./icon.js";
import { officeSays } from "./office-says.js";
import { openSheet } from "./sheet.js";
import { syncBadge } from "./sync.js";
import { say } from "./toast.js";
import "./photo-editor.js";

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
  let shown = photoId;
  return openSheet(name, (sheet) => {
    const fields = draft.get(shown)?.fields ?? {};
    return html`
    <fa-photo-editor .draft=${draft} .photoId=${shown} .name=${name}
      @replaced=${(/** @type {CustomEvent<{photoId: string}>} */ event) => {
        shown = event.detail.photoId;
        sheet.redraw();
      }}></fa-photo-editor>
    <p class="row">${syncBadge(draft.where(shown))} <span class="soft">${fields.body?.taken_at ? clock(fields.body.taken_at, draft.header.context?.dwelling?.zone) : ""}</span></p>
    ${officeSays(draft, shown)}
    <div class="field">
      <label for="caption">${t("Légende")}</label>
      <input id="caption" autocomplete="off" .value=${fields.caption ?? ""}
        @change=${(/** @type {Event} */ event) =>
          draft.set(shown, "photo", "caption", /** @type {HTMLInputElement} */ (event.target).value.trim())} />
    </div>
    <p>
      <button class="button plain" type="button"
        @click=${() => {
          removePhoto(draft, shown);
          sheet.close();
        }}>${icon("trash")} ${t("Retirer la photo")}</button>
    </p>`;
  });
}
