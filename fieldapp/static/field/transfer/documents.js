/** Sends the slips and answers of visits; each has its own bytes, and none waits for another. */

import { readDocumentKey, withDocument } from "../store/documents.js";
import { Refused } from "./failures.js";

/** @typedef {import('../store/ledger.js').Ledger} Ledger */
/** @typedef {{rootId: string, documentId: string, sha256: string}} Sent */

/** Another message will settle it by itself: asked again at the next round. */
const PASSING = ["not_signed"];
const MOST_TRIES = 5;

/**
 * Sends each document that waits; one that is refused is stuck and does not stop the others.
 * @param {Ledger} ledger
 * @param {import('./api.js').Api} api
 */
export async function sendDocuments(ledger, api) {
  for (const key of await (await ledger.connection.get()).getAllKeys("records")) {
    const named = readDocumentKey(key);
    if (!named) continue;
    const { documents = {} } = await ledger.header(named.rootId);
    const kept = documents[named.documentId];
    if (kept?.place === "kept") await sendDocument(ledger, api, { ...named, sha256: kept.sha256 }, key);
  }
}

/**
 * @param {Ledger} ledger
 * @param {import('./api.js').Api} api
 * @param {Sent} sent
 * @param {string} key
 */
async function sendDocument(ledger, api, sent, key) {
  const body = await ledger.bytes("records", key);
  const headers = { "Content-Type": "application/json", "Fieldapp-Record": sent.sha256 };
  try {
    await api.send("POST", `/visits/${sent.rootId}/documents/${sent.documentId}/close`, { body, headers });
    await note(ledger, sent, "sent", null);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const damaged = error.code === "hash_mismatch";
    await note(ledger, sent, damaged || PASSING.includes(error.code) ? "kept" : "stuck", error.code, damaged);
  }
}

/**
 * @param {Ledger} ledger
 * @param {Sent} sent
 * @param {import('../store/header.js').KeptRecord["place"]} place
 * @param {string | null} reason
 * @param {boolean} [damaged] bytes may be damaged on their way; bytes that arrive damaged so often are damaged here
 */
async function note(ledger, { rootId, documentId, sha256 }, place, reason, damaged = false) {
  await ledger.write(async (batch) => {
    const header = await batch.header(rootId);
    const kept = header.documents?.[documentId];
    if (kept?.sha256 !== sha256) return;
    const tries = (kept.tries ?? 0) + (damaged ? 1 : 0);
    const now = tries < MOST_TRIES ? place : "stuck";
    batch.headers.set(rootId, withDocument(header, documentId, { sha256, place: now, reason, tries }));
  });
}
