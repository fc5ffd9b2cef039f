/** What one transaction will write: gathered and sealed first, then put in one go. */

import { fileKey } from "./database.js";
import { isDeleted, refusals } from "./entity.js";
import { withAlert } from "./header.js";

/** @typedef {import('./database.js').FileRow} FileRow */
/** @typedef {import('./entity.js').Entity} Entity */
/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('./ledger.js').Ledger} Ledger */
/** @typedef {import('./ledger.js').Schema} Schema */
/** @typedef {import('./outbox.js').Op} Op */
/** @typedef {"entities" | "outbox" | "refusals" | "headers" | "records" | "files" | "blobs" | "meta"} Name */
/** @typedef {import('idb').IDBPTransaction<Schema, Name[], "readwrite">} Transaction */
/** @typedef {(transaction: Transaction) => Promise<unknown>} Put */

export class Batch {
  #ledger;
  /** @type {Map<string, {rootId: string, entityId: string, entity: Entity}>} */
  entities = new Map();
  /** @type {Op[]} */
  ops = [];
  /** @type {number[]} device_seq of operations that leave the outbox */
  sent = [];
  /** @type {{op: Op, seq: number, code: string}[]} */
  refusals = [];
  /** @type {string[]} op ids of refusals that a later write replaced */
  settled = [];
  /** @type {Map<string, Header>} */
  headers = new Map();
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} by root id */
  records = new Map();
  /** @type {Map<string, FileRow>} by "root/photo/size" */
  files = new Map();
  /** @type {Map<string, BufferSource>} by SHA-256 */
  blobs = new Map();
  /** Files that go for good, by "root/photo/size". @type {Map<string, FileRow>} */
  erased = new Map();
  /** @type {Map<string, unknown>} */
  meta = new Map();

  /** @param {Ledger} ledger */
  constructor(ledger) {
    this.#ledger = ledger;
    this.clock = ledger.clock;
  }

  /**
   * @param {string} rootId
   * @param {string} entityId
   * @returns {Promise<Entity | null>} as it will be after this batch
   */
  async entity(rootId, entityId) {
    const planned = this.entities.get(`${rootId}/${entityId}`);
    return planned ? planned.entity : this.#ledger.entity(rootId, entityId);
  }

  /**
   * @param {string} rootId
   * @param {string} entityId
   * @param {Entity} entity
   * @param {Entity | null} before
   */
  putEntity(rootId, entityId, entity, before) {
    const stillRefused = new Set(refusals(entity).map((refusal) => refusal.op_id));
    this.settled.push(...refusals(before).flatMap(({ op_id }) => (stillRefused.has(op_id) ? [] : op_id)));
    this.entities.set(`${rootId}/${entityId}`, { rootId, entityId, entity });
    if (entity.kind === "photo") this.#followPhoto(rootId, entityId, entity);
    if (entity.fields.entry !== before?.fields.entry) this.#followEntry(rootId, entity);
  }

  /**
   * @param {string} rootId
   * @returns {Promise<Header>}
   */
  async header(rootId) {
    return this.headers.get(rootId) ?? this.#ledger.header(rootId);
  }

  /** @param {FileRow} row */
  putFile(row) {
    this.files.set(fileKey(row), row);
  }

  isEmpty() {
    const maps = [this.entities, this.headers, this.records, this.files, this.blobs, this.erased, this.meta];
    const lists = [this.ops, this.sent, this.refusals, this.settled];
    return maps.every((map) => map.size === 0) && lists.every((list) => list.length === 0);
  }

  /** @returns {Name[]} the stores that the transaction must hold; the fewer, the less it waits */
  stores() {
    /** @type {[Name, boolean][]} */
    const wanted = [
      ["entities", this.entities.size > 0],
      ["outbox", this.ops.length + this.sent.length > 0],
      ["refusals", this.refusals.length + this.settled.length > 0],
      ["headers", this.headers.size > 0],
      ["records", this.records.size > 0],
      ["files", this.files.size + this.erased.size > 0],
      ["blobs", this.blobs.size + this.erased.size > 0],
    ];
    return ["meta", ...wanted.filter(([, used]) => used).map(([name]) => name)];
  }

  /**
   * Seals every row, in parallel; gives what puts each one.
   * @returns {Promise<Put[]>}
   */
  async seal() {
    const { vault } = this.#ledger;
    await this.#noteAlerts();
    const sealed = await Promise.all([
      ...[...this.entities].map(async ([key, { rootId, entityId, entity }]) => {
        const row = await vault.sealJson(`entities/${key}`, entity);
        return put((to) => to.objectStore("entities").put(row, [rootId, entityId]));
      }),
      ...[...this.headers].map(async ([key, header]) => {
        const row = await vault.sealJson(`headers/${key}`, header);
        return put((to) => to.objectStore("headers").put(row, key));
      }),
      ...[...this.records].map(async ([key, bytes]) => {
        const row = await vault.seal(`records/${key}`, bytes);
        return put((to) => to.objectStore("records").put(row, key));
      }),
      ...[...this.blobs].map(async ([key, bytes]) => {
        const row = await vault.seal(`blobs/${key}`, bytes);
        return put((to) => to.objectStore("blobs").put(row, key));
      }),
      ...[...this.meta].map(async ([key, value]) => {
        const row = await vault.sealJson(`meta/${key}`, value);
        return put((to) => to.objectStore("meta").put(row, key));
      }),
      ...this.refusals.map(async ({ op, seq, code }) => {
        const row = await vault.sealJson(`refusals/${op.op_id}`, { op, seq, code });
        return put((to) => to.objectStore("refusals").put({ root_id: op.root_id, ...row }, op.op_id));
      }),
      ...this.ops.map(async (op) => {
        const row = { op_id: op.op_id, root_id: op.root_id, ...(await vault.sealJson(`outbox/${op.op_id}`, op)) };
        return put((to) => to.objectStore("outbox").add(row));
      }),
    ]);
    return [...sealed, ...this.#plain()];
  }

  /** @returns {Put[]} rows that hold only identifiers, hashes and numbers */
  #plain() {
    const files = [...this.files.values()].map((row) => put((to) => to.objectStore("files").put(row)));
    const sent = this.sent.map((seq) => put((to) => to.objectStore("outbox").delete(seq)));
    const settled = this.settled.map((opId) => put((to) => to.objectStore("refusals").delete(opId)));
    const erased = [...this.erased.values()].map(({ root_id, photo_id, size }) =>
      put((to) => to.objectStore("files").delete([root_id, photo_id, size])),
    );
    const orphans = this.#orphans().map((sha256) => put((to) => to.objectStore("blobs").delete(sha256)));
    const clock = put((to) => to.objectStore("meta").put(this.clock, "clock"));
    const rows = [...files, ...erased, ...orphans, ...sent, ...settled];
    return this.clock === this.#ledger.clock ? rows : [...rows, clock];
  }

  /** Gives the entities that changed, by root. */
  changed() {
    /** @type {Map<string, Set<string>>} */
    const changed = new Map();
    const add = (/** @type {string} */ rootId, /** @type {string} */ id) => {
      changed.set(rootId, (changed.get(rootId) ?? new Set()).add(id));
    };
    for (const { rootId, entityId } of this.entities.values()) add(rootId, entityId);
    for (const { root_id, photo_id } of [...this.files.values(), ...this.erased.values()]) add(root_id, photo_id);
    for (const rootId of this.headers.keys()) add(rootId, rootId);
    return changed;
  }

  /** The day must say that an inventory is held without opening it: its header knows the alerts. */
  async #noteAlerts() {
    for (const { rootId, entityId, entity } of this.entities.values()) {
      if (entity.kind === "alert") this.headers.set(rootId, withAlert(await this.header(rootId), entityId, entity));
    }
  }

  /**
   * A photo that came from another tablet shows its thumbnail, once the server has given it.
   * @param {string} rootId
   * @param {string} photoId
   * @param {Entity} entity
   */
  #followPhoto(rootId, photoId, entity) {
    if (entity.fields.withdrawn) return this.#erase(rootId, photoId);
    this.#dropOrKeep(rootId, photoId, isDeleted(entity));
    const of = entity.fields.body?.value?.report?.sha256;
    if (of) this.borrow(rootId, photoId, ["thumb"], of);
  }

  /**
   * A move-out shows the photographs of its entry, small in the rows and large beside the camera.
   * @param {string} rootId
   * @param {Entity} entity
   */
  #followEntry(rootId, entity) {
    if (entity.kind !== "inventory") return;
    for (const { id, report } of entity.fields.entry?.value?.photos ?? []) {
      if (report) this.borrow(rootId, id, ["thumb", "view"], report.sha256);
    }
  }

  /**
   * The bytes of a photo that was blurred leave the tablet, whoever blurred it.
   * @param {string} rootId
   * @param {string} photoId
   */
  #erase(rootId, photoId) {
    for (const size of /** @type {const} */ (["report", "archive", "thumb", "view"])) {
      const key = fileKey({ root_id: rootId, photo_id: photoId, size });
      const row = this.files.get(key) ?? this.#ledger.files.get(key);
      this.files.delete(key);
      if (row) this.erased.set(key, row);
    }
  }

  /** The SHA-256 of erased files that no other photo shows. @returns {string[]} */
  #orphans() {
    const hashes = new Set([...this.erased.values()].map((row) => row.sha256));
    if (hashes.size === 0) return [];
    for (const row of this.#ledger.files.values()) if (!this.erased.has(fileKey(row))) hashes.delete(row.sha256);
    for (const row of this.files.values()) hashes.delete(row.sha256);
    return [...hashes].filter((sha256) => sha256 !== "");
  }

  /**
   * Notes which pictures of a photograph are to be fetched; those that are here, or on their way, are left alone.
   * @param {string} rootId
   * @param {string} photoId
   * @param {("thumb" | "view")[]} sizes
   * @param {string} of the SHA-256 by which the server knows it
   */
  borrow(rootId, photoId, sizes, of) {
    for (const size of sizes) {
      const row = { root_id: rootId, photo_id: photoId, size };
      const key = fileKey(row);
      if (this.files.has(key) || this.#ledger.files.get(key)) continue;
      this.putFile({ ...row, sha256: "", bytes: 0, place: "away", reason: null, of });
    }
  }

  /**
   * A deleted photo is not sent, nor fetched; one that is restored is.
   * @param {string} rootId
   * @param {string} photoId
   * @param {boolean} deleted
   */
  #dropOrKeep(rootId, photoId, deleted) {
    for (const size of /** @type {const} */ (["report", "archive", "thumb"])) {
      const key = fileKey({ root_id: rootId, photo_id: photoId, size });
      const row = this.files.get(key) ?? this.#ledger.files.get(key);
      const home = row?.of === undefined ? "tablet" : "away";
      if (size === "thumb" && home === "tablet") continue;
      const [from, to] = deleted ? [home, "dropped"] : ["dropped", home];
      if (row?.place === from) this.putFile({ ...row, place: /** @type {FileRow["place"]} */ (to) });
    }
  }
}

/**
 * @param {Put} action
 * @returns {Put}
 */
function put(action) {
  return action;
}
