/**
 * The data key at rest: never in the clear, only wrapped, once for this tablet and once for the organisation.
 *
 * Whoever changes how the key is protected changes this file alone: rows know the key by its id, not by its wrapping.
 */

import { named, StorageRefused } from "./errors.js";

/**
 * The data key wrapped by a key of this tablet that scripts can use but not read.
 * @typedef {{by: "tablet", key: CryptoKey, wrapped: ArrayBuffer}} TabletWrapping AES-KW (RFC 3394)
 */
/**
 * The data key wrapped for the organisation, which alone can open it: for a recovery when the tablet's own key is lost.
 * @typedef {{by: "organisation", key_id: string, wrapped: ArrayBuffer}} OrganisationWrapping RSA-OAEP, SHA-256
 */
/** @typedef {TabletWrapping | OrganisationWrapping} Wrapping */
/** @typedef {JsonWebKey & {kid?: string}} OrganisationKey RSA public key */

/** Generates the data key: AES-GCM, 256 bits. Extractable this once, so that it can be wrapped. */
export function generateDataKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
}

/**
 * Wraps the data key by a new key that can never be read, only used from this browser.
 * @param {CryptoKey} dataKey
 * @returns {Promise<TabletWrapping>}
 */
export async function wrapForTablet(dataKey) {
  const key = await crypto.subtle.generateKey({ name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
  return { by: "tablet", key, wrapped: await crypto.subtle.wrapKey("raw", dataKey, key, "AES-KW") };
}

/**
 * Wraps the data key for the organisation.
 * @param {CryptoKey} dataKey
 * @param {OrganisationKey} organisationKey
 * @returns {Promise<OrganisationWrapping>}
 */
export async function wrapForOrganisation(dataKey, organisationKey) {
  const { kty, n, e } = organisationKey;
  const algorithm = { name: "RSA-OAEP", hash: "SHA-256" };
  const jwk = /** @type {JsonWebKey} */ ({ kty, n, e });
  const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["wrapKey"]);
  const wrapped = await crypto.subtle.wrapKey("raw", dataKey, key, "RSA-OAEP");
  return { by: "organisation", key_id: organisationKey.kid ?? "", wrapped };
}

/**
 * Opens the data key with the tablet's own wrapping.
 * @param {Wrapping[]} wrappings
 * @param {{toWrapAgain?: boolean}} [purpose] `toWrapAgain` gives it extractable, for a new wrapping only
 * @returns {Promise<CryptoKey>}
 */
export async function unwrap(wrappings, { toWrapAgain = false } = {}) {
  const own = wrappings.find((wrapping) => wrapping.by === "tablet");
  if (own?.by !== "tablet") throw new StorageRefused("the vault has no wrapping of this tablet");
  try {
    const usages = /** @type {KeyUsage[]} */ (["encrypt", "decrypt"]);
    return await crypto.subtle.unwrapKey("raw", own.wrapped, own.key, "AES-KW", "AES-GCM", toWrapAgain, usages);
  } catch (error) {
    throw named(error);
  }
}
