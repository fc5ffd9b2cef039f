/** The IndexedDB databases: one directory of vaults, and one database for each vault. */

import { openDB } from "idb";
import { named } from "./errors.js";

/**
 * A sealed value: AES-GCM ciphertext, the key it was sealed with and its nonce. Never a Blob: WebKit loses those.
 * @typedef {object} Sealed
 * @property {string} key_id
 * @property {ArrayBuffer} nonce 12 bytes
 * @property {ArrayBuffer} data ciphertext with the 16-byte tag
 */

/**
 * Where one file of a photo is. Identifiers and hashes only.
 * @typedef {object} FileRow
 * @property {string} root_id
 * @property {string} photo_id
 * @property {"report" | "archive" | "thumb" | "view"} size `view` is a large picture that was fetched, never sent
 * @property {string} sha256 of the bytes; "" while they are away
 * @property {number} bytes
 * @property {"tablet" | "safe" | "stuck" | "dropped" | "away"} place a thumbnail stays "tablet"; a deleted photo is
 *   "dropped": what was photographed by mistake does not leave the tablet; "away" is on the server, to be fetched
 * @property {string | null} reason when stuck
 * @property {string} [of] of what was fetched or is away: the SHA-256 by which the server knows the photograph
 */

/**
 * @typedef {object} VaultSchema
 * @property {{key: [string, string], value: Sealed}} entities by [root_id, entity_id]
 * @property {{key: number, value: Sealed & {op_id: string, root_id: string}, indexes: {root_id: string}}} outbox
 *   by device_seq, which is therefore gapless: an aborted transaction gives its number back
 * @property {{key: string, value: Sealed & {root_id: string}, indexes: {root_id: string}}} refusals by op_id
 * @property {{key: string, value: Sealed}} headers by root_id
 * @property {{key: string, value: Sealed}} records by root_id, those of a visit's documents by "root_id/document_id"
 * @property {{key: [string, string, string], value: FileRow, indexes: {sha256: string}}} files
 *   by [root_id, photo_id, size]
 * @property {{key: string, value: Sealed}} blobs by SHA-256 of the content
 * @property {{key: string, value: any}} meta by a fixed word; values sealed, except `clock` and `owner`
 */

/**
 * A vault as the directory knows it: keys and random identifiers, nothing personal.
 * @typedef {object} VaultRow
 * @property {string} id
 * @property {string} actor_id
 * @property {string} device_id
 * @property {string} key_id of the data key
 * @property {import('./wrapping.js').Wrapping[]} wrappings of the data key
 * @property {CryptoKey} signing_key P-256, not extractable
 * @property {JsonWebKey} public_key
 * @property {import('./code.js').Code} code
 * @property {import('./code.js').SlowHash} login of the address that opened it, so that the same person finds it again
 */

/**
 * @typedef {object} DirectorySchema
 * @property {{key: string, value: VaultRow}} vaults by a random identifier
 * @property {{key: string, value: string}} settings `current` vault, `language`
 */

/** @typedef {import('idb').IDBPDatabase<VaultSchema & import('idb').DBSchema>} VaultDatabase */
/** @typedef {import('idb').IDBPDatabase<DirectorySchema & import('idb').DBSchema>} DirectoryDatabase */

export const DIRECTORY = "fieldapp";
const DIRECTORY_VERSION = 1;
const VAULT_VERSION = 1;

/** What a strict transaction promises: the bytes have reached the disk when it completes. */
const STRICT = /** @type {const} */ ({ durability: "strict" });

/**
 * Opens the directory; throws `NewerDatabase` or `StorageRefused`.
 * @param {Closing} closing
 * @returns {Promise<DirectoryDatabase>}
 */
export function openDirectory(closing) {
  return open(DIRECTORY, DIRECTORY_VERSION, closing, (database) => {
    database.createObjectStore("vaults", { keyPath: "id" });
    database.createObjectStore("settings");
  });
}

/**
 * Opens the database of one vault; throws `NewerDatabase` or `StorageRefused`.
 * @param {string} vaultId
 * @param {Closing} closing
 * @returns {Promise<VaultDatabase>}
 */
export function openVaultDatabase(vaultId, closing) {
  return open(`${DIRECTORY}-${vaultId}`, VAULT_VERSION, closing, (database) => {
    for (const name of ["entities", "headers", "records", "blobs", "meta"]) database.createObjectStore(name);
    database.createObjectStore("outbox", { autoIncrement: true }).createIndex("root_id", "root_id");
    database.createObjectStore("refusals").createIndex("root_id", "root_id");
    database.createObjectStore("files", { keyPath: ["root_id", "photo_id", "size"] }).createIndex("sha256", "sha256");
  });
}

/**
 * `closed` is called when the connection is gone, so that the next use opens another.
 * @typedef {{closed: () => void}} Closing
 */

/**
 * @param {string} name
 * @param {number} version
 * @param {Closing} closing
 * @param {(database: import('idb').IDBPDatabase<any>) => void} create
 * @returns {Promise<import('idb').IDBPDatabase<any>>}
 */
async function open(name, version, { closed }, create) {
  try {
    const database = await openDB(name, version, {
      upgrade: create,
      blocking: () => {
        // A later release in another tab wants to change the schema: let it.
        database.close();
        closed();
      },
      terminated: closed,
    });
    return database;
  } catch (error) {
    throw named(error);
  }
}

/**
 * A database connection that is opened again after the browser closed it (WebKit does so in the background).
 * @template {import('idb').DBSchema} Schema
 */
export class Connection {
  /** @type {Promise<import('idb').IDBPDatabase<Schema>> | null} */
  #database = null;
  #open;

  /** @param {(closing: Closing) => Promise<import('idb').IDBPDatabase<Schema>>} open */
  constructor(open) {
    this.#open = open;
  }

  /** @returns {Promise<import('idb').IDBPDatabase<Schema>>} */
  get() {
    if (this.#database === null) {
      const opening = this.#open({ closed: () => this.#forget(opening) });
      this.#database = opening;
      opening.catch(() => this.#forget(opening));
    }
    return this.#database;
  }

  /**
   * Begins a transaction, on a new connection when the old one turns out to be closed.
   * @template {import('idb').StoreNames<Schema>} Name
   * @template {"readonly" | "readwrite"} Mode
   * @param {Name[]} stores
   * @param {Mode} mode `readwrite` is strict: when it completes, the bytes have reached the disk
   * @returns {Promise<import('idb').IDBPTransaction<Schema, Name[], Mode>>}
   */
  async begin(stores, mode) {
    const opened = this.get();
    const database = await opened;
    const options = mode === "readwrite" ? STRICT : {};
    try {
      return database.transaction(stores, mode, options);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      this.#forget(opened);
      return (await this.get()).transaction(stores, mode, options);
    }
  }

  /** @param {Promise<import('idb').IDBPDatabase<Schema>>} opened */
  #forget(opened) {
    if (this.#database === opened) this.#database = null;
  }
}

/** @param {{root_id: string, photo_id: string, size: string}} row */
export function fileKey({ root_id, photo_id, size }) {
  return `${root_id}/${photo_id}/${size}`;
}

/**
 * All keys that begin with this root id: arrays sort after every text.
 * @param {string} rootId
 */
export function rangeOf(rootId) {
  return IDBKeyRange.bound([rootId], [rootId, []]);
}
