// The open inventory as the person sees it: each tap shows at once, and is durable before the next one is written.

import { PhotoRefused } from "../photos/errors.js";

/** @typedef {import("../elements/sync.js").Where} Where */
/** @typedef {{entityId: string, kind: string, field: string, value: unknown}} Change */
/** @typedef {{id: string, [field: string]: any}} Item  An entity with its fields beside its id. */
/** @typedef {{subjectKind: string, subjectId: string, roomId: string | null}} Subject */

/** @typedef {import("../store/session.js").Inventory} Inventory */
/**
 * One write on its way to the store.
 * @typedef {object} Job
 * @property {() => Promise<unknown>} work
 * @property {(value: any) => void} done
 * @property {(error: unknown) => void} fail
 * @property {boolean} photo when it fails, those behind it go on
 */

/** One open inventory: reads see what was tapped, writes go to the store one after the other. */
export class Draft {
  #inventory;
  /** What is tapped and not yet durable: entity, field, value. @type {Map<string, Map<string, {value: unknown}>>} */
  #pending = new Map();
  /** @type {Job[]} */
  #queue = [];
  /** Photos that found no place, a full disk for one: kept in hand until `retry`. @type {{job: Job, error: unknown}[]} */
  #homeless = [];
  #running = false;
  /** @type {unknown} */
  #problem = null;
  #listeners = new Set();
  #unsubscribe;

  /** @param {Inventory} inventory */
  constructor(inventory) {
    this.#inventory = inventory;
    this.#unsubscribe = inventory.subscribe(() => this.#changed());
  }

  get id() {
    return this.#inventory.id;
  }

  /** The store's own object, for signing and for the record. */
  get inventory() {
    return this.#inventory;
  }

  /** True until the last tap is durable. */
  get saving() {
    return this.#running || this.#queue.length + this.#homeless.length > 0;
  }

  /** Why the last write failed, or null; nothing is dropped, `retry` goes on. */
  get problem() {
    return this.#problem ?? this.#homeless[0]?.error ?? null;
  }

  /** The inventory's own fields. */
  get header() {
    return this.get(this.id)?.fields ?? {};
  }

  /** True once somebody has answered over what is noted, or may have: from then on it may not change. */
  get begun() {
    // Advice is closed without any answer.
    if (this.header.closed) return true;
    const acts = this.list("act");
    if (this.header.closed !== null) return acts.length > 0;
    // Opened again after it was signed: answers over the record that left do not hold this one.
    const { keptSha256 } = this.#inventory.summary();
    return acts.some((act) => act.body?.record_sha256 === keptSha256);
  }

  /** @param {string} id */
  get(id) {
    const entity = this.#inventory.get(id);
    const pending = this.#pending.get(id);
    if (!entity || !pending) return entity ?? undefined;
    return { kind: entity.kind, fields: { ...entity.fields, ...values(pending) } };
  }

