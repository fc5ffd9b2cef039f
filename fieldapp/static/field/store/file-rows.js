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
   * How many photographs of an inventory have a file in this place; own thumbnails never leave the tablet and do not
   * count. "borrowed" are all that come from the server, "away" those of them with a file still to come.
   * @param {string} rootId
   * @param {FileRow["place"] | "borrowed"} place
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
  #note({ root_id, photo_id, size, place, of }, more) {
    if (of !== undefined) {
      this.#count(`${root_id}/borrowed`, photo_id, more);
      if (place === "away") this.#count(`${root_id}/away`, photo_id, more);
    } else if (size !== "thumb") {
      const grown = this.#count(`${root_id}/${place}`, photo_id, more);
      if (place === "tablet") this.#waiting += grown;
    }
  }

  /**
   * @param {string} where
   * @param {string} photoId
   * @param {1 | -1} more
   * @returns {number} how many photographs more there are
   */
  #count(where, photoId, more) {
    const photos = this.#places.get(where) ?? new Map();
    const before = photos.size;
    const files = (photos.get(photoId) ?? 0) + more;
    if (files === 0) photos.delete(photoId);
    else photos.set(photoId, files);
    this.#places.set(where, photos);
    return photos.size - before;
  }
}
