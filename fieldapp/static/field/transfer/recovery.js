/** Leaves the wrapped data key with the server: a copy that stays on a lost tablet recovers nothing. */

/**
 * Sends the wrapping made for the organisation, once for each of its keys.
 * @param {import('../store/desk.js').Open} open
 * @param {import('./api.js').Api} api
 * @returns {Promise<void>}
 */
export async function leaveWrappedKey({ ledger, row }, api) {
  const wrapping = row.wrappings.findLast(({ by }) => by === "organisation");
  if (wrapping?.by !== "organisation" || (await ledger.meta("recovery")) === wrapping.key_id) return;
  const wrapped = btoa(String.fromCharCode(...new Uint8Array(wrapping.wrapped)));
  await api.json("POST", "/recovery", { key_id: row.key_id, kid: wrapping.key_id, wrapped });
  await ledger.write(async (batch) => void batch.meta.set("recovery", wrapping.key_id));
}
