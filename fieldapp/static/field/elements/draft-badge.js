// Says whether the last tap is kept, and where the whole inventory is.

import { html } from "lit";
import { t } from "../i18n.js";
import { syncBadge, whereWords } from "./sync.js";

/** @param {import("../screens/draft.js").Draft} draft */
export function draftBadge(draft) {
  if (draft.problem) return syncBadge({ place: "stuck" }, t("Pas encore enregistré"));
  if (draft.saving) return syncBadge({ place: "saving" });
  const { unsentOps, unsentPhotos, stuck } = draft.inventory.summary();
  if (stuck > 0) return syncBadge({ place: "stuck" });
  if (unsentOps + unsentPhotos === 0) {
    const words = html`<span class="at-length">${whereWords({ place: "safe" })}</span><span class="in-short">${t("En sûreté")}</span>`;
    return syncBadge({ place: "safe" }, words);
  }
  return syncBadge({ place: "tablet" }, t("Enregistré"));
}
