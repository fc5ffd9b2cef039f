/**
 * One vault, open: what its database holds, what of it is in memory, and the one queue through which it changes.
 *
 * A write is prepared (merged, numbered, sealed) before its transaction opens, because a transaction does not survive
 * waiting for WebCrypto; the transaction then writes everything or nothing; memory follows only once it is durable.
 */

import { Batch } from "./batch.js";
import { fileKey, rangeOf } from "./database.js";
import { documentFacts } from "./documents.js";
import { eraseIn } from "./erasing.js";
import { Elsewhere, named } from "./errors.js";
import { FileRows } from "./file-rows.js";
import { recordWaits } from "./header.js";
import { ZERO } from "./hlc.js";

/** @typedef {import('./database.js').VaultSchema & import('idb').DBSchema} Schema */
/** @typedef {import('./database.js').FileRow} FileRow */
/** @typedef {import('./entity.js').Entity} Entity */
/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('./vault.js').Vault} Vault */
/** @typedef {import('./batch.js').Name} Name */

/** @typedef {{driftSeconds: number, at: string}} WrongClock tablet minus server; `at` is the server's time of that answer */

/** @typedef {(changed: Map<string, Set<string>>) => void} Listener root ids to the entity ids that changed */

export class Ledger {
  /** @type {Map<string, Map<string, Entity>>} */
  #roots = new Map();
  files = new FileRows();
  /** @type {Map<string, Header>} of inventories that were asked for */
  headers = new Map();
  /** @type {Set<Listener>} */
  #listeners = new Set();
  /** @type {Promise<unknown>} */
  #tail = Promise.resolve();
  /** Writes that are queued or on their way to the disk. */
  writing = 0;
  waitingOps = 0;
  stuckOps = 0;
  clock = ZERO;
  /** How wrong the tablet's clock was when the server last answered; null while it was right. @type {WrongClock | null} */
  wrongClock = null;
  /** Entities whose operations are in a request right now, as "root/entity". */
  sendingEntities = new Set();
  /** @type {Map<string, number>} SHA-256 of a file that is being sent, to its percentage */
  sendingFiles = new Map();

  /**
   * @param {import('./database.js').Connection<Schema>} connection
   * @param {Vault} vault
   * @param {string} tabId of the tab that may write
   * @param {() => number} now milliseconds since 1970
   */
  constructor(connection, vault, tabId, now) {
    this.connection = connection;
    this.vault = vault;
    this.tabId = tabId;
    this.now = now;
  }

  /** Makes this tab the writer, then reads what must be in memory. */
  async load() {
    const claim = await this.connection.begin(["meta"], "readwrite");
    await Promise.all([claim.objectStore("meta").put(this.tabId, "owner"), claim.done]);
    const transaction = await this.connection.begin(["meta", "files", "outbox", "refusals"], "readonly");
    const [clock, files, waiting, stuck] = await Promise.all([
      transaction.objectStore("meta").get("clock"),
      transaction.objectStore("files").getAll(),
      transaction.objectStore("outbox").count(),
      transaction.objectStore("refusals").count(),
    ]);
    this.clock = clock ?? ZERO;
    this.files = new FileRows();
    for (const row of files) this.files.put(row);
    this.waitingOps = waiting;
    this.stuckOps = stuck;
  }

  /**
   * Gives all entities of an inventory, from memory once they were read.
   * @param {string} rootId
   * @returns {Promise<Map<string, Entity>>}
   */
  async root(rootId) {
    const known = this.#roots.get(rootId);
    if (known) return known;
    // In the queue, or a write that ends while we read would be missing from memory.
    const turn = this.#tail.then(async () => this.#roots.get(rootId) ?? this.#read(rootId));
    this.#tail = turn.catch(() => {});
    return turn;
  }

  /**
   * @param {string} rootId
   * @param {string} entityId
   * @returns {Promise<Entity | null>}
   */
  async entity(rootId, entityId) {
    const known = this.#roots.get(rootId);
    if (known) return known.get(entityId) ?? null;
    const row = await (await this.connection.get()).get("entities", [rootId, entityId]);
    return row ? this.vault.openJson(`entities/${rootId}/${entityId}`, row) : null;
  }

  /**
   * Gives an inventory's header, from memory once it was read.
   * @param {string} rootId
   * @returns {Promise<Header>}
   */
  async header(rootId) {
    const known = this.headers.get(rootId);
    if (known) return known;
    const row = await (await this.connection.get()).get("headers", rootId);
    const header = row ? await this.vault.openJson(`headers/${rootId}`, row) : {};
    const raced = this.headers.get(rootId) ?? header;
    this.headers.set(rootId, raced);
    return raced;
  }

