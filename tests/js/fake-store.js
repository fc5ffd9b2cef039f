// An inventory and a store in memory, for screens without a vault.

/** @typedef {{kind: string, fields: Record<string, any>}} Stored */

/** Behaves as the store's Inventory: writes take a turn of the loop, and may be made to fail. */
export class FakeInventory {
  /** @type {Map<string, Uint8Array<ArrayBuffer>>} */
  documents = new Map();
  /** @type {Map<string, Stored>} */
  #entities;
  /** @type {Set<(changed: string[]) => void>} */
  #listeners = new Set();
  /** @type {unknown} */
  #failure = null;
  /** @type {unknown} */
  #photoFailure = null;
  /** @type {Map<string, string>} */
  #pictures = new Map();
  /** @type {{bytes: Uint8Array<ArrayBuffer>, sha256: string} | null} */
  #record = null;
  /** What the server said of it. @type {{problem: string | null} | null} */
  #answer = null;
  #now = 0;
  #minted = 0;
  /** The most writes that were ever under way together. */
  mostAtOnce = 0;

  /**
   * @param {string} id
   * @param {Record<string, Stored>} entities
   */
  constructor(id, entities) {
    this.id = id;
    this.#entities = new Map(Object.entries(structuredClone(entities)));
  }

  /** @param {unknown} error every write fails with it, until null */
  failWith(error) {
    this.#failure = error;
  }

  /** @param {unknown} error every photo fails with it, until null */
  failPhotosWith(error) {
    this.#photoFailure = error;
  }

  /** @param {string} id */
  get(id) {
    return this.#entities.get(id) ?? null;
  }

  /** @param {string} kind */
  list(kind) {
    /** @type {{id: string, [field: string]: any}[]} */
    const items = [...this.#entities]
      .filter(([, entity]) => entity.kind === kind && !entity.fields.deleted)
      .map(([id, entity]) => ({ id, ...entity.fields }));
    return items.sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || (a.id < b.id ? -1 : 1));
  }

  state() {
    return { entities: Object.fromEntries(structuredClone([...this.#entities])) };
  }

  /** @param {string} entityId @param {string} kind @param {string} field @param {any} value */
  set(entityId, kind, field, value) {
    return this.setMany([{ entityId, kind, field, value }]);
  }

  /** @param {{entityId: string, kind: string, field: string, value: any}[]} writes */
  async setMany(writes) {
    await this.#write(this.#failure, () => {
      for (const { entityId, kind, field, value } of writes) {
        const entity = this.#entities.get(entityId) ?? { kind, fields: {} };
        this.#entities.set(entityId, { kind, fields: { ...entity.fields, [field]: value } });
      }
    });
    this.#tell(writes.map((write) => write.entityId));
  }

  newId() {
    return `new-${++this.#minted}`;
  }

  /** @param {string} kind @param {Record<string, any>} fields */
  async addEntity(kind, fields) {
    const id = `${kind}-new-${++this.#minted}`;
    await this.#write(this.#failure, () => this.#entities.set(id, { kind, fields: { ...fields } }));
    this.#tell([id]);
    return id;
  }

  /** @param {string} id */
  remove(id) {
    return this.set(id, this.get(id)?.kind ?? "", "deleted", true);
  }

  /** @param {string} id */
  restore(id) {
    return this.set(id, this.get(id)?.kind ?? "", "deleted", false);
  }

  /** @param {string} photoId */
  async blurPhoto(photoId) {
    const {
      subject_kind: subjectKind,
      subject_id: subjectId,
      room_id: roomId,
      source,
    } = /** @type {any} */ (this.get(photoId)).fields.body;
    const blurred = await this.addPhoto({ subjectKind, subjectId, roomId, source, blob: new Blob(["blurred"]) });
    await this.remove(photoId);
    return blurred;
  }

  /** @param {{subjectKind: string, subjectId: string, roomId?: string | null, source: string, blob: Blob | ImageBitmap}} photo */
  async addPhoto({ subjectKind, subjectId, roomId, source, blob }) {
    if (this.#photoFailure) throw this.#photoFailure;
    const body = {
      subject_kind: subjectKind,
      subject_id: subjectId,
      room_id: roomId ?? null,
      source,
      taken_at: new Date().toISOString(),
    };
    const url = await picture(blob);
    const id = await this.addEntity("photo", { body });
    this.#pictures.set(id, url);
    return id;
  }

  /** @param {string} id */
  where(id) {
    return {
      place: /** @type {"tablet" | "safe"} */ (this.#entities.has(id) ? "tablet" : "safe"),
      percent: null,
      reason: null,
    };
  }

  /** @param {string} photoId */
  async thumb(photoId) {
    return this.#pictures.get(photoId) ?? null;
  }

  /** @param {string} photoId */
  async photo(photoId) {
    return this.#pictures.get(photoId) ?? null;
  }

  async photoBytes() {
    return null;
  }

  /** @param {(changed: string[]) => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {Record<string, any>} body */
  async signAct(body) {
    const signed = { ...body, device_id: "device", signature: "signature" };
    await this.#write(null, () => this.#entities.set(body.act_id, { kind: "act", fields: { body: signed } }));
    this.#tell([body.act_id]);
    return signed;
  }

  /** @param {Uint8Array} bytes @param {string} sha256 */
  async saveRecord(bytes, sha256) {
    this.#record = { bytes: new Uint8Array(bytes), sha256 };
    this.#answer = null;
  }

  async readRecord() {
    return this.#record;
  }

  /** @param {string} documentId @param {{bytes: Uint8Array, sha256: string}} record @param {Record<string, any>[]} acts */
  async signDocument(documentId, { bytes, sha256 }, acts) {
    const closed = { record_sha256: sha256, at: acts[0]?.at, acts: acts.map(({ act_id: id }) => id) };
    this.documents.set(documentId, new Uint8Array(bytes));
    await this.setMany([{ entityId: documentId, kind: "document", field: "closed", value: closed }]);
    return Promise.all(acts.map((act) => this.signAct(act)));
  }

  async settleDocument() {}

  /** @param {string} documentId */
  async readDocument(documentId) {
    return this.documents.get(documentId) ?? null;
  }

  /** The record reached the server. @param {string | null} problem why it was refused */
  refuseRecord(problem) {
    this.#answer = { problem };
  }

  summary() {
    return {
      id: this.id,
      state: /** @type {const} */ ("in_progress"),
      unsentOps: 3,
      unsentPhotos: this.#pictures.size,
      pictures: { all: 0, away: 0 },
      stuck: 0,
      recordSha256: null,
      sealedAt: null,
      receiptAt: null,
      missing: [],
      keptSha256: this.#answer ? null : (this.#record?.sha256 ?? null),
      refused: Boolean(this.#answer?.problem),
      problem: this.#answer?.problem ?? null,
    };
  }

  /** @returns {import("../../fieldapp/static/field/store/header.js").Apart[]} */
  apart() {
    return [];
  }

  close() {}

  /** @param {unknown} failure @param {() => void} apply */
  async #write(failure, apply) {
    this.#now += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#now);
    await new Promise((done) => setTimeout(done));
    this.#now -= 1;
    if (failure) throw failure;
    apply();
  }

  /** @param {string[]} ids */
  #tell(ids) {
    for (const listener of this.#listeners) listener(ids);
  }
}

/** @param {Blob | ImageBitmap} blob */
async function picture(blob) {
  if (blob instanceof Blob) return URL.createObjectURL(blob);
  const canvas = new OffscreenCanvas(blob.width, blob.height);
  canvas.getContext("2d")?.drawImage(blob, 0, 0);
  return URL.createObjectURL(await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 }));
}
