/** What waits for the server: one sealed row for each operation, in the order in which it happened. */

import { uuid7 } from "./uuid7.js";

/**
 * An operation as it waits. `device_id` and `device_seq` are added at sending: the number is given by the transaction
 * that stores the row, which is after the row was sealed.
 * @typedef {object} Op
 * @property {string} op_id
 * @property {string} actor_id
 * @property {string} root_id
 * @property {string} entity_id
 * @property {string} kind
 * @property {string} field
 * @property {any} value
 * @property {number} base_rev
 * @property {string} hlc
 * @property {string} captured_at UTC, milliseconds
 * @property {1} schema_v
 * @property {number} catalogue_v
 */

/** @typedef {{seq: number, op: Op}} Waiting */

/**
 * Writes an operation down.
 * @param {Omit<Op, "op_id" | "captured_at" | "schema_v">} known
 * @param {number} nowMs
 * @returns {Op}
 */
export function newOp(known, nowMs) {
  return { op_id: uuid7(nowMs), ...known, captured_at: new Date(nowMs).toISOString(), schema_v: 1 };
}

/**
 * Reads the oldest operations that wait.
 * @param {import('./ledger.js').Ledger} ledger
 * @param {number} most
 * @returns {Promise<Waiting[]>}
 */
export async function oldest(ledger, most) {
  const transaction = await ledger.connection.begin(["outbox"], "readonly");
  const store = transaction.objectStore("outbox");
  const [numbers, rows] = await Promise.all([store.getAllKeys(null, most), store.getAll(null, most)]);
  return Promise.all(
    rows.map(async (row, at) => ({
      seq: /** @type {number} */ (numbers[at]),
      op: await ledger.vault.openJson(`outbox/${row.op_id}`, row),
    })),
  );
}
