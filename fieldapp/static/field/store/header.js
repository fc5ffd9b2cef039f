/** What the day and the transfer must know of an inventory without opening it. Pure. */

import { isDeleted } from "./entity.js";
import { sameValue } from "./merge.js";

/** @typedef {import('./entity.js').Entity} Entity */

/**
 * The record that was shown, and where it is.
 * @typedef {{sha256: string, place: "kept" | "waiting" | "sent" | "stuck", reason: string | null, tries?: number}} KeptRecord
 *   `waiting`: the server has it, and waits for photographs
 */

/**
 * A field that was written here and does not hold what was written.
 * @typedef {{entityId: string, kind: string, field: string, value: any}} Apart
 */

/**
 * @typedef {object} Header
 * @property {string} [state] as the server last said
 * @property {string[]} [missing] SHA-256 of files that the server waits for
 * @property {string | null} [sealed_at]
 * @property {string | null} [receipt_at]
 * @property {{[alertId: string]: boolean}} [alerts] whether each one stops the signature
 * @property {KeptRecord} [record]
 * @property {{[documentId: string]: KeptRecord}} [documents] the slips and answers of a visit
 * @property {Apart[]} [disputed] own writes that the server kept beside another value
 */

/**
 * @param {Header} header
 * @param {string} alertId
 * @param {Entity} alert
 * @returns {Header}
 */
export function withAlert(header, alertId, alert) {
  const stops = !isDeleted(alert) && alert.fields.decision?.value?.outcome !== "proceed";
  return { ...header, alerts: { ...header.alerts, [alertId]: stops } };
}

/**
 * @param {Header} header
 * @param {Apart} apart replaces what was said of the same field before
 * @returns {Header}
 */
export function withDisputed(header, apart) {
  const others = (header.disputed ?? []).filter(
    ({ entityId, field }) => entityId !== apart.entityId || field !== apart.field,
  );
  return { ...header, disputed: [...others, apart] };
}

/**
 * Gives what was written here and is not in the document that was signed: the office has it.
 * @param {Header} header
 * @param {Entity | null} inventory the entity named by the root id
 * @param {Map<string, Entity>} entities
 * @returns {Apart[]}
 */
export function apartIn({ disputed = [] }, inventory, entities) {
  if ((inventory?.fields.closed?.value ?? null) === null) return [];
  return disputed.filter(
    ({ entityId, field, value }) => !sameValue(entities.get(entityId)?.fields[field]?.value ?? null, value),
  );
}

/**
 * Gives the state that a person should see: what the tablet knows, unless the server is further.
 * @param {Header} header
 * @param {Entity | null} inventory the entity named by the root id; a visit that has ended counts as closed
 * @returns {import('./session.js').Summary["state"]}
 */
export function stateOf(header, inventory) {
  const value = (/** @type {string} */ name) => inventory?.fields[name]?.value ?? null;
  if (header.state === "sealed" || header.sealed_at) return "sealed";
  if (value("closed") !== null || value("ended") !== null) return "closed";
  if (header.state === "done" || header.state === "cancelled") return "closed";
  // Opened again here: the server has not heard it yet.
  const reopened = inventory?.fields.closed?.value === null;
  if (!reopened && (header.state === "closed" || header.state === "sealing")) return "closed";
  if (Object.values(header.alerts ?? {}).includes(true)) return "held";
  if (value("interruption") !== null) return "interrupted";
  return reopened || value("started_at") !== null || header.state === "in_progress" ? "in_progress" : "planned";
}

/**
 * Gives when an inventory may leave the tablet: 7 days after the later of receipt and seal; null while either misses.
 * @param {Header} header
 * @returns {number | null} milliseconds since 1970, server time
 */
export function leavesAt({ sealed_at, receipt_at }) {
  if (!sealed_at || !receipt_at) return null;
  return Math.max(Date.parse(sealed_at), Date.parse(receipt_at)) + 7 * 24 * 3600 * 1000;
}

/**
 * Tells whether the record of a closed inventory must still go to the server.
 * @param {Header} header
 * @param {Entity | null} inventory the entity named by the root id
 */
export function recordWaits({ record }, inventory) {
  const closed = inventory?.fields.closed?.value ?? null;
  const unsent = record?.place === "kept" || record?.place === "waiting";
  return closed !== null && unsent && closed.record_sha256 === record?.sha256;
}

/**
 * Gives what a summary says of the record.
 * @param {Header} header
 * @param {Entity | null} inventory the entity named by the root id
 * @returns {Pick<import('./session.js').Summary, "recordSha256" | "keptSha256" | "refused" | "problem">}
 */
export function recordFacts({ record }, inventory) {
  const recordSha256 = inventory?.fields.closed?.value?.record_sha256 ?? null;
  // What was said of a record counts as long as the inventory is closed by it.
  const sent = record !== undefined && record.sha256 === recordSha256 ? record : null;
  return {
    recordSha256,
    keptSha256: record?.place === "kept" ? record.sha256 : null,
    refused: sent?.place === "stuck",
    problem: sent?.reason ?? null,
  };
}