  /**
   * Reads a sealed JSON value by its word; null when there is none.
   * @param {string} key
   * @returns {Promise<any>}
   */
  async meta(key) {
    const row = await (await this.connection.get()).get("meta", key);
    return row ? this.vault.openJson(`meta/${key}`, row) : null;
  }

  /**
   * Reads sealed bytes by primary key; null when there are none.
   * @param {"blobs" | "records"} store
   * @param {string} key
   * @returns {Promise<ArrayBuffer | null>}
   */
  async bytes(store, key) {
    const row = await (await this.connection.get()).get(store, key);
    return row ? this.vault.open(`${store}/${key}`, row) : null;
  }

  /**
   * Runs a write after those before it; resolves when it is durable, with what `prepare` returned.
   * @template Result
   * @param {(batch: Batch) => Promise<Result>} prepare
   * @returns {Promise<Result>}
   * @throws {import('./errors.js').StorageFull} and nothing is written
   * @throws {Elsewhere} when another tab took the vault over
   */
  write(prepare) {
    this.writing += 1;
    const turn = this.#tail.then(async () => {
      const batch = new Batch(this);
      const result = await prepare(batch);
      await this.#commit(batch);
      return result;
    });
    const finished = turn.finally(() => {
      this.writing -= 1;
    });
    this.#tail = finished.catch(() => {});
    return finished;
  }

  /** Resolves when every write asked for so far has ended. */
  async settled() {
    await this.#tail;
  }

  /**
   * @param {Listener} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Tells the listeners that entities changed, or where they are.
   * @param {Map<string, Set<string>>} changed
   */
  tell(changed) {
    for (const listener of this.#listeners) listener(changed);
  }

  /**
   * Deletes an inventory from this tablet, in one transaction that looks for unsent work itself.
   * @param {string} rootId
   * @returns {Promise<boolean>} false when something of it is not on the server: then nothing is deleted
   */
  async erase(rootId) {
    const turn = this.#tail.then(async () => {
      const header = await this.header(rootId);
      if (recordWaits(header, await this.entity(rootId, rootId)) || documentFacts(header).waiting > 0) return false;
      /** @type {Name[]} */
      const names = ["meta", "entities", "outbox", "refusals", "headers", "records", "files", "blobs"];
      const transaction = await this.connection.begin(names, "readwrite");
      transaction.done.catch(() => {});
      const { erased, refusals } = await eraseIn(transaction, rootId, this.tabId);
      await transaction.done;
      this.stuckOps -= refusals;
      if (erased) this.#forget(rootId);
      return erased;
    });
    this.#tail = turn.catch(() => {});
    return turn;
  }

  /** @param {string} rootId */
  #forget(rootId) {
    this.#roots.delete(rootId);
    this.headers.delete(rootId);
    for (const row of [...this.files.values()]) if (row.root_id === rootId) this.files.delete(fileKey(row));
    this.tell(new Map([[rootId, new Set([rootId])]]));
  }

  /** @param {string} rootId */
  async #read(rootId) {
    const transaction = await this.connection.begin(["entities"], "readonly");
    const range = rangeOf(rootId);
    const store = transaction.objectStore("entities");
    const [keys, rows] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
    const entities = await Promise.all(
      rows.map((row, at) => this.vault.openJson(`entities/${keys[at]?.join("/")}`, row)),
    );
    const loaded = new Map(keys.map(([, entityId], at) => [entityId, /** @type {Entity} */ (entities[at])]));
    this.#roots.set(rootId, loaded);
    return loaded;
  }

  /** @param {Batch} batch */
  async #commit(batch) {
    if (batch.isEmpty()) return;
    const rows = await batch.seal();
    const transaction = await this.connection.begin(batch.stores(), "readwrite");
    // A browser may abort a transaction before we wait for it: that must not count as unhandled.
    transaction.done.catch(() => {});
    try {
      if ((await transaction.objectStore("meta").get("owner")) !== this.tabId) throw new Elsewhere();
      // How the transaction ends tells all; a request that fails ends it.
      for (const put of rows) put(transaction).catch(() => {});
      await transaction.done;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // It has already ended.
      }
      throw named(transaction.error ?? error);
    }
    this.#remember(batch);
  }

  /** @param {Batch} batch */
  #remember(batch) {
    this.clock = batch.clock;
    this.waitingOps += batch.ops.length - batch.sent.length;
    this.stuckOps += batch.refusals.length - batch.settled.length;
    for (const { rootId, entityId, entity } of batch.entities.values()) {
      this.#roots.get(rootId)?.set(entityId, entity);
    }
    for (const row of batch.files.values()) this.files.put(row);
    for (const key of batch.erased.keys()) this.files.delete(key);
    for (const [rootId, header] of batch.headers) this.headers.set(rootId, header);
    this.tell(batch.changed());
  }
}
