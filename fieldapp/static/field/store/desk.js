/** The local half of the tablet: the open vault, its lock and its inventories. It knows no network. */

import { checkCode, TRIES } from "./code.js";
import { Connection, openVaultDatabase } from "./database.js";
import { Device } from "./device.js";
import { Elsewhere, Locked, NotEnrolled, UnknownInventory } from "./errors.js";
import { Inventory } from "./inventory.js";
import { Ledger } from "./ledger.js";
import { readCatalogue, readDay, readVisit } from "./packs.js";
import { askToPersist, markStorage, measureStorage, wasMarked } from "./storage.js";
import { Tab } from "./tab.js";
import { unsentIn } from "./unsent.js";
import { Vault } from "./vault.js";
import { Vaults } from "./vaults.js";
import { unwrap } from "./wrapping.js";

/** @typedef {import('./session.js').Status} Status */

/**
 * What the desk takes from outside.
 * @typedef {object} Surroundings
 * @property {LockManager | null} locks null where the browser has none
 * @property {import('../photos/developing.js').Develop} develop
 * @property {() => number} now milliseconds since 1970
 */

/**
 * What enrolment gave, as the vault keeps it.
 * @typedef {{token: string, actor: import('./session.js').Actor, landlord: any, email: string}} Account
 */

/**
 * A vault that is open, with its row of the directory.
 * @typedef {{ledger: Ledger, device: Device, account: Account, row: import('./database.js').VaultRow}} Open
 */

export class Desk {
  vaults = new Vaults();
  #surroundings;
  #tab;
  /** @type {import('./database.js').VaultRow | null} */
  #row = null;
  /** @type {Open | null} */
  #open = null;
  /** @type {Map<string, Inventory>} */
  #inventories = new Map();
  /** @type {Set<(status: Status) => void>} */
  #listeners = new Set();
  #locked = true;
  /** The code that is being checked. @type {Promise<void>} */
  #trying = Promise.resolve();
  #language = "fr";
  #lost = false;
  /** @type {Omit<import('./session.js').Storage, "lost">} */
  #storage = { persisted: null, free: null, enough: null };

  /** @param {Surroundings} surroundings */
  constructor(surroundings) {
    this.#surroundings = surroundings;
    this.#tab = new Tab(surroundings.locks, () => this.#follow());
  }

