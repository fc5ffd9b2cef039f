// What is signed: the record of one inventory, built, hashed and kept as it was read.

import { blocking, check } from "../rules/completeness.js";
import { localDay } from "../rules/local-day.js";
import { buildRecord } from "../rules/record.js";
import { canonicalBytes, sha256Hex } from "../store/canonical.js";
import { FieldError } from "../store/errors.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../rules/completeness.js").Item} Item */
/** @typedef {Record<string, any>} Json */
/** @typedef {{record: Json, bytes: Uint8Array<ArrayBuffer>, sha256: string}} Frozen */

/** Something is still missing; `items` says what. */
export class Incomplete extends Error {
  /** @param {Item[]} items */
  constructor(items) {
    super("incomplete");
    this.items = items;
  }
}

/** What is noted is no longer what was read. */
export class Changed extends Error {}

/** What was signed was signed on another tablet, and its very bytes are not here. */
export class SignedElsewhere extends FieldError {
  code = "signed_elsewhere";
}

/** The document of one ceremony: `begin` or `resume` freezes it, `stillTheSame` holds an answer to it, `keep` stores it. */
export class Freezing {
  #draft;
  #catalogue;
  #legal;
  /** @type {Promise<Frozen> | null} */
  #running = null;
  /** SHA-256 of the record that closed the inventory, as long as it is here. @type {string | null} */
  #closedBy = null;
  /** @type {Frozen | null} */
  frozen = null;

  /**
   * @param {Draft} draft
   * @param {Json} catalogue
   * @param {Json} legal
   */
  constructor(draft, catalogue, legal) {
    this.#draft = draft;
    this.#catalogue = catalogue;
    this.#legal = legal;
  }

  /** What stops the signature now, or the closing. @param {boolean} [closing] */
  missing(closing = false) {
    return blocking(check(this.#draft.state(), this.#catalogue, { closing }));
  }

  /** True when nothing is frozen here: the application was started again since the ceremony began. */
  get interrupted() {
    return this.frozen === null && this.#running === null;
  }

  /**
   * Freezes what is noted: dates and language are written first, then the record is built and hashed.
   * @param {"fr" | "en"} language of the record, until somebody has answered
   * @returns {Promise<Frozen>}
   * @throws {Incomplete}
   */
  begin(language) {
    this.#running = this.#begin(language).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** What is frozen, freezing it when the application was started again in between. @param {"fr" | "en"} language */
  async resume(language) {
    const signed = this.#draft.header.closed?.record_sha256;
    if (signed && this.frozen?.sha256 !== signed) return this.begin(language);
    if (!signed && this.#closedBy && this.#closedBy === this.frozen?.sha256) return this.begin(language);
    return this.frozen ?? this.#running ?? this.begin(language);
  }

  /**
   * Holds an answer to what was read: another tablet or the office may have written meanwhile.
   * @throws {Incomplete | Changed}
   */
  async stillTheSame() {
    const missing = this.missing();
    if (missing.length > 0) throw new Incomplete(missing);
    const now = await this.#build();
    if (now.sha256 === this.frozen?.sha256) return;
    this.frozen = now;
    throw new Changed("the record changed");
  }

  /** Stores the bytes that are being signed. */
  async keep() {
    if (this.frozen) await this.#draft.inventory.saveRecord(this.frozen.bytes, this.frozen.sha256);
  }

  /** The inventory was closed with what is frozen. */
  closed() {
    this.#closedBy = this.frozen?.sha256 ?? null;
  }

  /** What was frozen is read anew. */
  thaw() {
    this.frozen = null;
  }

  /** @param {"fr" | "en"} language */
  async #begin(language) {
    const closed = Boolean(this.#draft.header.closed);
    this.frozen = closed ? await this.#signed() : await this.#prepare(language);
    this.#closedBy = closed ? this.frozen.sha256 : null;
    return this.frozen;
  }

  /** @param {"fr" | "en"} language */
  async #prepare(language) {
    if (!this.#draft.begun) await this.#settle(language);
    const missing = this.missing();
    if (missing.length > 0) throw new Incomplete(missing);
    return this.#build();
  }

  /** The very bytes that were signed: nothing that came later, an update included, may change what is shown. @returns {Promise<Frozen>} */
  async #signed() {
    const kept = await this.#draft.inventory.readRecord();
    if (!kept || kept.sha256 !== this.#draft.header.closed.record_sha256) throw new SignedElsewhere();
    return { ...kept, record: JSON.parse(new TextDecoder().decode(kept.bytes)) };
  }

  /** @returns {Promise<Frozen>} */
  async #build() {
    const record = buildRecord(this.#draft.state(), this.#catalogue, this.#legal);
    const bytes = /** @type {Uint8Array<ArrayBuffer>} */ (canonicalBytes(record));
    return { record, bytes, sha256: await sha256Hex(bytes) };
  }

  /** Writes what is only known now: the day, the language, the agent. That keys were handed over is never guessed. @param {"fr" | "en"} language */
  async #settle(language) {
    const draft = this.#draft;
    const header = draft.header;
    const now = new Date().toISOString();
    const zone = header.context?.dwelling?.zone ?? "Europe/Paris";
    /** @type {Record<string, unknown>} */
    const wanted = { language };
    // The law wants the day on which it is made: a visit begun yesterday is dated today.
    if (localDay(header.established_at, zone) !== localDay(now, zone)) wanted.established_at = now;
    await draft.setMany(
      Object.entries(wanted)
        .filter(([field, value]) => header[field] !== value)
        .map(([field, value]) => ({ entityId: draft.id, kind: "inventory", field, value })),
    );
    if (!draft.list("party").some((party) => party.quality === "agent")) {
      const { name = "", mandate = "", domicile = "" } = header.context?.agent ?? {};
      await draft.add("party", { name, mandate, domicile, quality: "agent", present: true, position: 1000 });
    }
  }
}
