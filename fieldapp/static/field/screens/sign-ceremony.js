// The signing of one inventory: what is frozen, who must answer, and what each one said.

import { blocking, check } from "../rules/completeness.js";
import { assisting, signatories } from "../rules/completeness-papers.js";
import { localDay } from "../rules/local-day.js";
import { buildRecord } from "../rules/record.js";
import { Snapshot } from "../rules/snapshot.js";
import { Wording } from "../rules/wording.js";
import { canonicalBytes, sha256Hex } from "../store/canonical.js";
import { FieldError } from "../store/errors.js";
import { uuid7 } from "../store/uuid7.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../rules/completeness.js").Item} Item */
/** @typedef {Record<string, any>} Json */
/** @typedef {"print" | "email" | "post"} Channel */
/** @typedef {{channel: Channel, to: string | null}} Copy */
/** @typedef {{subject_kind: string, subject_id: string | null}} Subject */
/** @typedef {{record: Json, bytes: Uint8Array<ArrayBuffer>, sha256: string}} Frozen */
/** @typedef {{id: string, name: string, quality: string, label: string, represented: string, present: boolean | null, email: string, act: Json | null}} Signatory */
/**
 * How a party answered. Drawn strokes are `[x, y, ms]` integers in a box of 3000 by 1150.
 * @typedef {object} Answer
 * @property {"signed" | "refused" | "absent"} decision
 * @property {"drawn" | "typed" | "none"} method
 * @property {number[][][]} [strokes]
 * @property {string} [typedName]
 * @property {string} [reason] in words
 * @property {string} [witnesses]
 */

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

/** Nothing was drawn and no name was typed. */
export class NothingWritten extends Error {}

/** What was signed was signed on another tablet, and its very bytes are not here. */
export class SignedElsewhere extends FieldError {
  code = "signed_elsewhere";
}

/** @type {WeakMap<Draft, Ceremony>} */
const held = new WeakMap();

/**
 * The ceremony of an open inventory; the same one as long as it stays open.
 * @param {Draft} draft
 * @param {Json} catalogue
 * @param {Json} legal
 */
export function ceremonyOf(draft, catalogue, legal) {
  const ceremony = held.get(draft) ?? new Ceremony(draft, catalogue, legal);
  held.set(draft, ceremony);
  return ceremony;
}

/** One inventory being signed: `begin`, then `answer` for each of `people`, then `close`. */
export class Ceremony {
  #draft;
  #catalogue;
  #legal;
  /** @type {Promise<Frozen> | null} */
  #freezing = null;
  /** The remark that is being written: no signature before it is. @type {Promise<void>} */
  #saying = Promise.resolve();
  /** @type {Map<string, Copy>} */
  #copies = new Map();
  #waived = false;
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