  /**
   * Entities of a kind that are not deleted, by position.
   * @param {string} kind
   * @returns {Item[]}
   */
  list(kind) {
    const items = this.#inventory.list(kind);
    if (this.#pending.size === 0) return items;
    return items
      .map((item) => {
        const pending = this.#pending.get(item.id);
        return pending ? { ...item, ...values(pending) } : item;
      })
      .filter((item) => !item.deleted)
      .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1));
  }

  /** The state that the rules read; only what is durable. */
  state() {
    return this.#inventory.state();
  }

  /**
   * Photos of a subject, oldest first.
   * @param {string} subjectId
   */
  photos(subjectId) {
    return this.list("photo").filter((photo) => photo.body?.subject_id === subjectId);
  }

  /**
   * Writes one field; resolves when it is durable.
   * @param {string} entityId
   * @param {string} kind
   * @param {string} field
   * @param {unknown} value
   */
  set(entityId, kind, field, value) {
    return this.setMany([{ entityId, kind, field, value }]);
  }

  /**
   * Writes several fields in one transaction; resolves when they are durable.
   * @param {Change[]} changes
   */
  setMany(changes) {
    if (changes.length === 0) return Promise.resolve();
    const marks = changes.map((change) => this.#show(change));
    this.#changed();
    return this.#enqueue(async () => {
      if (changes.length === 1 && changes[0]) {
        const { entityId, kind, field, value } = changes[0];
        await this.#inventory.set(entityId, kind, field, value);
      } else {
        await this.#inventory.setMany(changes);
      }
      for (const forget of marks) forget();
    });
  }

  /** The id of something that `setMany` will write. */
  newId() {
    return this.#inventory.newId();
  }

  /**
   * @param {string} kind
   * @param {Record<string, unknown>} fields
   * @returns {Promise<string>} its id
   */
  add(kind, fields) {
    return this.#enqueue(() => this.#inventory.addEntity(kind, fields));
  }

  /** @param {string} id */
  remove(id) {
    return this.#enqueue(() => this.#inventory.remove(id));
  }

  /** @param {string} id */
  restore(id) {
    return this.#enqueue(() => this.#inventory.restore(id));
  }

  /**
   * Makes a photo durable. One that is no picture is rejected at once; one that finds no place is kept in hand, and the
   * promise waits with it for `retry`.
   * @param {Subject & {source: "camera" | "file", blob: Blob | ImageBitmap}} photo an ImageBitmap is closed in the end
   * @returns {Promise<string>} its id
   */
  addPhoto(photo) {
    const { blob } = photo;
    if (blob instanceof Blob) return this.#enqueue(() => this.#inventory.addPhoto(photo), true);
    return this.#enqueue(async () => {
      // The darkroom takes its bitmap over: what is given away is a copy, or a full disk would cost the picture.
      const photoId = await this.#inventory.addPhoto({ ...photo, blob: await createImageBitmap(blob) });
      blob.close();
      return photoId;
    }, true);
  }

  /**
   * Makes areas of a photo impossible to make out; the first picture is erased for good.
   * @param {string} photoId
   * @param {import("../photos/blur.js").Area[]} areas
   * @returns {Promise<string>} the id of the photo that takes its place
   */
  blurPhoto(photoId, areas) {
    return this.#enqueue(() => this.#inventory.blurPhoto(photoId, areas), true);
  }

  /**
   * @param {string} id entity or photo
   * @returns {Where}
   */
  where(id) {
    if (this.#pending.has(id)) return { place: this.#problem ? "stuck" : "saving" };
    return this.#inventory.where(id);
  }

  /** Tries the failed write again, then what waited behind it. */
  retry() {
    this.#problem = null;
    this.#queue.push(...this.#homeless.splice(0).map(({ job }) => job));
    this.#changed();
    void this.#run();
  }

  /** @param {() => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Stops listening to the store, and gives its pictures back. */
  close() {
    this.#unsubscribe();
    this.#inventory.close();
    this.#listeners.clear();
  }

  /** @param {Change} change */
  #show({ entityId, field, value }) {
    const mark = { value };
    const fields = this.#pending.get(entityId) ?? new Map();
    this.#pending.set(entityId, fields.set(field, mark));
    return () => {
      if (fields.get(field) !== mark) return;
      fields.delete(field);
      if (fields.size === 0) this.#pending.delete(entityId);
    };
  }

  /**
   * @template T
   * @param {() => Promise<T>} work
   * @param {boolean} [photo]
   * @returns {Promise<T>}
   */
  #enqueue(work, photo = false) {
    const result = new Promise((done, fail) => this.#queue.push({ work, done, fail, photo }));
    void this.#run();
    return /** @type {Promise<T>} */ (result);
  }

  async #run() {
    if (this.#running || this.#problem) return;
    this.#running = true;
    this.#changed();
    for (let job = this.#queue[0]; job; job = this.#queue[0]) {
      try {
        job.done(await job.work());
      } catch (error) {
        if (!job.photo) {
          this.#problem = error;
          break;
        }
        if (error instanceof PhotoRefused) job.fail(error);
        else this.#homeless.push({ job, error });
      }
      this.#queue.shift();
    }
    this.#running = false;
    this.#changed();
  }

  #changed() {
    for (const listener of this.#listeners) listener();
  }
}

/** @param {Map<string, {value: unknown}>} pending */
function values(pending) {
  return Object.fromEntries([...pending].map(([field, { value }]) => [field, value]));
}
