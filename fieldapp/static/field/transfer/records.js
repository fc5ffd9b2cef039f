/** Sends the records of closed inventories; the server seals once it has every photograph. */

import { readDocumentKey } from "../store/documents.js";
import { recordWaits } from "../store/header.js";
import { Refused } from "./failures.js";
import { sendAgain } from "./pull.js";

/** @typedef {import('../store/ledger.js').Ledger} Ledger */

/** What a person or another message will settle by itself: asked again at the next round. */
const PASSING = ["held", "not_signed"];
/** Bytes may be damaged on their way; bytes that arrive damaged so often are damaged here. */
const MOST_TRIES = 5;

/**
 * Sends each record that waits; one that is refused is stuck and does not stop the others.
 * @param {Ledger} ledger
 * @param {import('./api.js').Api} api
 * @param {{again: boolean}} options `again` also those that the server has, because its photographs have gone since
 */
export async function sendRecords(ledger, api, { again }) {
  for (const rootId of await (await ledger.connection.get()).getAllKeys("records")) {
    if (readDocumentKey(rootId)) continue;
    const header = await ledger.header(rootId);
    const due = header.record?.place === "kept" || again;
    if (due && header.record && recordWaits(header, await ledger.entity(rootId, rootId))) {
      await sendRecord(ledger, api, rootId, header.record.sha256);
    }
  }
}

/**
 * @param {Ledger} ledger
 * @param {import('./api.js').Api} api
 * @param {string} rootId
 * @param {string} sha256
 */
async function sendRecord(ledger, api, rootId, sha256) {
  const body = await ledger.bytes("records", rootId);
  const headers = { "Content-Type": "application/json", "Fieldapp-Record": sha256 };
  try {
    await api.send("POST", `/inventories/${rootId}/close`, { body, headers });
    await note(ledger, { rootId, sha256 }, "sent", null, []);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (error.code === "missing_photos")
      await note(ledger, { rootId, sha256 }, "waiting", null, error.problem.missing ?? []);
    else if (error.code === "hash_mismatch") await noteDamage(ledger, { rootId, sha256 });
    else await note(ledger, { rootId, sha256 }, PASSING.includes(error.code) ? "kept" : "stuck", error.code, []);
  }
}

/**
 * @param {Ledger} ledger
 * @param {{rootId: string, sha256: string}} sent
 * @param {import('../store/header.js').KeptRecord["place"]} place
 * @param {string | null} reason
 * @param {string[]} missing
 */
async function note(ledger, { rootId, sha256 }, place, reason, missing) {
  await ledger.write(async (batch) => {
    const header = await batch.header(rootId);
    // Opened and signed again meanwhile: what was said of the earlier one does not count.
    const record = header.record?.sha256 === sha256 ? header.record : null;
    if (!record) return;
    batch.headers.set(rootId, { ...header, missing, record: { ...record, place, reason } });
    sendAgain(ledger, batch, rootId, missing);
  });
}

/**
 * Writes down that the record arrived with another hash: asked for again at the next rounds, not for ever.
 * @param {Ledger} ledger
 * @param {{rootId: string, sha256: string}} sent
 */
async function noteDamage(ledger, { rootId, sha256 }) {
  await ledger.write(async (batch) => {
    const header = await batch.header(rootId);
    const { record } = header;
    if (record?.sha256 !== sha256) return;
    const tries = (record.tries ?? 0) + 1;
    const place = tries < MOST_TRIES ? "kept" : "stuck";
    batch.headers.set(rootId, { ...header, record: { ...record, place, reason: "hash_mismatch", tries } });
  });
}