  /** What stops the signature now. */
  missing() {
    return blocking(check(this.#draft.state(), this.#catalogue));
  }

  /** True once somebody has answered: from then on nothing that is noted may change. */
  get begun() {
    return this.#draft.begun;
  }

  /** True once the record left for the server. */
  get closed() {
    return Boolean(this.#draft.header.closed);
  }

  /**
   * Freezes what is noted: dates and language are written first, then the record is built and hashed.
   * @param {"fr" | "en"} language of the record, until somebody has answered
   * @returns {Promise<Frozen>}
   * @throws {Incomplete}
   */
  begin(language) {
    this.#freezing = this.#begin(language).finally(() => {
      this.#freezing = null;
    });
    return this.#freezing;
  }

  /** What is frozen, freezing it when the application was started again in between. @param {"fr" | "en"} language */
  async resume(language) {
    const signed = this.#draft.header.closed?.record_sha256;
    if (signed && this.frozen?.sha256 !== signed) return this.begin(language);
    if (!signed && this.#closedBy && this.#closedBy === this.frozen?.sha256) return this.begin(language);
    return this.frozen ?? this.#freezing ?? this.begin(language);
  }

  /** True when nothing is frozen here: the application was started again since the ceremony began. */
  get interrupted() {
    return this.frozen === null && this.#freezing === null;
  }

  /** @param {"fr" | "en"} language */
  async #begin(language) {
    const frozen = this.closed ? await this.#signed() : await this.#prepare(language);
    this.frozen = frozen;
    this.#closedBy = this.closed ? frozen.sha256 : null;
    return frozen;
  }

  /** @param {"fr" | "en"} language */
  async #prepare(language) {
    if (!this.begun) await this.#settle(language);
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

  /** The acts over what is frozen; an act over an earlier record no longer counts. @returns {Json[]} */
  acts() {
    return this.#draft
      .list("act")
      .map((act) => act.body)
      .filter((body) => body && body.record_sha256 === this.frozen?.sha256)
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Whether somebody answered over a record that has changed since. */
  get outdated() {
    return (
      this.frozen !== null && this.#draft.list("act").some((act) => act.body?.record_sha256 !== this.frozen?.sha256)
    );
  }

  /** Who must answer, tenants first, the agent last. @returns {Signatory[]} */
  people() {
    return this.closed && this.frozen ? this.#signatories(this.frozen.record) : this.#expected();
  }

  /** Who answered, as the record that was signed names them. @param {Json} record @returns {Signatory[]} */
  #signatories(record) {
    const acts = this.acts();
    const named = new Map(record.parties.map((/** @type {Json} */ party) => [party.id, party]));
    return record.parties
      .filter((/** @type {Json} */ party) => acts.some((act) => act.party_id === party.id))
      .map((/** @type {Json} */ party) => {
        const act = acts.findLast((each) => each.party_id === party.id);
        return {
          id: party.id,
          name: party.name,
          quality: party.quality,
          label: party.quality_label,
          represented: named.get(party.represents)?.name ?? "",
          present: act?.decision !== "absent",
          email: this.#draft.get(party.id)?.fields.email ?? "",
          act,
        };
      })
      .sort(agentLast);
  }

  /** @returns {Signatory[]} */
  #expected() {
    const snapshot = new Snapshot(this.#draft.state());
    const wording = new Wording(this.#catalogue, this.frozen?.record.language ?? snapshot.language);
    const acts = this.acts();
    return [...signatories(snapshot), ...assisting(snapshot)]
      .map((party) => ({
        id: party.id,
        name: party.text("name"),
        quality: party.text("quality"),
        label: wording.label("qualities", party.value("quality")),
        represented: snapshot.find(party.value("represents"))?.text("name") ?? "",
        present: party.value("present"),
        email: party.text("email"),
        act: acts.findLast((act) => act.party_id === party.id) ?? null,
      }))
      .sort(agentLast);
  }

  /** @param {string} partyId */
  person(partyId) {
    return this.people().find((person) => person.id === partyId) ?? null;
  }

  /** True when everybody has answered; who only assists may be done without. */
  get complete() {
    return this.frozen !== null && this.#waiting.every((person) => this.#waived && advised(person));
  }

  /** True when only somebody who assists has not answered: nothing has to wait for it. */
  get onlyAdvised() {
    return this.frozen !== null && this.#waiting.length > 0 && this.#waiting.every(advised);
  }

  /** Ends without those who only assist. */
  waiveAdvised() {
    this.#waived = true;
  }

  get #waiting() {
    return this.people().filter((person) => person.act === null);
  }

  /** How a party wants its copy; on the spot until it says otherwise. @param {string} partyId @returns {Copy} */
  copyOf(partyId) {
    return this.#copies.get(partyId) ?? { channel: "print", to: null };
  }

  /** @param {string} partyId @param {Copy} copy */
  wantCopy(partyId, copy) {
    this.#copies.set(partyId, copy);
  }

  /** A party's remarks, in its own words. @param {string} partyId */
  remarks(partyId) {
    return this.#draft
      .list("remark")
      .filter((remark) => remark.body?.party_id === partyId)
      .map((remark) => ({ id: remark.id, ...remark.body }));
  }

  /**
   * Keeps a party's words about one line, instead of those that it had said before; no words take them back.
   * @param {string} partyId
   * @param {Subject} subject
   * @param {string} text never edited
   */
  remark(partyId, subject, text) {
    this.#saying = this.#saying.catch(() => {}).then(() => this.#say(partyId, subject, text));
    return this.#saying;
  }

  /** @param {string} partyId @param {Subject} subject @param {string} text */
  async #say(partyId, subject, text) {
    const before = this.remarks(partyId).filter((remark) => remark.subject_id === subject.subject_id);
    if (before.length === 1 && before[0]?.text === text) return;
    for (const { id } of before) await this.#draft.remove(id);
    if (text.trim()) await this.#draft.add("remark", { body: { party_id: partyId, ...subject, text } });
  }

