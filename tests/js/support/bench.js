// A tablet on the work bench: fresh storage, a fake server, pictures of a chosen weight, tabs that know each other.

import "fake-indexeddb/auto";
import { createHash } from "node:crypto";
import { IDBFactory } from "fake-indexeddb";
import { openStore } from "../../../fieldapp/static/field/tablet.js";
import { FakeServer, PASSWORD } from "./fake-server.js";

export const CODE = "246810";
export const EMAIL = "camille.durand@demo.fieldapp.example";

/** Takes everything away from the disk. */
export function emptyDisk() {
  globalThis.indexedDB = new IDBFactory();
}

/** A camera whose pictures differ. */
export class FakeDarkroom {
  shots = 0;

  /** @param {number} [bytes] of the archive's size */
  constructor(bytes = 3_000) {
    this.bytes = bytes;
  }

  /** @type {import("../../../fieldapp/static/field/photos/developing.js").Develop} */
  develop = async () => {
    this.shots += 1;
    return { archive: this.#print(1), report: this.#print(0.4), thumb: this.#print(0.05) };
  };

  /** @param {number} share */
  #print(share) {
    const bytes = Buffer.alloc(Math.ceil(this.bytes * share), `${this.shots}/${share} `);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    return { bytes: new Uint8Array(bytes).buffer, width: 1600 * share, height: 1200 * share, sha256 };
  }
}

/** Time that passes when the test says so. */
export class FakeTimers {
  /** @type {{delayMs: number, act: () => void} | null} what the tablet will do next, and when */
  next = null;

  /** @param {number} delayMs @param {() => void} act */
  after = (delayMs, act) => {
    const mine = { delayMs, act };
    this.next = mine;
    return () => {
      if (this.next === mine) this.next = null;
    };
  };
}

/** Web Locks of one browser: exclusive, in order, with `ifAvailable` and `steal`. */
export class FakeLocks {
  /** @type {Map<string, {lose: (error: Error) => void}>} */
  #held = new Map();
  /** @type {{name: string, start: () => void}[]} */
  #queue = [];

  /** @type {any} */
  request = (/** @type {string} */ name, /** @type {any} */ options, /** @type {any} */ callback) => {
    return new Promise((resolve, reject) => {
      const start = () => {
        const holder = { lose: reject };
        this.#held.set(name, holder);
        Promise.resolve(callback({ name }))
          .then(resolve, reject)
          .finally(() => this.#free(name, holder));
      };
      const holder = this.#held.get(name);
      if (holder === undefined) start();
      else if (options.ifAvailable) Promise.resolve(callback(null)).then(resolve, reject);
      else if (options.steal) {
        holder.lose(new DOMException("stolen", "AbortError"));
        start();
      } else this.#queue.push({ name, start });
    });
  };

  /** @param {string} name @param {unknown} holder */
  #free(name, holder) {
    if (this.#held.get(name) !== holder) return;
    this.#held.delete(name);
    const next = this.#queue.findIndex((waiting) => waiting.name === name);
    if (next >= 0) this.#queue.splice(next, 1)[0]?.start();
  }
}

/**
 * @param {Partial<import("../../../fieldapp/static/field/tablet.js").Surroundings> & {server?: FakeServer}} [given]
 */
export async function tablet({ server = new FakeServer(), ...given } = {}) {
  const store = await openStore({
    fetch: server.fetch,
    locks: null,
    develop: new FakeDarkroom().develop,
    after: new FakeTimers().after,
    ...given,
  });
  return { store, server };
}

/**
 * A tablet that was enrolled, with the day's pack.
 * @param {Parameters<typeof tablet>[0]} [given]
 */
export async function enrolledTablet(given) {
  emptyDisk();
  const made = await tablet(given);
  await made.store.enrol({ email: EMAIL, password: PASSWORD, deviceName: "Tablette 1", code: CODE });
  await made.store.transfer.syncNow();
  return made;
}

/**
 * Makes the n-th put or add into a store fail, as a full disk does.
 * @param {string} store
 * @param {number} [nth] from 1; every one from there on when `forGood`
 * @param {boolean} [forGood]
 */
export function failWrites(store, nth = 1, forGood = false) {
  const prototype = /** @type {any} */ (globalThis.IDBObjectStore.prototype);
  const originals = { put: prototype.put, add: prototype.add };
  let seen = 0;
  for (const [name, original] of Object.entries(originals)) {
    prototype[name] = function write(/** @type {any[]} */ ...args) {
      if (this.name === store) seen += 1;
      if (this.name === store && (seen === nth || (forGood && seen > nth))) {
        throw new DOMException("the disk is full", "QuotaExceededError");
      }
      return original.apply(this, args);
    };
  }
  return () => Object.assign(prototype, originals);
}

/** Everything on the disk, as the text that a thief would search: keys and values of every row. */
export async function disk() {
  const found = [];
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const from = database.transaction(store).objectStore(store);
      const [keys, values] = [await done(from.getAllKeys()), await done(from.getAll())];
      found.push({ database: name, store, keys, values });
    }
    database.close();
  }
  return found;
}

/**
 * @param {unknown} value
 * @returns {string}
 */
export function asText(value) {
  if (value instanceof ArrayBuffer) return Buffer.from(value).toString("latin1") + Buffer.from(value).toString("utf8");
  if (ArrayBuffer.isView(value)) return asText(new Uint8Array(value.buffer).slice().buffer);
  if (Array.isArray(value)) return value.map(asText).join("\n");
  if (value !== null && typeof value === "object") return Object.entries(value).flat().map(asText).join("\n");
  return String(value);
}

/**
 * @template Result
 * @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