  /** Takes the vault when no other tab has it, and opens it. */
  async start() {
    const [current] = await Promise.all([this.vaults.current(), this.#tab.claim()]);
    this.#language = current.language;
    this.#row = current.row;
    this.#lost = current.row === null && wasMarked();
    if (this.#tab.holds) await this.#openVault();
    // The day says how much room is left; it does not wait for the answer.
    this.#measure().catch(() => {});
  }

  /**
   * Gives the open vault, for the transfer.
   * @returns {Open}
   * @throws {Elsewhere | NotEnrolled}
   */
  get open() {
    if (!this.#tab.holds) throw new Elsewhere();
    if (this.#open === null) throw new NotEnrolled();
    return this.#open;
  }

  get isOpen() {
    return this.#tab.holds && this.#open !== null;
  }

  /** @returns {Status} */
  status() {
    return {
      enrolled: this.#row !== null,
      locked: this.#row !== null && this.#locked,
      triesLeft: this.#row?.code.triesLeft ?? TRIES,
      elsewhere: !this.#tab.holds,
      writing: (this.#open?.ledger.writing ?? 0) > 0,
      actor: this.#open?.account.actor ?? null,
      landlord: this.#open?.account.landlord ?? null,
      language: this.#language,
      storage: { ...this.#storage, lost: this.#lost },
    };
  }

  /** @param {(status: Status) => void} listener */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** @param {string} digits */
  unlock(digits) {
    // One after the other: tries that are checked at once would be counted as one.
    const turn = this.#trying.then(() => this.#try(digits));
    this.#trying = turn.catch(() => {});
    return turn;
  }

  /** @param {string} digits */
  async #try(digits) {
    const row = this.#row;
    if (row === null) throw new NotEnrolled();
    await checkCode(row.code, digits, async (triesLeft) => {
      row.code = { ...row.code, triesLeft };
      await this.vaults.save(row);
    });
    this.#locked = false;
    this.#tell();
  }

  lock() {
    this.#locked = true;
    this.#tell();
  }

  /** @param {string} language */
  async changeLanguage(language) {
    await this.vaults.keepLanguage(language);
    this.#language = language;
    this.#tell();
  }

  async takeOver() {
    await this.#tab.takeOver();
    if (this.#open === null) await this.#follow();
  }

  async prepareStorage() {
    await askToPersist();
    await this.#measure();
    return this.status().storage;
  }

  async day() {
    return readDay(this.#unlocked().ledger);
  }

  /** How much the vaults of other agents on this tablet have not sent. */
  async unsentOfOthers() {
    const ids = await this.vaults.others(this.#row?.id ?? null);
    const counts = await Promise.all(ids.map(unsentIn));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * The words of an inventory, with the landlord's own catalogue as `house` where there is one.
   * @param {string | null} [rootId]
   */
  async catalogue(rootId = null) {
    return readCatalogue(this.open.ledger, rootId);
  }

  /** The landlord's price list, for estimates; null when the pack holds none. */
  async prices() {
    return this.open.ledger.meta("prices");
  }

  /** Whether the landlord wants estimates on the spot; a pack that does not say wants them where it holds prices. */
  async estimates() {
    return (await this.open.ledger.meta("estimates")) ?? (await this.prices()) !== null;
  }

  /** The grids and known days of the day's move-outs, for estimates; null when there is none. */
  async wear() {
    return this.open.ledger.meta("wear");
  }

  async legal() {
    return this.open.ledger.meta("legal");
  }

  /** @param {string} id */
  async openInventory(id) {
    const { ledger, device } = this.#unlocked();
    const [entities] = await Promise.all([ledger.root(id), ledger.header(id)]);
    if (entities.size === 0) throw new UnknownInventory(id);
    const { develop } = this.#surroundings;
    const inventory = this.#inventories.get(id) ?? new Inventory(id, entities, { ledger, device, develop });
    this.#inventories.set(id, inventory);
    return inventory;
  }

  /**
   * What the pack says of a visit: like the visit itself, it stays open while the tablet is locked.
   * @param {string} id
   */
  async visit(id) {
    const { ledger } = this.#inventories.has(id) ? this.open : this.#unlocked();
    return readVisit(ledger, id);
  }

  /**
   * Finds the vault that this address opened before, or makes the keys of a new one.
   * @param {string} email
   */
  async candidate(email) {
    if (!this.#tab.holds) throw new Elsewhere();
    return this.vaults.candidate(email);
  }

  /**
   * Opens the vault of who has just signed in, and keeps it as the one that the next start opens.
   * @param {import('./database.js').VaultRow} row
   * @param {Account} account
   */
  async admit(row, account) {
    await this.vaults.save(row);
    const open = this.#row?.id === row.id ? this.#open : null;
    this.#row = row;
    if (open === null) {
      this.#open = null;
      await this.#openVault(account);
    } else {
      // The same person again: inventories stay open, on the ledger that they write to.
      await open.ledger.write(async (batch) => void batch.meta.set("account", account));
      open.device.id = row.device_id;
      open.account = account;
      open.row = row;
    }
    await this.vaults.save(row, { current: true });
    markStorage(row.id);
    this.#lost = false;
    this.#locked = false;
    this.#tell();
    this.prepareStorage().catch(() => {});
  }

  /**
   * Forgets an inventory that left the tablet.
   * @param {string} rootId
   */
  forget(rootId) {
    this.#inventories.get(rootId)?.close();
    this.#inventories.delete(rootId);
  }

  #unlocked() {
    const open = this.open;
    if (this.#locked) throw new Locked();
    return open;
  }

  /** @param {Account} [account] newer than the one in the vault */
  async #openVault(account) {
    const row = this.#row;
    if (row === null) return;
    const { now } = this.#surroundings;
    /** @type {Connection<import('./ledger.js').Schema>} */
    const connection = new Connection((closing) => openVaultDatabase(row.id, closing));
    const [key] = await Promise.all([unwrap(row.wrappings), connection.get()]);
    const ledger = new Ledger(connection, new Vault(row.key_id, key), this.#tab.id, now);
    await ledger.load();
    if (account) await ledger.write(async (batch) => void batch.meta.set("account", account));
    const [kept, catalogue, wrongClock] = await Promise.all(
      ["account", "catalogue", "wrong_clock"].map((key) => ledger.meta(key)),
    );
    ledger.wrongClock = wrongClock;
    // Enrolment was cut before anything was kept: as if it had not begun.
    if (kept === null) return;
    const device = new Device(row);
    device.catalogueVersion = catalogue?.version ?? 1;
    this.#inventories.clear();
    this.#open = { ledger, device, account: kept, row };
  }

  /** The vault came to this tab, or went to another one. */
  async #follow() {
    this.#open = null;
    if (this.#tab.holds) {
      this.#row = (await this.vaults.current()).row;
      await this.#openVault();
    }
    this.#tell();
  }

  async #measure() {
    this.#storage = await measureStorage();
    this.#tell();
  }

  #tell() {
    const status = this.status();
    for (const listener of this.#listeners) listener(status);
  }
}