  /**
   * Writes a party's act over what is frozen, signed by the tablet's key.
   * @param {string} partyId
   * @param {Answer} answer
   * @throws {NothingWritten | Changed | Incomplete}
   */
  async answer(partyId, { decision, method, strokes = [], typedName = "", reason = "", witnesses = "" }) {
    const person = this.person(partyId);
    if (!person || !this.frozen || person.act || this.closed) return;
    if (decision === "signed" && !written(method, strokes, typedName)) throw new NothingWritten("nothing written");
    await this.#saying;
    await this.#stillTheSame();
    const remarks = this.remarks(partyId).map(({ subject_kind, subject_id, text }) => ({
      subject_kind,
      subject_id,
      text,
    }));
    const expressed = decision === "signed" && remarks.length > 0 ? "signed_with_reservations" : decision;
    const at = new Date().toISOString();
    await this.#draft.inventory.saveRecord(this.frozen.bytes, this.frozen.sha256);
    await this.#draft.inventory.signAct({
      act_id: uuid7(),
      inventory_id: this.#draft.id,
      party_id: partyId,
      name: person.name,
      quality: person.quality,
      decision: expressed,
      consent: this.consent(expressed),
      record_sha256: this.frozen.sha256,
      remarks,
      method,
      strokes: method === "drawn" ? strokes : null,
      typed_name: method === "typed" ? typedName.trim() : null,
      reason: reason.trim() || null,
      witnesses: witnesses.trim() || null,
      at,
    });
    await this.#promiseCopy(person, decision, at);
  }

  /** The sentence that somebody accepts or hears, in the language of the record. @param {string} decision @returns {string} */
  consent(decision) {
    return new Wording(this.#catalogue, this.frozen?.record.language ?? "fr").pick(this.#legal.consent?.[decision]);
  }

  /** The frozen record is rebuilt: another tablet or the office may have written meanwhile. */
  async #stillTheSame() {
    const missing = this.missing();
    if (missing.length > 0) throw new Incomplete(missing);
    const now = await this.#build();
    if (now.sha256 === this.frozen?.sha256) return;
    this.frozen = now;
    throw new Changed("the record changed");
  }

  /** A copy that leaves later is written down as not handed over yet. @param {Signatory} person @param {string} decision @param {string} at */
  async #promiseCopy(person, decision, at) {
    if (person.quality === "agent") return;
    const wanted = decision === "absent" ? absentCopy(person) : this.copyOf(person.id);
    if (wanted.channel === "print") return;
    await this.#draft.add("handover", {
      body: { party_id: person.id, channel: wanted.channel, at, to: wanted.to, done: false },
    });
  }

  /**
   * Ends the ceremony once everybody has answered: the record is kept, then `closed` names it and the transfer may send
   * it. Repeating it does nothing.
   * @throws {Incomplete}
   */
  async close() {
    if (this.closed || !this.frozen || !this.complete) return;
    const missing = blocking(check(this.#draft.state(), this.#catalogue, { closing: true }));
    if (missing.length > 0) throw new Incomplete(missing);
    await this.#draft.inventory.saveRecord(this.frozen.bytes, this.frozen.sha256);
    const acts = this.people().flatMap((person) => (person.act ? [person.act.act_id] : []));
    const closed = { record_sha256: this.frozen.sha256, at: new Date().toISOString(), acts };
    await this.#draft.set(this.#draft.id, "inventory", "closed", closed);
    this.#closedBy = this.frozen.sha256;
  }

  /** Opens what the server refused: it is frozen, read and answered anew. What was signed stays in the journal. */
  async reopen() {
    if (!this.#draft.inventory.summary().refused) return;
    await this.#draft.set(this.#draft.id, "inventory", "closed", null);
    this.frozen = null;
  }
}

/** @param {Signatory} one @param {Signatory} other */
function agentLast(one, other) {
  return Number(one.quality === "agent") - Number(other.quality === "agent");
}

/** Whether a signature is advised and never waited for. @param {Signatory} person */
function advised(person) {
  return person.quality === "curator";
}

/** Whether something was expressed: a line of two points at least, or a name. @param {string} method @param {number[][][]} strokes @param {string} name */
function written(method, strokes, name) {
  return method === "drawn" ? strokes.some((stroke) => stroke.length >= 2) : method === "typed" && name.trim() !== "";
}

/** @param {Signatory} person @returns {Copy} */
function absentCopy(person) {
  return person.email ? { channel: "email", to: person.email } : { channel: "post", to: null };
}
