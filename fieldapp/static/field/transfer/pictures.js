/**
 * Fetches the pictures that this tablet shows and did not take: those of the entry, and thumbnails of another tablet's.
 *
 * They come last, one file after the other into the encrypted store; what is cut is asked again at the next contact.
 */

import { fileKey } from "../store/database.js";
import { Refused, Unreachable } from "./failures.js";

/** @typedef {import('../store/ledger.js').Ledger} Ledger */
/** @typedef {import('../store/database.js').FileRow} FileRow */

/** How large the server makes each. */
const SIZES = /** @type {Record<string, string>} */ ({ thumb: "small", view: "large" });
/** What the server cannot give yet (not received, not examined) is not asked for at each contact. */
const AGAIN_MS = 300_000;
const LANES = 2;

export class Pictures {
  /** When to ask again for what the server did not give, by photograph. @type {Map<string, number>} */
  #later = new Map();

  /**
   * Fetches until nothing is away, or something else wants to go first.
   * @param {Ledger} ledger
   * @param {import('./api.js').Api} api
   * @param {() => boolean} interrupt
   * @throws {import('../store/errors.js').StorageFull | Unreachable}
   */
  async fetch(ledger, api, interrupt) {
    const waiting = this.#waiting(ledger);
    /** @type {unknown} */
    let failure = null;
    const lane = async () => {
      while (waiting.length > 0 && failure === null && !interrupt()) {
        const row = /** @type {FileRow} */ (waiting.shift());
        await this.#fetchOne(ledger, api, row).catch((error) => {
          failure ??= error;
        });
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    if (failure !== null) throw failure;
  }

  /** Something new is known: what was not given before may be given now. */
  forget() {
    this.#later.clear();
  }

  /**
   * @param {Ledger} ledger
   * @returns {FileRow[]} thumbnails first
   */
  #waiting(ledger) {
    const now = ledger.now();
    const rows = [...ledger.files.values()].filter(
      (row) => row.place === "away" && (this.#later.get(row.of ?? "") ?? 0) <= now,
    );
    return rows.sort((one, other) => Number(one.size === "view") - Number(other.size === "view"));
  }

  /**
   * @param {Ledger} ledger
   * @param {import('./api.js').Api} api
   * @param {FileRow} row
   */
  async #fetchOne(ledger, api, row) {
    try {
      const response = await api.send("GET", `/photos/${row.of}/${SIZES[row.size]}`);
      await keep(ledger, row, await whole(response));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#later.set(row.of ?? "", ledger.now() + AGAIN_MS);
    }
  }
}

/**
 * Reads the body and makes sure that it is what the server sent.
 * @param {Response} response
 * @returns {Promise<{bytes: ArrayBuffer, sha256: string}>}
 * @throws {Unreachable} when it was cut or altered on the way
 */
async function whole(response) {
  const bytes = await response.arrayBuffer().catch((error) => {
    throw new Unreachable(String(error));
  });
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  if (response.headers.get("Repr-Digest") !== `sha-256=:${btoa(String.fromCharCode(...digest))}:`) {
    throw new Unreachable("a picture was altered on the way");
  }
  return { bytes, sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") };
}

/**
 * Keeps a picture, unless its inventory left the tablet or the photograph was taken back meanwhile.
 * @param {Ledger} ledger
 * @param {FileRow} row
 * @param {{bytes: ArrayBuffer, sha256: string}} picture
 */
async function keep(ledger, row, { bytes, sha256 }) {
  await ledger.write(async (batch) => {
    const now = ledger.files.get(fileKey(row));
    if (now?.place !== "away") return;
    batch.blobs.set(sha256, bytes);
    batch.putFile({ ...now, sha256, bytes: bytes.byteLength, place: row.size === "thumb" ? "tablet" : "safe" });
  });
}
