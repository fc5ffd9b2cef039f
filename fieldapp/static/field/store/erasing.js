/** Deletes an inventory inside one transaction, which first makes sure that nothing of it is unsent. */

import { rangeOf } from "./database.js";
import { documentRange } from "./documents.js";
import { Elsewhere } from "./errors.js";

/** @typedef {import('./batch.js').Transaction} Transaction */

/**
 * @param {Transaction} transaction over every store of the vault
 * @param {string} rootId
 * @param {string} tabId of the tab that may write
 * @returns {Promise<{erased: boolean, refusals: number}>} nothing is erased when something is not on the server
 */
export async function eraseIn(transaction, rootId, tabId) {
  if ((await transaction.objectStore("meta").get("owner")) !== tabId) throw new Elsewhere();
  const files = await transaction.objectStore("files").getAll(rangeOf(rootId));
  const unsentOps = await transaction.objectStore("outbox").index("root_id").count(rootId);
  const unsentFiles = files.some((row) => row.size !== "thumb" && (row.place === "tablet" || row.place === "stuck"));
  if (unsentOps > 0 || unsentFiles) return { erased: false, refusals: 0 };
  const refusals = await transaction.objectStore("refusals").index("root_id").getAllKeys(rootId);
  await Promise.all([
    transaction.objectStore("entities").delete(rangeOf(rootId)),
    transaction.objectStore("files").delete(rangeOf(rootId)),
    transaction.objectStore("headers").delete(rootId),
    transaction.objectStore("records").delete(rootId),
    transaction.objectStore("records").delete(documentRange(rootId)),
    ...refusals.map((key) => transaction.objectStore("refusals").delete(key)),
  ]);
  for (const sha256 of new Set(files.map((row) => row.sha256))) {
    // The same bytes may belong to another photograph.
    const left = await transaction.objectStore("files").index("sha256").count(sha256);
    if (left === 0) await transaction.objectStore("blobs").delete(sha256);
  }
  return { erased: true, refusals: refusals.length };
}
