// Where each party's copy is: handed over, promised, or not yet.

import { day, t } from "../i18n.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{channel: string, to: string | null, done: boolean, at: string}} Handover */

/**
 * The latest word about a party's copy; one that was handed over counts before any promise.
 * @param {Draft} draft
 * @param {string} partyId
 * @returns {Handover | null}
 */
export function handoverTo(draft, partyId) {
  const all = draft
    .list("handover")
    .map((handover) => /** @type {Handover & {party_id: string}} */ (handover.body))
    .filter((body) => body?.party_id === partyId)
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return all.findLast((body) => body.done) ?? all.at(-1) ?? null;
}

/**
 * Writes that a party holds its copy.
 * @param {Draft} draft
 * @param {string} partyId
 */
export function handOver(draft, partyId) {
  const body = { party_id: partyId, channel: "print", at: new Date().toISOString(), to: null, done: true };
  return draft.add("handover", { body });
}

/** @param {Handover | null} handover @param {string} [zone] of the dwelling @returns {string} */
export function handedWords(handover, zone = "Europe/Paris") {
  if (handover?.done)
    return t("Remise le {day}", { day: day(handover.at, { day: "numeric", month: "long", timeZone: zone }) });
  if (handover?.channel === "email") return t("Pas encore remise : partira par e-mail dès qu’il y a du réseau");
  if (handover?.channel === "post") return t("Pas encore remise : le bureau l’enverra par la poste");
  return t("Pas encore remise");
}
