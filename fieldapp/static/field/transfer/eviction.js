/** Lets inventories leave the tablet: when the server says so, or when they have been safe for long enough. */

import { leavesAt } from "../store/header.js";
import { withoutCandidates } from "../store/packs.js";

/** @typedef {import('../store/desk.js').Desk} Desk */

/**
 * Deletes an inventory from the tablet, unless something of it has not reached the server.
 * @param {Desk} desk
 * @param {string} rootId
 * @returns {Promise<boolean>} whether it left
 */
export async function dismiss(desk, rootId) {
  const { ledger } = desk.open;
  const left = await ledger.erase(rootId);
  if (!left) return false;
  desk.forget(rootId);
  await forgetInPack(ledger, rootId);
  return true;
}

/**
 * Deletes what has been sealed and receipted for 7 days by the server's clock; ours may be wrong.
 * @param {Desk} desk
 * @param {number | null} serverTime in milliseconds since 1970, as the server just said
 */
export async function retire(desk, serverTime) {
  if (serverTime === null) return;
  const { ledger } = desk.open;
  for (const rootId of await (await ledger.connection.get()).getAllKeys("headers")) {
    const due = leavesAt(await ledger.header(rootId));
    if (due !== null && serverTime >= due) await dismiss(desk, rootId);
  }
}

/**
 * The pack holds more than this tablet does from now on: the server must not answer that nothing changed. Of a visit,
 * nobody's name stays.
 * @param {import('../store/ledger.js').Ledger} ledger
 * @param {string} rootId
 */
async function forgetInPack(ledger, rootId) {
  const pack = await ledger.meta("pack");
  if (pack === null) return;
  const appointments = withoutCandidates(pack.appointments, rootId);
  await ledger.write(async (batch) => void batch.meta.set("pack", { ...pack, appointments, etag: null }));
}
