/** Sends what waits in the outbox, oldest first, and writes down what the server made of it. */

import { acknowledged, keptApart, reinstated } from "../store/entity.js";
import { withDisputed } from "../store/header.js";
import { oldest } from "../store/outbox.js";
import { readJson } from "./api.js";
import { Refused } from "./failures.js";

/** @typedef {import('../store/desk.js').Open} Open */
/** @typedef {import('../store/outbox.js').Waiting} Waiting */

const MOST_OPS = 500;
/** The server takes 1 MB; what surrounds the operations must fit too. */
const MOST_BYTES = 900_000;

/**
 * @typedef {object} Ack
 * @property {string} op_id
 * @property {"applied" | "duplicate" | "conflict_kept" | "rejected"} status
 * @property {number} [rev]
 * @property {string} [code] when rejected
 */

/**
 * Sends until the outbox is empty.
 * @param {Open} open
 * @param {import('./api.js').Api} api
 */
export async function push(open, api) {
  for (;;) {
    const waiting = await oldest(open.ledger, MOST_OPS);
    if (waiting.length === 0) return;
    await pushOnce(open, api, waiting);
  }
}

/**
 * @param {Open} open
 * @param {import('./api.js').Api} api
 * @param {Waiting[]} waiting
 */
async function pushOnce({ ledger, device }, api, waiting) {
  const { body, sent } = envelope(waiting, device.id, ledger.now());
  ledger.sendingEntities = new Set(sent.map(({ op }) => `${op.root_id}/${op.entity_id}`));
  ledger.tell(touched(sent));
  try {
    const response = await api.send("POST", "/push", { body, headers: { "Content-Type": "application/json" } });
    await settle(ledger, sent, (await readJson(response)).acks);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await setAside(ledger, sent, error);
  } finally {
    ledger.sendingEntities = new Set();
    ledger.tell(touched(sent));
  }
}

/**
 * Writes the push: as many operations, in order, as its limits take.
 * @param {Waiting[]} waiting
 * @param {string} deviceId
 * @param {number} nowMs
 */
export function envelope(waiting, deviceId, nowMs) {
  const texts = [];
  let bytes = 0;
  for (const { seq, op } of waiting) {
    const text = JSON.stringify({ ...op, device_id: deviceId, device_seq: seq });
    bytes += new TextEncoder().encode(text).length + 1;
    if (texts.length > 0 && bytes > MOST_BYTES) break;
    texts.push(text);
  }
  const head = JSON.stringify({ v: 1, device_id: deviceId, sent_at: new Date(nowMs).toISOString() });
  return { body: `${head.slice(0, -1)},"ops":[${texts.join(",")}]}`, sent: waiting.slice(0, texts.length) };
}

/**
 * Takes acknowledged operations out of the outbox; what was rejected is kept aside, visible as stuck.
 * @param {import('../store/ledger.js').Ledger} ledger
 * @param {Waiting[]} sent
 * @param {Ack[]} acks
 */
async function settle(ledger, sent, acks) {
  const byId = new Map(acks.map((ack) => [ack.op_id, ack]));
  const answered = sent.filter(({ op }) => byId.has(op.op_id));
  // An answer without a single acknowledgement would be asked for again at once, for ever.
  if (answered.length === 0) throw new Refused(200, { code: "malformed", title: "no acknowledgement" }, null);
  await ledger.write(async (batch) => {
    for (const { seq, op } of answered) {
      const { status, rev = null, code = "rejected" } = /** @type {Ack} */ (byId.get(op.op_id));
      const refused = status === "rejected" ? { op_id: op.op_id, code } : null;
      // Nothing is left to do about a danger that stands: only the office lifts it.
      const stands = refused !== null && isWithdrawal(op);
      if (refused && !stands) batch.refusals.push({ op, seq, code });
      batch.sent.push(seq);
      const before = await batch.entity(op.root_id, op.entity_id);
      if (before === null) continue;
      const after = acknowledged(before, op.field, { rev, refused });
      const held = rev || refused ? after : keptApart(after, op.field);
      batch.putEntity(op.root_id, op.entity_id, stands ? reinstated(after) : held, before);
      if (status === "conflict_kept" || held !== after) {
        const { entity_id: entityId, kind, field, value } = op;
        batch.headers.set(op.root_id, withDisputed(await batch.header(op.root_id), { entityId, kind, field, value }));
      }
    }
  });
}

/** Whether it takes a danger back. @param {import('../store/outbox.js').Op} op */
function isWithdrawal({ kind, field, value }) {
  return kind === "alert" && field === "deleted" && value === true;
}

/**
 * A push that is refused as a whole must not stop those behind it: what the server cannot read is kept aside.
 * @param {import('../store/ledger.js').Ledger} ledger
 * @param {Waiting[]} sent
 * @param {Refused} refusal
 */
async function setAside(ledger, sent, refusal) {
  const index = refusal.code === "malformed" ? refusal.problem.index : refusal.status === 413 ? 0 : undefined;
  const culprit = sent[index];
  if (culprit === undefined) throw refusal;
  await settle(ledger, [culprit], [{ op_id: culprit.op.op_id, status: "rejected", code: refusal.code }]);
}

/** @param {Waiting[]} sent */
function touched(sent) {
  /** @type {Map<string, Set<string>>} */
  const changed = new Map();
  for (const { op } of sent) changed.set(op.root_id, (changed.get(op.root_id) ?? new Set()).add(op.entity_id));
  return changed;
}
