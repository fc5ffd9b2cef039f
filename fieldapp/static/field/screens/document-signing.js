// A document of a visit being signed by several people: what it says is frozen, shown, answered by each, and kept with the acts.

import { canonicalBytes, sha256Hex } from "../store/canonical.js";
import { uuid7 } from "../store/uuid7.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../elements/pen.js").Pen} Pen */
/** @typedef {{id: string, body: Json, record: Json, bytes: Uint8Array<ArrayBuffer>, sha256: string}} Frozen */

/**
 * Freezes what the document says; nothing of it is kept before somebody signs it.
 * @param {Draft} draft
 * @param {Json} body
 * @param {(documentId: string, visit: Json, body: Json, catalogue: Json) => Json} build
 * @param {Json} catalogue
 * @returns {Promise<Frozen>}
 */
export async function freeze(draft, body, build, catalogue) {
  const id = uuid7();
  const record = build(id, { ...draft.header, id: draft.id }, body, catalogue);
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (canonicalBytes(record));
  return { id, body, record, bytes, sha256: await sha256Hex(bytes) };
}

/**
 * Keeps the document, then its very bytes with the acts over them, in the order of the parties.
 * @param {Draft} draft
 * @param {Frozen} frozen
 * @param {Record<string, Pen>} pens by party id
 * @param {(quality: string, decision: string) => string} consent
 */
export async function sign(draft, frozen, pens, consent) {
  const { id, body, record, sha256 } = frozen;
  const { refusedDocuments = [] } = draft.inventory.summary();
  const at = new Date().toISOString();
  const acts = record.parties
    .filter((/** @type {Json} */ party) => pens[party.id])
    .map((/** @type {Json} */ party) => actOf(party, pens[party.id]));
  await draft.set(id, "document", "body", body);
  await draft.inventory.signDocument(id, frozen, acts);
  for (const refused of refusedDocuments) await draft.inventory.settleDocument(refused.id);

  /** @param {Json} party @param {Pen | undefined} pen */
  function actOf(party, pen) {
    const { method = "typed", strokes = [], typedName = "", reason = "" } = pen ?? {};
    const decision = method === "none" ? "refused" : "signed";
    return {
      act_id: uuid7(),
      visit_id: draft.id,
      document_id: id,
      party_id: party.id,
      name: party.name,
      quality: party.quality,
      decision,
      consent: consent(party.quality, decision),
      record_sha256: sha256,
      remarks: [],
      method,
      strokes: method === "drawn" ? strokes : null,
      typed_name: method === "typed" ? typedName.trim() : null,
      reason: method === "none" ? reason.trim() : null,
      witnesses: null,
      at,
    };
  }
}
