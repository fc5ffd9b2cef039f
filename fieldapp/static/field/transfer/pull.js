/** Takes what changed on the server: fields, verdicts on photographs, states of inventories, what must leave. */

import { merged } from "../store/entity.js";
import { observe } from "../store/hlc.js";
import { dismiss } from "./eviction.js";

/** @typedef {import('../store/desk.js').Desk} Desk */
/** @typedef {import('../store/ledger.js').Ledger} Ledger */
/** @typedef {import('../store/batch.js').Batch} Batch */

const SENT = /** @type {const} */ ("sent");

/**
 * Pulls until nothing is left.
 * @param {Desk} desk
 * @param {import('./api.js').Api} api
 * @returns {Promise<{upgradeRequired: boolean}>} the server speaks a later language: pulling stops, pushing goes on
 */
export async function pull(desk, api) {
  const { ledger } = desk.open;
  for (;;) {
    const cursor = (await ledger.meta("cursor")) ?? 0;
    const page = await api.json("GET", `/pull?cursor=${cursor}`);
    if (page.upgrade_required) return { upgradeRequired: true };
    await keepPage(ledger, page);
    for (const rootId of page.evict ?? []) await dismiss(desk, rootId);
    if (!page.more || page.cursor === cursor) return { upgradeRequired: false };
  }
}

/**
 * Merges a page and moves the cursor, in one transaction.
 * @param {Ledger} ledger
 * @param {any} page
 */
async function keepPage(ledger, page) {
  await ledger.write(async (batch) => {
    for (const change of page.changes) await mergeChange(ledger, batch, change);
    for (const verdict of page.photos ?? []) judge(ledger, batch, verdict);
    for (const inventory of page.inventories ?? []) await follow(ledger, batch, inventory);
    batch.meta.set("cursor", page.cursor);
  });
}

/**
 * @param {Ledger} ledger
 * @param {Batch} batch
 * @param {any} change
 */
async function mergeChange(ledger, batch, change) {
  const { root_id, entity_id, kind, field, value, rev, hlc, device_id } = change;
  batch.clock = observe(batch.clock, hlc, ledger.now());
  const before = await batch.entity(root_id, entity_id);
  const entity = merged(before, kind, field, { value, rev, hlc, device_id });
  if (entity) batch.putEntity(root_id, entity_id, entity, before);
}

/**
 * A photograph that the server could not use is stuck; the other verdict confirms what the receipt said.
 * @param {Ledger} ledger
 * @param {Batch} batch
 * @param {{sha256: string, verdict: "safe" | "unusable", reason?: string}} verdict
 */
function judge(ledger, batch, { sha256, verdict, reason }) {
  for (const row of ledger.files.values()) {
    if (row.sha256 !== sha256 || row.size === "thumb") continue;
    if (verdict === "unusable") batch.putFile({ ...row, place: "stuck", reason: reason ?? "unusable" });
    else if (row.place !== "safe") batch.putFile({ ...row, place: "safe", reason: null });
  }
}

/**
 * @param {Ledger} ledger
 * @param {Batch} batch
 * @param {{id: string, state: string, missing?: string[], sealed_at?: string | null, receipt_at?: string | null}} told
 */
async function follow(ledger, batch, { id, state, missing = [], sealed_at = null, receipt_at = null }) {
  const header = await batch.header(id);
  const received =
    state === "sealed" && header.record ? { record: { ...header.record, place: SENT, reason: null } } : {};
  batch.headers.set(id, { ...header, ...received, state, missing, sealed_at, receipt_at });
  sendAgain(ledger, batch, id, missing);
}

/**
 * What the server waits for is sent, even if this tablet thought it safe or not needed.
 * @param {Ledger} ledger
 * @param {Batch} batch
 * @param {string} rootId
 * @param {string[]} missing SHA-256 of files
 */
export function sendAgain(ledger, batch, rootId, missing) {
  const wanted = new Set(missing);
  for (const row of ledger.files.values()) {
    const idle = row.place === "safe" || row.place === "dropped";
    if (row.root_id === rootId && idle && wanted.has(row.sha256)) batch.putFile({ ...row, place: "tablet" });
  }
}
