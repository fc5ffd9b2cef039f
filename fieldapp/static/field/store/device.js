/** Who writes on this tablet: the agent, the device and its signing key. */

import { canonicalBytes } from "./canonical.js";
import { named } from "./errors.js";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256" };

/**
 * Generates the device's signing key, whose private half no script can ever read.
 * @returns {Promise<{signingKey: CryptoKey, publicKey: JsonWebKey}>}
 */
export async function generateSigningKey() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(ALGORITHM, false, ["sign", "verify"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", publicKey);
  return { signingKey: privateKey, publicKey: /** @type {JsonWebKey} */ ({ kty, crv, x, y }) };
}

export class Device {
  #signingKey;
  /** Version of the catalogue that the day pack brought. */
  catalogueVersion = 1;

  /** @param {import('./database.js').VaultRow} row */
  constructor(row) {
    this.id = row.device_id;
    this.actorId = row.actor_id;
    this.#signingKey = row.signing_key;
  }

  /**
   * Signs an act: ECDSA P-256 with SHA-256 over the canonical bytes of the body without `signature`.
   * @param {{[name: string]: any}} body
   * @returns {Promise<{[name: string]: any}>} with `device_id` and `signature`, base64url of r‖s (64 bytes)
   */
  async signed(body) {
    const { signature: _, ...unsigned } = /** @type {{[name: string]: any}} */ ({ ...body, device_id: this.id });
    try {
      const algorithm = { name: "ECDSA", hash: "SHA-256" };
      const raw = await crypto.subtle.sign(algorithm, this.#signingKey, canonicalBytes(unsigned));
      return { ...unsigned, signature: base64url(new Uint8Array(raw)) };
    } catch (error) {
      throw named(error);
    }
  }
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
