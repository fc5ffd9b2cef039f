// What the parties say in their own words about what is noted, line by line, never edited.

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {{subject_kind: string, subject_id: string | null}} Subject */

/** The remarks of one inventory; they are written one after the other. */
export class Remarks {
  #draft;
  /** The remark that is being written. @type {Promise<void>} */
  #saying = Promise.resolve();

  /** @param {Draft} draft */
  constructor(draft) {
    this.#draft = draft;
  }

  /** A party's remarks, in its own words. @param {string} partyId */
  of(partyId) {
    return this.#draft
      .list("remark")
      .filter((remark) => remark.body?.party_id === partyId)
      .map((remark) => ({ id: remark.id, ...remark.body }));
  }

  /**
   * Keeps a party's words about one line, instead of those that it had said before; no words take them back.
   * @param {string} partyId
   * @param {Subject} subject
   * @param {string} text
   */
  say(partyId, subject, text) {
    this.#saying = this.#saying.catch(() => {}).then(() => this.#say(partyId, subject, text));
    return this.#saying;
  }

  /** Resolves when the last words are written: no signature before. */
  written() {
    return this.#saying;
  }

  /** @param {string} partyId @param {Subject} subject @param {string} text */
  async #say(partyId, subject, text) {
    const before = this.of(partyId).filter((remark) => remark.subject_id === subject.subject_id);
    if (before.length === 1 && before[0]?.text === text) return;
    for (const { id } of before) await this.#draft.remove(id);
    if (text.trim()) await this.#draft.add("remark", { body: { party_id: partyId, ...subject, text } });
  }
}
