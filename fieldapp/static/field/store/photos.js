/** The files of an inventory's photographs: sealed on this tablet, shown by object URLs, and where each one is. */

import { fileKey } from "./database.js";

/** @typedef {import('./database.js').FileRow} FileRow */
/** @typedef {import('../photos/developing.js').Developed} Developed */
/** @typedef {"report" | "archive" | "thumb" | "view"} Size */

const SENT = /** @type {const} */ (["report", "archive"]);

export class PhotoFiles {
  #ledger;
  #rootId;
  /** @type {Map<string, Promise<string | null>>} */
  #urls = new Map();

  /**
   * @param {import('./ledger.js').Ledger} ledger
   * @param {string} rootId
   */
  constructor(ledger, rootId) {
    this.#ledger = ledger;
    this.#rootId = rootId;
  }

  /**
   * Gives the immutable body that the parties sign: it names the very bytes that the report will hold.
   * @param {Omit<import('./session.js').NewPhoto, "blob">} photo
   * @param {Developed} developed
   * @param {string} takenAt
   */
  describe({ subjectKind, subjectId, roomId = null, source }, { archive, report, thumb }, takenAt) {
    const named = (/** @type {import('../photos/developing.js').Print} */ { sha256, bytes, width, height }) => {
      return { sha256, bytes: bytes.byteLength, width, height };
    };
    return {
      subject_kind: subjectKind,
      subject_id: subjectId,
      room_id: roomId,
      taken_at: takenAt,
      source,
      archive: named(archive),
      report: named(report),
      thumb: { sha256: thumb.sha256, bytes: thumb.bytes.byteLength },
    };
  }

  /**
   * @param {import('./batch.js').Batch} batch
   * @param {string} photoId
   * @param {Developed} developed
   */
  put(batch, photoId, developed) {
    for (const size of /** @type {const} */ (["report", "archive", "thumb"])) {
      const { sha256, bytes } = developed[size];
      batch.blobs.set(sha256, bytes);
      const row = { root_id: this.#rootId, photo_id: photoId, size, sha256, bytes: bytes.byteLength };
      batch.putFile({ ...row, place: "tablet", reason: null });
    }
  }

  /**
   * Gives an object URL, the same one each time; null when the bytes are not on this tablet.
   * @param {string} photoId
   * @param {Size} size
   * @returns {Promise<string | null>}
   */
  url(photoId, size) {
    const key = `${photoId}/${size}`;
    const known = this.#urls.get(key);
    if (known) return known;
    const made = this.#makeUrl(photoId, size);
    this.#urls.set(key, made);
    // What is not here yet, or failed to open, may be asked for again.
    made.then(
      (url) => url ?? this.#urls.delete(key),
      () => this.#urls.delete(key),
    );
    return made;
  }

  /**
   * Gives the very bytes that the parties sign; null when they are not on this tablet.
   * @param {string} photoId
   * @param {Size} size
   */
  async bytes(photoId, size) {
    const row = this.#row(photoId, size);
    return row ? this.#ledger.bytes("blobs", row.sha256) : null;
  }

  /**
   * @param {string} photoId
   * @returns {import('./session.js').Where}
   */
  where(photoId) {
    const rows = this.#rows(photoId);
    const stuck = rows.find((row) => row.place === "stuck");
    if (stuck) return { place: "stuck", percent: null, reason: stuck.reason };
    const waiting = rows.filter((row) => row.place !== "safe");
    if (waiting.length === 0) return { place: "safe", percent: null, reason: null };
    const moving = waiting.some((row) => this.#ledger.sendingFiles.has(row.sha256));
    if (!moving) return { place: "tablet", percent: null, reason: null };
    const total = rows.reduce((sum, row) => sum + row.bytes, 0);
    const sent = rows.reduce((sum, row) => sum + (row.bytes * this.#percent(row)) / 100, 0);
    return { place: "sending", percent: Math.floor((100 * sent) / total), reason: null };
  }

  /** Counts photographs that are not safe, and those that a person must look at. */
  count() {
    const { files } = this.#ledger;
    return { unsent: files.count(this.#rootId, "tablet"), stuck: files.count(this.#rootId, "stuck") };
  }

  /**
   * Gives back the pictures of a photo whose bytes are gone.
   * @param {string} photoId
   */
  forget(photoId) {
    for (const [key, url] of this.#urls) {
      if (!key.startsWith(photoId)) continue;
      url.then((text) => text && URL.revokeObjectURL(text)).catch(() => {});
      this.#urls.delete(key);
    }
  }

  close() {
    for (const url of this.#urls.values()) url.then((text) => text && URL.revokeObjectURL(text)).catch(() => {});
    this.#urls.clear();
  }

  /** @param {FileRow} row */
  #percent(row) {
    return row.place === "safe" ? 100 : (this.#ledger.sendingFiles.get(row.sha256) ?? 0);
  }

  /**
   * @param {string} photoId
   * @returns {FileRow[]}
   */
  #rows(photoId) {
    return SENT.flatMap((size) => this.#row(photoId, size) ?? []);
  }

  /**
   * @param {string} photoId
   * @param {Size} size
   */
  #row(photoId, size) {
    return this.#ledger.files.get(fileKey({ root_id: this.#rootId, photo_id: photoId, size }));
  }

  /**
   * @param {string} photoId
   * @param {Size} size
   */
  async #makeUrl(photoId, size) {
    const bytes = await this.bytes(photoId, size);
    return bytes ? URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) : null;
  }
}
