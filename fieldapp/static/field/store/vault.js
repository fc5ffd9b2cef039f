/** Turns what the tablet knows into ciphertext, and back: AES-GCM, 256 bits, a fresh nonce for each row. */

import { DamagedRow } from "./errors.js";

/** @typedef {import('./database.js').Sealed} Sealed */

export class Vault {
  #key;

  /**
   * @param {string} keyId written beside each row, so that a later key can stand next to this one
   * @param {CryptoKey} key the data key, not extractable
   */
  constructor(keyId, key) {
    this.keyId = keyId;
    this.#key = key;
  }

  /**
   * Seals bytes for one place: they open nowhere else, so rows cannot be exchanged behind our back.
   * @param {string} place store and key of the row
   * @param {BufferSource} bytes
   * @returns {Promise<Sealed>}
   */
  async seal(place, bytes) {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const data = await crypto.subtle.encrypt(this.#algorithm(nonce, place), this.#key, bytes);
    return { key_id: this.keyId, nonce: nonce.buffer, data };
  }

  /**
   * Opens what `seal` gave; throws `DamagedRow` when it was altered or comes from another place.
   * @param {string} place
   * @param {Sealed} sealed
   * @returns {Promise<ArrayBuffer>}
   */
  async open(place, sealed) {
    try {
      return await crypto.subtle.decrypt(this.#algorithm(sealed.nonce, place), this.#key, sealed.data);
    } catch {
      throw new DamagedRow(place);
    }
  }

  /**
   * Seals a JSON value.
   * @param {string} place
   * @param {unknown} value
   * @returns {Promise<Sealed>}
   */
  sealJson(place, value) {
    return this.seal(place, new TextEncoder().encode(JSON.stringify(value)));
  }

  /**
   * Opens what `sealJson` gave.
   * @param {string} place
   * @param {Sealed} sealed
   * @returns {Promise<any>}
   */
  async openJson(place, sealed) {
    return JSON.parse(new TextDecoder().decode(await this.open(place, sealed)));
  }

  /**
   * @param {BufferSource} nonce
   * @param {string} place
   */
  #algorithm(nonce, place) {
    return { name: "AES-GCM", iv: nonce, additionalData: new TextEncoder().encode(place) };
  }
}
