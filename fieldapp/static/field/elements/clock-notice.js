// Says before anybody signs that this tablet's clock is wrong, by how much, and as of when that is known.

import { html, nothing } from "lit";
import { day, n, t } from "../i18n.js";

/** @typedef {import("../store/ledger.js").WrongClock} WrongClock */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param {WrongClock | null} clock @param {string} zone of the dwelling */
export function clockNotice(clock, zone) {
  if (!clock) return nothing;
  return html`<section class="notice" aria-labelledby="wrong-clock">
    <h2 id="wrong-clock">${driftWords(clock)}</h2>
    <p>${t("C’était ainsi au dernier contact avec le serveur, le {moment} à l’heure du serveur.", { moment: day(clock.at, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: zone }) })}
      ${t("Vous pouvez signer : l’heure de la tablette est écrite, et le serveur écrit la sienne à côté.")}</p>
  </section>`;
}

/** @param {WrongClock} clock @returns {string} */
export function driftWords({ driftSeconds }) {
  const span = spanWords(Math.abs(driftSeconds));
  return driftSeconds > 0
    ? t("L’horloge de cette tablette avance de {span}", { span })
    : t("L’horloge de cette tablette retarde de {span}", { span });
}

/** A span in the largest unit that it fills. @param {number} seconds */
function spanWords(seconds) {
  if (seconds >= DAY) return n("{count} jour", "{count} jours", Math.round(seconds / DAY));
  if (seconds >= HOUR) return n("{count} heure", "{count} heures", Math.round(seconds / HOUR));
  return n("{count} minute", "{count} minutes", Math.max(1, Math.round(seconds / MINUTE)));
}
