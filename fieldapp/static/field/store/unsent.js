/** What a vault that is not open has not sent: counted from identifiers alone, for nothing is decrypted. */

import { openVaultDatabase } from "./database.js";

/**
 * @param {string} vaultId
 * @returns {Promise<number>} operations in the outbox, and photographs that are not safe on the server
 */
export async function unsentIn(vaultId) {
  const database = await openVaultDatabase(vaultId, { closed: () => {} });
  try {
    const [ops, files] = await Promise.all([database.count("outbox"), database.getAll("files")]);
    const kept = files.filter(({ size, place }) => size !== "thumb" && (place === "tablet" || place === "stuck"));
    return ops + new Set(kept.map((row) => `${row.root_id}/${row.photo_id}`)).size;
  } finally {
    database.close();
  }
}
