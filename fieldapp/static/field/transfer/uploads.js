/**
 * Sends the files of photographs: asks what is missing, then resumable uploads in the tus 1.0 format.
 *
 * The report's size goes first for all, then the archive's: the office sees every photograph as early as it can.
 */

import { StorageFull } from "../store/errors.js";
import { NotOurServer, Refused, Unreachable } from "./failures.js";
import { Pace } from "./pace.js";

/** @typedef {import('../store/ledger.js').Ledger} Ledger */
/** @typedef {import('../store/database.js').FileRow} FileRow */
/** @typedef {import('./api.js').Api} Api */

const TUS = { "Tus-Resumable": "1.0.0" };
const ASKED_AT_ONCE = 500;
/** Two at a time: one waits for its answer while the other fills the line. */
const LANES = 2;
/** Broken connections in a row, without a byte gained, after which the round gives up. */
const SETBACKS = 5;

/** One file as it goes: the same bytes may belong to several photographs. @typedef {{sha256: string, bytes: number, offset: number}} Upload */

export class Uploads {
  #ledger;
  #api;
  #pace = new Pace();
  #interrupt;
  /** @type {Set<string>} */
  #altered = new Set();
  /** @type {StorageFull | null} */
  #full = null;
  #total = 0;
  #done = 0;

  /**
   * @param {Ledger} ledger
   * @param {Api} api
   * @param {() => boolean} interrupt whether something else wants to go first
   */
  constructor(ledger, api, interrupt) {
    this.#ledger = ledger;
    this.#api = api;
    this.#interrupt = interrupt;
  }

  /** Of the files of this round, in percent. */
  get percent() {
    const moving = [...this.#ledger.sendingFiles.values()].reduce((sum, percent) => sum + percent / 100, 0);
    return this.#total === 0 ? 0 : Math.floor((100 * (this.#done + moving)) / this.#total);
  }

  /** How many files went in this round. */
  sent = 0;

  /**
   * Sends what waits, until nothing does or something else goes first.
   * @returns {Promise<boolean>} whether every file has gone
   */
  async run() {
    const waiting = await this.#ask();
    this.sent = waiting.length;
    this.#total = waiting.length;
    this.#done = 0;
    /** @type {unknown} */
    let failure = null;
    const lane = async () => {
      while (waiting.length > 0 && failure === null && !this.#interrupt()) {
        const upload = /** @type {Upload} */ (waiting.shift());
        await this.#sendOne(upload).catch((error) => {
          failure ??= error;
        });
        this.#done += 1;
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    failure ??= this.#full;
    if (failure !== null) throw failure;
    return waiting.length === 0;
  }

  /**
   * Asks which files the server misses and where their upload stopped; what it has is safe.
   * @returns {Promise<Upload[]>}
   */
  async #ask() {
    const sizes = new Map(this.#waiting().map((row) => [row.sha256, row.bytes]));
    const hashes = [...sizes.keys()];
    /** @type {Upload[]} */
    const uploads = [];
    for (let from = 0; from < hashes.length; from += ASKED_AT_ONCE) {
      const sha256 = hashes.slice(from, from + ASKED_AT_ONCE);
      const answer = await this.#api.json("POST", "/blobs/missing", { sha256 });
      await this.#note(answer.present, "safe", null);
      for (const { sha256: hash, offset } of answer.missing) {
        const bytes = sizes.get(hash);
        if (bytes !== undefined) uploads.push({ sha256: hash, bytes, offset });
      }
    }
    return uploads;
  }

  /** @returns {FileRow[]} report sizes first, then by photograph, which sorts by time */
  #waiting() {
    const rows = [...this.#ledger.files.values()].filter((row) => row.place === "tablet" && row.size !== "thumb");
    const order = (/** @type {FileRow} */ row) => `${row.size === "report" ? 0 : 1}${row.photo_id}`;
    return rows.sort((one, other) => (order(one) < order(other) ? -1 : 1));
  }

  /** @param {Upload} upload */
  async #sendOne({ sha256, bytes, offset }) {
    const content = await this.#ledger.bytes("blobs", sha256);
    if (content === null) return this.#note([sha256], "stuck", "lost_on_tablet");
    this.#progress(sha256, (100 * offset) / bytes);
    try {
      const receipt = await this.#persist(sha256, new Uint8Array(content), offset);
      if (receipt !== sha256) throw new NotOurServer("a finished upload without its receipt");
      await this.#note([sha256], "safe", null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.#note([sha256], "stuck", error.code);
    } finally {
      this.#ledger.sendingFiles.delete(sha256);
      this.#tell(sha256);
    }
  }

