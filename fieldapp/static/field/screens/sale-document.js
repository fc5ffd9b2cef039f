// A slip or an answer being signed: what it says is frozen, shown, signed, and kept with its act.

import { buildSlip, consent } from "../rules/slip-record.js";
import { canonicalBytes, sha256Hex } from "../store/canonical.js";
import { uuid7 } from "../store/uuid7.js";
import { documentBody } from "../visit/sale.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../visit/sale.js").Candidate} Candidate */
/** @typedef {{id: string, body: Json, record: Json, bytes: Uint8Array<ArrayBuffer>, sha256: string}} Frozen */
/** @typedef {{decision: "signed" | "refused", method: "drawn" | "typed" | "none", strokes?: number[][][], typedName?: string, reason?: string}} Deed */

/**
 * Freezes what a candidate said; nothing of it is kept before somebody decides on it.
 * @param {{draft: Draft, candidate: Candidate, kind: string, language: "fr" | "en", answer?: "accepts" | "refuses" | null}} about
 * @param {Json} catalogue
 * @returns {Promise<Frozen>}
 */
export async function freeze(about, catalogue) {
  const { draft } = about;
  const id = uuid7();
  const body = documentBody({ ...about, now: new Date().toISOString() });
  const record = buildSlip(id, { ...draft.header, id: draft.id }, body, catalogue);
  const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (canonicalBytes(record));
  return { id, body, record, bytes, sha256: await sha256Hex(bytes) };
}

/**
 * Keeps what the candidate decided: the document, then its very bytes with the act over them.
 * @param {Draft} draft
 * @param {Frozen} frozen
 * @param {Json} catalogue
 * @param {Deed} deed
 */
export async function decide(
  draft,
  frozen,
  catalogue,
  { decision, method, strokes = [], typedName = "", reason = "" },
) {
  const { id, body, record, sha256 } = frozen;
  const { refusedDocuments = [] } = draft.inventory.summary();
  await draft.set(id, "document", "body", body);
  const act = {
    act_id: uuid7(),
    visit_id: draft.id,
    document_id: id,
    party_id: body.candidate_id,
    name: body.name,
    quality: "candidate",
    decision,
    consent: consent(record.kind, decision, catalogue, record.language),
    record_sha256: sha256,
    remarks: [],
    method,
    strokes: method === "drawn" ? strokes : null,
    typed_name: method === "typed" ? typedName.trim() : null,
    reason: reason || null,
    witnesses: null,
    at: new Date().toISOString(),
  };
  await draft.inventory.signDocument(id, frozen, [act]);
  // What the server had refused is signed anew with this one.
  for (const refused of refusedDocuments) {
    const before = draft.get(refused.id)?.fields.body;
    if (before?.candidate_id === body.candidate_id && before?.document_kind === body.document_kind)
      await draft.inventory.settleDocument(refused.id);
  }
}
