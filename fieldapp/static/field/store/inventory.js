/** One inventory, open: read from memory, written durably, telling who listens. */

import { PhotoRefused } from "../photos/errors.js";
import { canonicalBytes } from "./canonical.js";
import { documentFacts, documentKey, refusedDocuments, withDocument } from "./documents.js";
import { isDeleted, isNothing, pendingWrites, refusals, values, written } from "./entity.js";
import { apartIn, recordFacts, stateOf } from "./header.js";
import { tick } from "./hlc.js";
import { newOp } from "./outbox.js";
import { PhotoFiles } from "./photos.js";
import { uuid7 } from "./uuid7.js";

/** @typedef {import('./batch.js').Batch} Batch */
/** @typedef {import('./entity.js').Entity} Entity */
/** @typedef {import('./session.js').Fields} Fields */
/** @typedef {import('./session.js').Inventory} Opened */
/** @typedef {import('./session.js').Write} Write */

/** @implements {Opened} */
export class Inventory {
  #ledger;
  #device;
  #develop;
  #entities;
  #photos;
  /** @type {Map<string, {entity: Entity, fields: Fields}>} what `get` last gave, so that screens can compare by identity */
  #shown = new Map();

  /**
   * @param {string} id
   * @param {Map<string, Entity>} entities the ledger's own, which follow every write
   * @param {{ledger: import('./ledger.js').Ledger, device: import('./device.js').Device,
   *   develop: import('../photos/developing.js').Develop}} desk
   */
  constructor(id, entities, { ledger, device, develop }) {
    this.id = id;
    this.#entities = entities;
    this.#ledger = ledger;
    this.#device = device;
    this.#develop = develop;
    this.#photos = new PhotoFiles(ledger, id);
  }

