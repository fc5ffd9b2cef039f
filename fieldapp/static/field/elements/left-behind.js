// What another agent has left on this tablet and not sent: how much, never whose.

import { html, nothing } from "lit";
import { n } from "../i18n.js";
import { icon } from "./icon.js";

/** @param {number} count answers and photographs */
export function leftBehind(count) {
  if (count === 0) return nothing;
  return html`<p class="left-behind">${icon("tablet")} ${n("Un autre agent a laissé ici {count} réponse ou photo à envoyer : elle partira dès sa reconnexion sur cette tablette.", "Un autre agent a laissé ici {count} réponses ou photos à envoyer : elles partiront dès sa reconnexion sur cette tablette.", count)}</p>`;
}
