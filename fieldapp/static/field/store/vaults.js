/** The directory of vaults: one for each person who signed in on this tablet. */

import { matches, newCode, slowHash, TRIES } from "./code.js";
import { Connection, openDirectory } from "./database.js";
import { generateSigningKey } from "./device.js";
import { named } from "./errors.js";
import { uuid7 } from "./uuid7.js";
import { generateDataKey, unwrap, wrapForOrganisation, wrapForTablet } from "./wrapping.js";

/** @typedef {import('./database.js').VaultRow} VaultRow */
/** @typedef {import('./wrapping.js').OrganisationKey} OrganisationKey */

/**
 * Who is signing in, before the server was asked: the vault that this address opened before, or the keys of a new one.
 * @typedef {{row: VaultRow | null, signingKey: CryptoKey, publicKey: JsonWebKey}} Candidate
 */

/**
 * @typedef {object} SignedIn
 * @property {string} email
 * @property {string} [code] six digits
 * @property {string} deviceId
 * @property {string} actorId
 * @property {OrganisationKey | null} organisationKey
 */

export class Vaults {
  /** @type {Connection<import('./database.js').DirectorySchema & import('idb').DBSchema>} */
  #connection = new Connection(openDirectory);

  /** Gives the vault that was used last, and the language chosen on this tablet. */
  async current() {
    const transaction = await this.#connection.begin(["vaults", "settings"], "readonly");
    const settings = transaction.objectStore("settings");
    const [id, language] = await Promise.all([settings.get("current"), settings.get("language")]);
    const row = id === undefined ? undefined : await transaction.objectStore("vaults").get(id);
    return { row: row ?? null, language: language ?? "fr" };
  }

  /**
   * Gives the identifiers of every vault but this one.
   * @param {string | null} id
   * @returns {Promise<string[]>}
   */
  async others(id) {
    const ids = await (await this.#connection.get()).getAllKeys("vaults");
    return ids.filter((other) => other !== id);
  }

  /** @param {string} language */
  async keepLanguage(language) {
    const transaction = await this.#connection.begin(["settings"], "readwrite");
    await Promise.all([transaction.objectStore("settings").put(language, "language"), transaction.done]);
  }

  /**
   * Writes a vault's row.
   * @param {VaultRow} row
   * @param {{current?: boolean}} [options] `current` makes it the one that the next start opens
   * @throws {import('./errors.js').StorageRefused} when this browser cannot keep keys
   */
  async save(row, { current = false } = {}) {
    try {
      const transaction = await this.#connection.begin(["vaults", "settings"], "readwrite");
      transaction.done.catch(() => {});
      const puts = [transaction.objectStore("vaults").put(row)];
      if (current) puts.push(transaction.objectStore("settings").put(row.id, "current"));
      await Promise.all([...puts, transaction.done]);
    } catch (error) {
      throw named(error);
    }
  }

  /**
   * @param {string} email
   * @returns {Promise<Candidate>}
   */
  async candidate(email) {
    for (const row of await (await this.#connection.get()).getAll("vaults")) {
      if (await matches(row.login, normal(email))) {
        return { row, signingKey: row.signing_key, publicKey: row.public_key };
      }
    }
    return { row: null, ...(await generateSigningKey()) };
  }

  /**
   * Gives the vault of who has signed in: the known one, with a full set of tries, or a new one. Nothing is written.
   * @param {Candidate} candidate
   * @param {SignedIn} signedIn
   * @returns {Promise<VaultRow>}
   * @throws {import('./errors.js').BadCode}
   */
  async admitted(candidate, { email, code, deviceId, actorId, organisationKey }) {
    const known = candidate.row?.actor_id === actorId ? candidate.row : null;
    if (known === null) {
      return newVault(candidate, { email, code: code ?? "", deviceId, actorId, organisationKey });
    }
    const fresh = code ? await newCode(code) : { ...known.code, triesLeft: TRIES };
    const row = { ...known, device_id: deviceId, code: fresh };
    return organisationKey ? wrappedAlsoFor(organisationKey, row) : row;
  }
}

/**
 * @param {Candidate} candidate
 * @param {SignedIn & {code: string}} signedIn
 * @returns {Promise<VaultRow>}
 */
async function newVault({ signingKey, publicKey }, { email, code, deviceId, actorId, organisationKey }) {
  const dataKey = await generateDataKey();
  const wrappings = await Promise.all([
    wrapForTablet(dataKey),
    ...(organisationKey ? [wrapForOrganisation(dataKey, organisationKey)] : []),
  ]);
  return {
    id: uuid7(),
    actor_id: actorId,
    device_id: deviceId,
    key_id: uuid7(),
    wrappings,
    signing_key: signingKey,
    public_key: publicKey,
    code: await newCode(code),
    login: await slowHash(normal(email)),
  };
}

/**
 * An organisation that got its key after this tablet was enrolled can recover it all the same.
 * @param {OrganisationKey} organisationKey
 * @param {VaultRow} row
 * @returns {Promise<VaultRow>}
 */
async function wrappedAlsoFor(organisationKey, row) {
  const keyId = organisationKey.kid ?? "";
  const done = row.wrappings.some((wrapping) => wrapping.by === "organisation" && wrapping.key_id === keyId);
  if (done) return row;
  const dataKey = await unwrap(row.wrappings, { toWrapAgain: true });
  return { ...row, wrappings: [...row.wrappings, await wrapForOrganisation(dataKey, organisationKey)] };
}

/** @param {string} email */
function normal(email) {
  return email.trim().toLowerCase();
}
