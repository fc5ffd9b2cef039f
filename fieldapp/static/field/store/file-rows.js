/** Where the files of photographs are, with the counts that screens show after every tap: kept, never counted over. */

import { fileKey } from "./database.js";

/** @typedef {import('./database.js').FileRow} FileRow */

export class FileRows {
  /** @type {Map<string, FileRow>} by "root/photo/size" */
  #rows = new Map();
  /** @type {Map<string, Map<string, number>>} "root/place" to its photographs and how many of their files are there */
  #places = new Map();
  #waiting = 0;

  /** Photographs with a file that waits to be sent. */
  get waiting() {
    return this.#waiting;
  }

  /**
   * How many photographs of an inventory have a file in this place; thumbnails never leave the tablet and do not count.
   * @param {string} rootId
   * @param {FileRow["place"]} place
   */
  count(rootId, place) {
    return this.#places.get(`${rootId}/${place}`)?.size ?? 0;
  }

  /** @param {string} key */
  get(key) {
    return this.#rows.get(key);
  }

  /** @param {FileRow} row */
  put(row) {
    const key = fileKey(row);
    this.delete(key);
    this.#rows.set(key, row);
    this.#note(row, 1);
  }

  /** @param {string} key */
  delete(key) {
    const row = this.#rows.get(key);
    if (row === undefined) return;
    this.#rows.delete(key);
    this.#note(row, -1);
  }

  values() {
    return this.#rows.values();
  }

  /**
   * @param {FileRow} row
   * @param {1 | -1} more
   */
  #note({ root_id, photo_id, size, place }, more) {
    if (size === "thumb") return;
    const photos = this.#places.get(`${root_id}/${place}`) ?? new Map();
    const before = photos.size;
    const files = (photos.get(photo_id) ?? 0) + more;
    if (files === 0) photos.delete(photo_id);
    else photos.set(photo_id, files);
    this.#places.set(`${root_id}/${place}`, photos);
    if (place === "tablet") this.#waiting += photos.size - before;
  }
}