  /** @param {string} entityId */
  get(entityId) {
    const entity = this.#entities.get(entityId);
    return entity && !isNothing(entity) ? { kind: entity.kind, fields: this.#fields(entityId, entity) } : null;
  }

  /** @param {string} kind */
  list(kind) {
    const found = [];
    for (const [id, entity] of this.#entities) {
      if (entity.kind === kind && !isDeleted(entity) && !isNothing(entity))
        found.push({ ...this.#fields(id, entity), id });
    }
    return found.sort(byPosition);
  }

  state() {
    const entities = [...this.#entities].flatMap(([id, entity]) =>
      isNothing(entity) ? [] : [[id, { kind: entity.kind, fields: this.#fields(id, entity) }]],
    );
    return { entities: Object.fromEntries(entities) };
  }

  /**
   * @param {string} entityId
   * @param {string} kind
   * @param {string} field
   * @param {any} value
   */
  set(entityId, kind, field, value) {
    return this.setMany([{ entityId, kind, field, value }]);
  }

  /** @param {Write[]} writes */
  setMany(writes) {
    return this.#ledger.write((batch) => this.#write(batch, writes));
  }

  newId() {
    return uuid7(this.#ledger.now());
  }

  /**
   * @param {string} kind
   * @param {Fields} fields
   */
  async addEntity(kind, fields) {
    const entityId = kind === "act" ? fields.body.act_id : this.newId();
    await this.setMany(Object.entries(fields).map(([field, value]) => ({ entityId, kind, field, value })));
    return entityId;
  }

  /** @param {string} entityId */
  remove(entityId) {
    return this.set(entityId, this.#kind(entityId), "deleted", true);
  }

  /** @param {string} entityId */
  restore(entityId) {
    return this.set(entityId, this.#kind(entityId), "deleted", false);
  }

  /** @param {import('./session.js').NewPhoto} photo */
  async addPhoto(photo) {
    const now = this.#ledger.now();
    const takenAt = photo.blob instanceof File ? photo.blob.lastModified : now;
    const developed = await this.#develop(photo.blob);
    const photoId = uuid7(now);
    const body = this.#photos.describe(photo, developed, new Date(takenAt).toISOString());
    await this.#ledger.write(async (batch) => {
      this.#photos.put(batch, photoId, developed);
      await this.#write(batch, [{ entityId: photoId, kind: "photo", field: "body", value: body }]);
    });
    return photoId;
  }

  /**
   * @param {string} photoId
   * @param {import('../photos/blur.js').Area[]} areas
   */
  async blurPhoto(photoId, areas) {
    const fields = this.get(photoId)?.fields;
    const bytes = await this.#photos.bytes(photoId, "archive");
    if (!fields || bytes === null) throw new PhotoRefused("not_here");
    const developed = await this.#develop(new Blob([bytes], { type: "image/jpeg" }), areas);
    const now = this.#ledger.now();
    const blurredId = uuid7(now);
    const { subject_kind: subjectKind, subject_id: subjectId, room_id: roomId, source, taken_at } = fields.body;
    const subject = { subjectKind, subjectId, roomId, source };
    const withdrawn = { reason: "blurred", at: new Date(now).toISOString(), replaced_by: blurredId };
    const writes = [
      { entityId: blurredId, field: "body", value: this.#photos.describe(subject, developed, taken_at) },
      { entityId: blurredId, field: "caption", value: fields.caption },
      { entityId: blurredId, field: "marks", value: fields.marks },
      { entityId: photoId, field: "withdrawn", value: withdrawn },
      { entityId: photoId, field: "deleted", value: true },
    ].filter(({ value }) => value !== undefined && value !== null);
    await this.#ledger.write(async (batch) => {
      this.#photos.put(batch, blurredId, developed);
      await this.#write(
        batch,
        writes.map((write) => ({ ...write, kind: "photo" })),
      );
    });
    this.#photos.forget(photoId);
    return blurredId;
  }

  /** @param {string} photoId */
  thumb(photoId) {
    return this.#photos.url(photoId, "thumb");
  }

  /**
   * @param {string} photoId
   * @param {"report" | "archive" | "view"} size
   */
  photo(photoId, size) {
    return this.#photos.url(photoId, size);
  }

  /**
   * @param {string} photoId
   * @param {"report" | "archive" | "thumb" | "view"} size
   */
  photoBytes(photoId, size) {
    return this.#photos.bytes(photoId, size);
  }

  /**
   * @param {string} id
   * @returns {import('./session.js').Where}
   */
  where(id) {
    const entity = this.#entities.get(id);
    const [refused] = refusals(entity ?? null);
    if (refused) return { place: "stuck", percent: null, reason: refused.code };
    const waits = entity !== undefined && pendingWrites(entity) > 0;
    if (waits && this.#ledger.sendingEntities.has(`${this.id}/${id}`)) {
      return { place: "sending", percent: entity.kind === "photo" ? 0 : null, reason: null };
    }
    const files = this.#photos.where(id);
    if (waits && files.place !== "stuck") return { place: "tablet", percent: null, reason: null };
    return files;
  }

  /** @param {(changed: string[]) => void} listener */
  subscribe(listener) {
    return this.#ledger.subscribe((changed) => {
      const ids = changed.get(this.id);
      if (ids !== undefined) listener([...ids]);
    });
  }

  /** @param {{[name: string]: any}} body */
  async signAct(body) {
    const signed = await this.#device.signed(body);
    await this.addEntity("act", { body: signed });
    return signed;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {string} sha256
   */
  async saveRecord(bytes, sha256) {
    await this.#ledger.write(async (batch) => {
      batch.records.set(this.id, new Uint8Array(bytes));
      const header = await batch.header(this.id);
      batch.headers.set(this.id, { ...header, record: { sha256, place: "kept", reason: null } });
    });
  }

  /** What was frozen for signing, as this tablet kept it; null when another tablet did. */
  async readRecord() {
    const { record } = await this.#ledger.header(this.id);
    const bytes = await this.#ledger.bytes("records", this.id);
    return record && bytes ? { bytes: new Uint8Array(bytes), sha256: record.sha256 } : null;
  }

  /**
   * Keeps a document with the acts that decided on it, in one transaction: neither is ever here without the other.
   * @param {string} documentId
   * @param {{bytes: Uint8Array, sha256: string}} record
   * @param {{[name: string]: any}[]} acts
   */
  async signDocument(documentId, { bytes, sha256 }, acts) {
    const signed = await Promise.all(acts.map((act) => this.#device.signed(act)));
    const closed = { record_sha256: sha256, at: acts[0]?.at, acts: acts.map(({ act_id: id }) => id) };
    await this.#ledger.write(async (batch) => {
      batch.records.set(documentKey(this.id, documentId), new Uint8Array(bytes));
      const header = await batch.header(this.id);
      batch.headers.set(this.id, withDocument(header, documentId, { sha256, place: "kept", reason: null }));
      await this.#write(batch, [
        ...signed.map((act) => ({ entityId: act.act_id, kind: "act", field: "body", value: act })),
        { entityId: documentId, kind: "document", field: "closed", value: closed },
      ]);
    });
    return signed;
  }

