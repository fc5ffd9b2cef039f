/** The day pack: today's appointments, what their inventories begin with, the catalogue and the legal texts. */

import { documentFacts } from "./documents.js";
import { merged, values } from "./entity.js";
import { recordFacts, stateOf } from "./header.js";
import { observe } from "./hlc.js";

/** @typedef {import('./ledger.js').Ledger} Ledger */

/**
 * Keeps a pack: one transaction for each inventory, then one for the day, so that a pack that was cut is asked again.
 * @param {Ledger} ledger
 * @param {any} pack as `GET /api/field/pack` answers it
 * @param {string | null} etag
 */
export async function keepPack(ledger, pack, etag) {
  for (const inventory of pack.inventories) await keepInventory(ledger, inventory);
  const { catalogue, legal, prices = null, wear = null, day, zone, agent, landlord, agency, appointments } = pack;
  await ledger.write(async (batch) => {
    batch.meta.set("catalogue", catalogue);
    batch.meta.set("house_catalogue", pack.house_catalogues?.current ?? null);
    batch.meta.set("legal", legal);
    batch.meta.set("prices", prices);
    batch.meta.set("wear", wear);
    batch.meta.set("estimates", pack.estimates ?? null);
    batch.meta.set("pack", { day, zone, agent, landlord, agency, appointments, etag });
    for (const { visit } of appointments) if (visit) borrowSheet(batch, visit);
    // Changes after the pack come by pull; what was pulled before is not asked again.
    if ((await ledger.meta("cursor")) === null) batch.meta.set("cursor", pack.cursor);
  });
}

/**
 * @param {Ledger} ledger
 * @param {{id: string, state: string, entities: {entity_id: string, kind: string,
 *   fields: {[name: string]: import('./entity.js').ServerField}}[]}} inventory
 */
async function keepInventory(ledger, { id, state, entities }) {
  await ledger.write(async (batch) => {
    const known = await ledger.header(id);
    if (known.state !== state) batch.headers.set(id, { ...known, state });
    for (const { entity_id, kind, fields } of entities) {
      for (const [name, told] of Object.entries(fields)) {
        const before = await batch.entity(id, entity_id);
        const entity = merged(before, kind, name, told);
        if (entity) batch.putEntity(id, entity_id, entity, before);
        batch.clock = observe(batch.clock, told.hlc, ledger.now());
      }
    }
  });
}

/**
 * The photographs and the plan of a dwelling are shown at its visit: they come after the pack.
 * @param {import('./batch.js').Batch} batch
 * @param {{id: string, photos: {sha256: string}[], plan: {sha256: string} | null}} visit
 */
function borrowSheet(batch, { id, photos, plan }) {
  for (const { sha256 } of plan ? [...photos, plan] : photos) batch.borrow(id, sha256, ["view"], sha256);
}

/**
 * Gives which of the landlord's own catalogues, named by their hashes, are not on this tablet.
 * @param {Ledger} ledger
 * @param {string[]} hashes
 * @returns {Promise<string[]>}
 */
export async function catalogueGaps(ledger, hashes) {
  const held = await Promise.all(hashes.map((sha256) => ledger.meta(houseKey(sha256))));
  return hashes.filter((_, index) => held[index] === null);
}

/**
 * Keeps a version for good: an inventory that began with it may come back.
 * @param {Ledger} ledger
 * @param {string} sha256
 * @param {any} document
 */
export async function keepHouseCatalogue(ledger, sha256, document) {
  await ledger.write(async (batch) => void batch.meta.set(houseKey(sha256), document));
}

/**
 * Gives the catalogue in which an inventory is made: ours, and the landlord's version with which it began. One that
 * began without keeps to ours; one that has not begun takes the version in force.
 * @param {Ledger} ledger
 * @param {string | null} rootId
 */
export async function readCatalogue(ledger, rootId) {
  const catalogue = await ledger.meta("catalogue");
  const root = rootId === null ? null : await ledger.entity(rootId, rootId);
  const header = root === null ? {} : values(root);
  const sha256 = header.started_at ? (header.house_catalogue ?? null) : await ledger.meta("house_catalogue");
  const house = sha256 === null ? null : await ledger.meta(houseKey(sha256));
  return catalogue === null || house === null ? catalogue : { ...catalogue, house: { sha256, ...house } };
}

/** @param {string} sha256 */
function houseKey(sha256) {
  return `house_catalogue/${sha256}`;
}

/**
 * Takes the candidates of a visit that left out of the pack; the appointment stays on the day, without a name.
 * @param {any[]} appointments
 * @param {string} rootId
 */
export function withoutCandidates(appointments, rootId) {
  return appointments.map((appointment) =>
    appointment.visit?.id === rootId
      ? { ...appointment, state: "done", visit: { ...appointment.visit, candidates: [] } }
      : appointment,
  );
}

/**
 * Gives what the pack says of a visit: who is expected, what is shown, what is around.
 * @param {Ledger} ledger
 * @param {string} rootId
 */
export async function readVisit(ledger, rootId) {
  const pack = await ledger.meta("pack");
  const found = pack?.appointments.find((/** @type {any} */ { visit }) => visit?.id === rootId);
  return found ? { ...found.visit, starts_at: found.starts_at, ends_at: found.ends_at, note: found.note } : null;
}

/**
 * Gives the day's appointments, each with what this tablet knows of its inventory.
 * @param {Ledger} ledger
 * @returns {Promise<{day: string | null, zone?: string, appointments: import('./session.js').Appointment[]}>}
 */
export async function readDay(ledger) {
  const pack = await ledger.meta("pack");
  if (pack === null) return { day: null, appointments: [] };
  const appointments = await Promise.all(
    pack.appointments.map(async (/** @type {any} */ appointment) => ({
      ...appointment,
      summary: await summaryOf(ledger, appointment.inventory_id ?? appointment.visit?.id ?? ""),
    })),
  );
  return { day: pack.day, zone: pack.zone, appointments };
}

/**
 * @param {Ledger} ledger
 * @param {string} rootId
 * @returns {Promise<import('./session.js').Summary | null>} null when the inventory is not on this tablet
 */
async function summaryOf(ledger, rootId) {
  if (rootId === "") return null;
  const [root, header, unsent] = await Promise.all([
    ledger.entity(rootId, rootId),
    ledger.header(rootId),
    unsentOps(ledger, rootId),
  ]);
  if (root === null) return null;
  const refused = await (await ledger.connection.get()).countFromIndex("refusals", "root_id", rootId);
  const documents = documentFacts(header);
  return {
    id: rootId,
    state: stateOf(header, root),
    unsentOps: unsent + documents.waiting,
    unsentPhotos: ledger.files.count(rootId, "tablet"),
    stuck: refused + ledger.files.count(rootId, "stuck") + documents.stuck,
    pictures: { all: ledger.files.count(rootId, "borrowed"), away: ledger.files.count(rootId, "away") },
    sealedAt: header.sealed_at ?? null,
    receiptAt: header.receipt_at ?? null,
    missing: header.missing ?? [],
    ...recordFacts(header, root),
  };
}

/**
 * @param {Ledger} ledger
 * @param {string} rootId
 */
async function unsentOps(ledger, rootId) {
  return (await ledger.connection.get()).countFromIndex("outbox", "root_id", rootId);
}
