// A technical document being signed: what it says is frozen, shown, signed by the agent and the firm, and kept with their acts.

import { buildTechnical, consentOf } from "../rules/technical-record.js";
import { canonicalBytes, sha256Hex } from "../store/canonical.js";
import { uuid7 } from "../store/uuid7.js";
import { technicalBody } from "../visit/technical.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{method: "drawn" | "typed", strokes: number[][][], typedName: string}} Pen */
/** @typedef {{id: string, body: Json, record: Json, bytes: Uint8Array<ArrayBuffer>, sha256: string}} Frozen */

/**
 * Freezes what was found; nothing of it is kept before somebody signs it.
 * @param {{draft: Draft, tables: Json, language: "fr" | "en", firm: Json | null}} about
 * @param {Json} catalogue
 * @returns {Promise<Frozen>}
 */
export async function freeze(about, catalogue) {
  const { draft } = about;
  const id = uuid7();
  const body = technicalBody({ ...about, now: new Date().toISOString() });
  const record = buildTechnical(id, { ...draft.header, id: draft.id }, body, catalogue);
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (canonicalBytes(record));
  return { id, body, record, bytes, sha256: await sha256Hex(bytes) };
}

/**
 * Keeps the document, then its very bytes with the acts over them, in the order of the parties.
 * @param {Draft} draft
 * @param {Frozen} frozen
 * @param {Json} catalogue
 * @param {Record<string, Pen>} pens by quality
 */
export async function sign(draft, frozen, catalogue, pens) {
  const { id, body, record, sha256 } = frozen;
  const { refusedDocuments = [] } = draft.inventory.summary();
  const at = new Date().toISOString();
  const acts = record.parties
    .filter((/** @type {Json} */ party) => pens[party.quality])
    .map((/** @type {Json} */ party) => actOf(party, pens[party.quality]));
  await draft.set(id, "document", "body", body);
  await draft.inventory.signDocument(id, frozen, acts);
  for (const refused of refusedDocuments) await draft.inventory.settleDocument(refused.id);

  /** @param {Json} party @param {Pen | undefined} pen */
  function actOf(party, pen) {
    const { method = "typed", strokes = [], typedName = "" } = pen ?? {};
    return {
      act_id: uuid7(),
      visit_id: draft.id,
      document_id: id,
      party_id: party.id,
      name: party.name,
      quality: party.quality,
      decision: "signed",
      consent: consentOf(party.quality, catalogue, record.language),
      record_sha256: sha256,
      remarks: [],
      method,
      strokes: method === "drawn" ? strokes : null,
      typed_name: method === "typed" ? typedName.trim() : null,
      reason: null,
      witnesses: null,
      at,
    };
  }
}
