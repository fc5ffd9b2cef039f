// Says where a thing is, with an icon and words.

import { html } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";
import { reasonWords } from "./trouble.js";

/** @typedef {"saving" | "tablet" | "sending" | "safe" | "stuck"} Place */
/** @typedef {{place: Place, percent?: number | null, reason?: string | null}} Where */

const ICONS = { saving: "tablet", tablet: "tablet", sending: "send", safe: "safe", stuck: "alert" };

/**
 * @param {Where} where
 * @returns {string}
 */
export function whereWords({ place, percent, reason }) {
  if (place === "saving") return t("Enregistrement…");
  if (place === "sending") return percent == null ? t("En cours d’envoi") : t("En cours, {percent} %", { percent });
  if (place === "safe") return t("En sûreté sur le serveur");
  if (place === "stuck") return reason ? t("À traiter : {reason}", { reason: reasonWords(reason) }) : t("À traiter");
  return t("Sur la tablette");
}

/**
 * @param {Where} where
 * @param {unknown} [words] instead of the usual ones
 */
export function syncBadge(where, words) {
  return html`<span class="sync" data-at=${where.place === "saving" ? "tablet" : where.place}>${icon(ICONS[where.place])} ${words ?? whereWords(where)}</span>`;
}

/**
 * The same on a row among many: what goes as it should is an icon, in words for those who listen or point; what is on its
 * way or stuck is said.
 * @param {Where} where
 */
export function placeMark(where) {
  if (where.place === "sending" || where.place === "stuck") return syncBadge(where);
  const words = whereWords(where);
  return html`<span class="sync" data-at=${where.place === "saving" ? "tablet" : where.place} title=${words}>${icon(ICONS[where.place])}<span class="spoken">${words}</span></span>`;
}
