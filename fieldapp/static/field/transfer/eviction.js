/** Lets inventories leave the tablet: when the server says so, or when they have been safe for long enough. */

import { leavesAt } from "../store/header.js";

/** @typedef {import('../store/desk.js').Desk} Desk */

/**
 * Deletes an inventory from the tablet, unless something of it has not reached the server.
 * @param {Desk} desk
 * @param {string} rootId
 * @returns {Promise<boolean>} whether it left
 */
export async function dismiss(desk, rootId) {
  const left = await desk.open.ledger.erase(rootId);
  if (left) desk.forget(rootId);
  return left;
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
