// The signing of one inventory: who must answer, what each one said, and when it is over.

import { Wording } from "../rules/wording.js";
import { uuid7 } from "../store/uuid7.js";
import { Freezing, Incomplete } from "./sign-freezing.js";
import { advised, peopleExpected, peopleOfRecord } from "./sign-people.js";
import { Remarks } from "./sign-remarks.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("./sign-people.js").Signatory} Signatory */
/** @typedef {import("./sign-remarks.js").Subject} Subject */
/** @typedef {Record<string, any>} Json */
/** @typedef {"print" | "email" | "post"} Channel */
/** @typedef {{channel: Channel, to: string | null}} Copy */
/**
 * How a party answered. Drawn strokes are `[x, y, ms]` integers in a box of 3000 by 1150.
 * @typedef {object} Answer
 * @property {"signed" | "refused" | "absent"} decision
 * @property {"drawn" | "typed" | "none"} method
 * @property {number[][][]} [strokes]
 * @property {string} [typedName]
 * @property {string} [reason] in words
 * @property {string} [witnesses]
 * @property {boolean} [forBoth] signed for the spouse too
 */

/** Nothing was drawn and no name was typed. */
export class NothingWritten extends Error {}

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
  #freezing;
  #remarks;
  /** @type {Map<string, Copy>} */
  #copies = new Map();
  #waived = false;
  #confirmed = false;

  /**
   * @param {Draft} draft
   * @param {Json} catalogue
   * @param {Json} legal
   */
  constructor(draft, catalogue, legal) {
    this.#draft = draft;
    this.#catalogue = catalogue;
    this.#legal = legal;
    this.#freezing = new Freezing(draft, catalogue, legal);
    this.#remarks = new Remarks(draft);
  }

  /** What is read and signed; null until it is frozen. */
  get frozen() {
    return this.#freezing.frozen;
  }

  /** True when nothing is frozen here: the application was started again since the ceremony began. */
  get interrupted() {
    return this.#freezing.interrupted;
  }

  /** True once somebody has answered: from then on nothing that is noted may change. */
  get begun() {
    return this.#draft.begun;
  }

  /** True once the record left for the server. */
  get closed() {
    return Boolean(this.#draft.header.closed);
  }

  /** What stops the signature now. */
  missing() {
    return this.#freezing.missing();
  }

  /** Freezes what is noted, see `Freezing.begin`. @param {"fr" | "en"} language */
  begin(language) {
    return this.#freezing.begin(language);
  }

  /** What is frozen, freezing it when the application was started again in between. @param {"fr" | "en"} language */
  resume(language) {
    return this.#freezing.resume(language);
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
    const { frozen } = this;
    return this.closed && frozen
      ? peopleOfRecord(this.#draft, frozen.record, this.acts())
      : peopleExpected(this.#draft, this.#catalogue, frozen?.record.language, this.acts());
  }

  /** @param {string} partyId */
  person(partyId) {
    return this.people().find((person) => person.id === partyId) ?? null;
  }

  /** True when everybody has answered; who only assists may be done without. */
  get answered() {
    return this.frozen !== null && this.#waiting.every((person) => this.#waived && advised(person));
  }

  /** True when nothing is left to do here but to close. */
  get complete() {
    return this.answered && !this.standing;
  }

  /**
   * True when the document was opened again after the server refused it, and is the very same: a signature is over its
   * SHA-256, so what was answered still counts, is said to, and nobody signs the same document twice. With another hash
   * no earlier act counts, see `acts`.
   */
  get standing() {
    const reopened = this.#draft.header.closed === null && !this.begun;
    return reopened && !this.#confirmed && this.acts().length > 0;
  }

  /** The agent has seen that earlier answers still stand. */
  confirmStanding() {
    this.#confirmed = true;
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
    return this.#remarks.of(partyId);
  }

  /** Keeps a party's words about one line, see `Remarks.say`. @param {string} partyId @param {Subject} subject @param {string} text */
  remark(partyId, subject, text) {
    return this.#remarks.say(partyId, subject, text);
  }

  /**
   * Writes a party's act over what is frozen, signed by the tablet's key.
   * @param {string} partyId
   * @param {Answer} answer
   * @throws {NothingWritten | import("./sign-freezing.js").Changed | Incomplete}
   */
  async answer(
    partyId,
    { decision, method, strokes = [], typedName = "", reason = "", witnesses = "", forBoth = false },
  ) {
    const person = this.person(partyId);
    if (!person || !this.frozen || person.act || this.closed) return;
    if (decision === "signed" && !written(method, strokes, typedName)) throw new NothingWritten("nothing written");
    await this.#remarks.written();
    await this.#freezing.stillTheSame();
    const remarks = this.remarks(partyId).map(({ subject_kind, subject_id, text }) => ({
      subject_kind,
      subject_id,
      text,
    }));
    const expressed = decision === "signed" && remarks.length > 0 ? "signed_with_reservations" : decision;
    const spouse = decision === "signed" && forBoth ? this.openSpouse(person) : null;
    const at = new Date().toISOString();
    await this.#freezing.keep();
    await this.#draft.inventory.signAct({
      act_id: uuid7(),
      inventory_id: this.#draft.id,
      party_id: partyId,
      name: person.name,
      quality: person.quality,
      decision: expressed,
      consent: this.consent(expressed, spouse),
      record_sha256: this.frozen.sha256,
      remarks,
      method,
      strokes: method === "drawn" ? strokes : null,
      typed_name: method === "typed" ? typedName.trim() : null,
      reason: reason.trim() || null,
      witnesses: witnesses.trim() || null,
      at,
      ...(spouse ? { also_for: [spouse.id] } : {}),
    });
    const wanted = decision === "absent" ? absentCopy(person) : this.copyOf(person.id);
    await this.#promiseCopy(person, wanted, at);
    if (spouse) await this.#promiseCopy(spouse, wanted, at);
  }

  /** The spouse for whom this person may sign too: the one who has not answered. @param {Signatory} person @returns {Signatory | null} */
  openSpouse(person) {
    const other = person.spouse ? this.person(person.spouse.id) : null;
    return other?.act === null ? other : null;
  }

  /** The sentence that somebody accepts or hears, in the language of the record. @param {string} decision @param {Signatory | null} [spouse] for whom it is accepted too @returns {string} */
  consent(decision, spouse = null) {
    const record = this.frozen?.record;
    const wording = new Wording(this.#catalogue, record?.language ?? "fr");
    const texts = record?.contractual === false ? this.#legal.pre_exit_consent : this.#legal.consent;
    const own = wording.pick(texts?.[decision]);
    if (!spouse) return own;
    return `${own} ${wording.pick(this.#legal.consent_for_spouse).replaceAll("{name}", spouse.name)}`;
  }

  /** A copy that leaves later is written down as not handed over yet. @param {Signatory} person @param {Copy} wanted @param {string} at */
  async #promiseCopy(person, wanted, at) {
    if (person.quality === "agent") return;
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
    const missing = this.#freezing.missing(true);
    if (missing.length > 0) throw new Incomplete(missing);
    await this.#freezing.keep();
    const acts = [...new Set(this.people().flatMap((person) => (person.act ? [person.act.act_id] : [])))];
    const closed = { record_sha256: this.frozen.sha256, at: new Date().toISOString(), acts };
    await this.#draft.set(this.#draft.id, "inventory", "closed", closed);
    this.#freezing.closed();
  }

  /**
   * Opens what the server refused: it is frozen and read anew. What was signed stays in the journal, and still counts if
   * nothing changed; else everybody answers again.
   */
  async reopen() {
    if (!this.#draft.inventory.summary().refused) return;
    await this.#draft.set(this.#draft.id, "inventory", "closed", null);
    this.#confirmed = false;
    this.#freezing.thaw();
  }
}

/** Whether something was expressed: a line of two points at least, or a name. @param {string} method @param {number[][][]} strokes @param {string} name */
function written(method, strokes, name) {
  return method === "drawn" ? strokes.some((stroke) => stroke.length >= 2) : method === "typed" && name.trim() !== "";
}

/** @param {Signatory} person @returns {Copy} */
function absentCopy(person) {
  return person.email ? { channel: "email", to: person.email } : { channel: "post", to: null };
}