  /**
   * Goes on through broken connections, from where the server says it stands, as long as bytes are gained.
   * @param {string} sha256
   * @param {Uint8Array<ArrayBuffer>} content
   * @param {number} from
   * @returns {Promise<string | null>} the receipt
   */
  async #persist(sha256, content, from) {
    let [offset, furthest, setbacks] = [from, from, 0];
    for (;;) {
      const standing = await this.#step(sha256, content, offset).catch((error) => this.#recover(sha256, error));
      if (standing !== null && (standing.receipt !== null || standing.offset >= content.length))
        return standing.receipt;
      offset = standing?.offset ?? offset;
      setbacks = offset > furthest ? 0 : setbacks + 1;
      furthest = Math.max(furthest, offset);
      if (setbacks > SETBACKS) throw new Unreachable("no byte gained");
      this.#progress(sha256, (100 * offset) / content.length);
    }
  }

  /**
   * @param {string} sha256
   * @param {unknown} error
   * @returns {Promise<Standing | null>} null when the server does not answer either
   */
  async #recover(sha256, error) {
    // Bytes that were altered on the way were thrown away by the server: they go once more.
    if (error instanceof Refused && error.code === "hash_mismatch" && !this.#altered.has(sha256)) {
      this.#altered.add(sha256);
      return { offset: 0, receipt: null };
    }
    if (!(error instanceof Unreachable)) throw error;
    this.#pace.stumble();
    return this.#whereIs(sha256).catch((again) => {
      if (again instanceof Unreachable) return null;
      throw again;
    });
  }

  /**
   * @param {string} sha256
   * @param {Uint8Array<ArrayBuffer>} content
   * @param {number} offset
   */
  #step(sha256, content, offset) {
    return offset === 0 ? this.#create(sha256, content) : this.#append(sha256, content, offset);
  }

  /**
   * @param {string} sha256
   * @param {Uint8Array<ArrayBuffer>} content
   */
  #create(sha256, content) {
    const headers = {
      ...TUS,
      "Upload-Length": String(content.length),
      "Upload-Metadata": `sha256 ${btoa(sha256)},purpose ${btoa("photo")}`,
      "Content-Type": "application/offset+octet-stream",
    };
    return this.#chunk("POST", "/uploads", sha256, content.subarray(0, this.#pace.size), headers);
  }

  /**
   * @param {string} sha256
   * @param {Uint8Array<ArrayBuffer>} content
   * @param {number} offset
   */
  #append(sha256, content, offset) {
    const headers = { ...TUS, "Upload-Offset": String(offset), "Content-Type": "application/offset+octet-stream" };
    return this.#chunk(
      "PATCH",
      `/uploads/${sha256}`,
      sha256,
      content.subarray(offset, offset + this.#pace.size),
      headers,
    );
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {string} sha256
   * @param {Uint8Array<ArrayBuffer>} body
   * @param {{[name: string]: string}} headers
   * @returns {Promise<Standing>}
   */
  async #chunk(method, path, sha256, body, headers) {
    const measured = this.#pace.begin(body.length);
    const response = await this.#api.send(method, path, { body, headers, expects: [404, 409, 410] });
    // It stands elsewhere (409), or forgot the upload (404, 410).
    if (!response.ok) return this.#whereIs(sha256);
    measured();
    return standingOf(response);
  }

  /**
   * @param {string} sha256
   * @returns {Promise<Standing>}
   */
  async #whereIs(sha256) {
    const response = await this.#api.send("HEAD", `/uploads/${sha256}`, { headers: TUS, expects: [404, 410] });
    return response.ok ? standingOf(response) : { offset: 0, receipt: null };
  }

  /**
   * Writes where all the photographs with these bytes are.
   * @param {string[]} hashes
   * @param {"safe" | "stuck"} place
   * @param {string | null} reason
   */
  async #note(hashes, place, reason) {
    if (hashes.length === 0) return;
    const wanted = new Set(hashes);
    const written = this.#ledger.write(async (batch) => {
      for (const row of this.#ledger.files.values()) {
        if (wanted.has(row.sha256) && row.size !== "thumb") batch.putFile({ ...row, place, reason });
      }
    });
    await written.catch((error) => {
      // The others go all the same; what could not be noted is asked again.
      if (!(error instanceof StorageFull)) throw error;
      this.#full = error;
    });
  }

  /**
   * @param {string} sha256
   * @param {number} percent
   */
  #progress(sha256, percent) {
    this.#ledger.sendingFiles.set(sha256, Math.floor(percent));
    this.#tell(sha256);
  }

  /** @param {string} sha256 */
  #tell(sha256) {
    const rows = [...this.#ledger.files.values()].filter((row) => row.sha256 === sha256);
    this.#ledger.tell(new Map(rows.map((row) => [row.root_id, new Set([row.photo_id])])));
  }
}

/** @typedef {{offset: number, receipt: string | null}} Standing */

/**
 * @param {Response} response
 * @returns {Standing}
 */
function standingOf(response) {
  const offset = Number(response.headers.get("Upload-Offset") ?? 0);
  return { offset, receipt: response.headers.get("Fieldapp-Receipt") };
}