  /** What the server refused is left to the office, which has it, or was signed again. @param {string} documentId */
  async settleDocument(documentId) {
    await this.#ledger.write(async (batch) => {
      const header = await batch.header(this.id);
      const kept = header.documents?.[documentId];
      if (kept?.place === "stuck")
        batch.headers.set(this.id, withDocument(header, documentId, { ...kept, place: "sent" }));
    });
  }

  /** @param {string} documentId the very bytes that were signed on this tablet; null when another one has them */
  async readDocument(documentId) {
    const bytes = await this.#ledger.bytes("records", documentKey(this.id, documentId));
    return bytes ? new Uint8Array(bytes) : null;
  }

  /** @returns {import('./session.js').Summary} */
  summary() {
    const entities = [...this.#entities.values()];
    const { unsent, stuck } = this.#photos.count();
    const header = this.#ledger.headers.get(this.id) ?? {};
    const root = this.#entities.get(this.id) ?? null;
    const documents = documentFacts(header);
    return {
      id: this.id,
      state: stateOf(header, root),
      unsentOps: entities.reduce((sum, entity) => sum + pendingWrites(entity), documents.waiting),
      unsentPhotos: unsent,
      refusedDocuments: refusedDocuments(header),
      stuck: entities.reduce((sum, entity) => sum + refusals(entity).length, stuck + documents.stuck),
      pictures: {
        all: this.#ledger.files.count(this.id, "borrowed"),
        away: this.#ledger.files.count(this.id, "away"),
      },
      sealedAt: header.sealed_at ?? null,
      receiptAt: header.receipt_at ?? null,
      missing: header.missing ?? [],
      ...recordFacts(header, root),
    };
  }

  apart() {
    const header = this.#ledger.headers.get(this.id) ?? {};
    return apartIn(header, this.#entities.get(this.id) ?? null, this.#entities);
  }

  close() {
    this.#photos.close();
  }

  /**
   * @param {Batch} batch
   * @param {Write[]} writes
   */
  async #write(batch, writes) {
    const now = this.#ledger.now();
    for (const { entityId, kind, field, value } of writes) {
      // What has no canonical form could never be signed, nor read by the server.
      canonicalBytes(value);
      const hlc = tick(batch.clock, now);
      const before = await batch.entity(this.id, entityId);
      const change = written(before, { kind, field, value, hlc, deviceId: this.#device.id });
      if (change === null) continue;
      batch.clock = hlc;
      batch.putEntity(this.id, entityId, change.entity, before);
      const where = { root_id: this.id, entity_id: entityId, kind, field, value };
      const author = { actor_id: this.#device.actorId, catalogue_v: this.#device.catalogueVersion };
      batch.ops.push(newOp({ ...where, ...author, base_rev: change.baseRev, hlc }, now));
    }
  }

  /**
   * @param {string} entityId
   * @param {Entity} entity
   */
  #fields(entityId, entity) {
    const shown = this.#shown.get(entityId);
    if (shown?.entity === entity) return shown.fields;
    const fields = values(entity);
    this.#shown.set(entityId, { entity, fields });
    return fields;
  }

  /** @param {string} entityId */
  #kind(entityId) {
    const entity = this.#entities.get(entityId);
    if (entity === undefined) throw new RangeError(`no entity ${entityId}`);
    return entity.kind;
  }
}

/**
 * @param {{id: string, position?: any}} one
 * @param {{id: string, position?: any}} other
 */
function byPosition(one, other) {
  const difference = (one.position ?? 0) - (other.position ?? 0);
  if (difference !== 0) return difference;
  return one.id < other.id ? -1 : 1;
}
