/** The one sender of this tablet: when it speaks to the server, in which order, and what the screens see of it. */

import { Elsewhere, FieldError, NotEnrolled, StorageFull } from "../store/errors.js";
import { Api } from "./api.js";
import { Backoff } from "./backoff.js";
import { noteClock } from "./clock.js";
import { fetchPack } from "./daypack.js";
import { sendDocuments } from "./documents.js";
import { retire } from "./eviction.js";
import { NotOurServer, Refused, ServerBusy, Unreachable } from "./failures.js";
import { Pictures } from "./pictures.js";
import { pull } from "./pull.js";
import { push } from "./push.js";
import { sendRecords } from "./records.js";
import { leaveWrappedKey } from "./recovery.js";
import { Uploads } from "./uploads.js";

/** @typedef {import('../store/session.js').Problem} Problem */
/** @typedef {import('../store/session.js').TransferState} TransferState */

const LOCK = "fieldapp-sender";
const EVERY_MS = 60_000;
const ELSEWHERE_MS = 5_000;
/** Taps come in bursts; one request carries several. */
const AFTER_SAVE_MS = 400;
/** The pack is costly to make; what changes within a day comes by pull. */
const PACK_EVERY_MS = 600_000;

/**
 * @typedef {object} Surroundings
 * @property {import('../store/desk.js').Desk} desk
 * @property {import('./api.js').Fetch} fetch
 * @property {LockManager | null} locks null where the browser has none
 * @property {() => number} now milliseconds since 1970
 * @property {() => number} random 0 to 1
 * @property {(delayMs: number, act: () => void) => () => void} after gives what cancels it
 */

export class Sender {
  #desk;
  #locks;
  #api;
  #backoff;
  /** @type {Set<(state: TransferState) => void>} */
  #listeners = new Set();
  /** @type {Promise<void>} */
  #current = Promise.resolve();
  /** @type {Promise<void> | null} */
  #next = null;
  #now;
  #after;
  #cancel = () => {};
  /** When the pack was last asked for; zero asks again at once. */
  #packAt = 0;
  /** @type {import('../store/ledger.js').Ledger | null} */
  #followed = null;
  #started = false;
  #waiting = false;
  /** @type {boolean | null} */
  #online = null;
  /** @type {string | null} */
  #lastContact = null;
  /** @type {Problem | null} */
  #problem = null;
  /** @type {Uploads | null} */
  #uploads = null;
  #pictures = new Pictures();

  /** @param {Surroundings} surroundings */
  constructor({ desk, fetch, locks, now, random, after }) {
    this.#desk = desk;
    this.#locks = locks;
    this.#now = now;
    this.#after = after;
    this.#api = new Api(fetch, () => (desk.isOpen ? desk.open.account.token : null), now);
    this.#backoff = new Backoff(random);
  }

  /** Begins to listen for reasons to speak: start, network, visibility, saves, time. */
  start() {
    this.#started = true;
    globalThis.addEventListener?.("online", () => this.nudge());
    globalThis.document?.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.nudge();
    });
    this.#desk.subscribe(() => this.#follow());
    this.#follow();
  }

  /** @returns {TransferState} */
  state() {
    const ledger = this.#desk.isOpen ? this.#desk.open.ledger : null;
    return {
      online: this.#online,
      pendingOps: ledger?.waitingOps ?? 0,
      pendingPhotos: ledger?.files.waiting ?? 0,
      sendingPercent: this.#uploads?.percent ?? null,
      lastContact: this.#lastContact,
      clock: ledger?.wrongClock ?? null,
      problem: this.#problem,
    };
  }

  /**
   * @param {(state: TransferState) => void} listener
   * @returns {() => void}
   */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Somebody asks: speak now, whatever went wrong before. */
  syncNow() {
    this.#pictures.forget();
    this.#packAt = 0;
    this.#backoff.reset();
    return this.#run();
  }

  /** Something changed that may make a contact succeed. */
  nudge() {
    this.#packAt = 0;
    this.#backoff.reset();
    if (this.#problem?.code !== "session_expired") this.#schedule(0);
  }

  /** Fetches the day pack now; rejects as the request did. */
  async refreshDay() {
    await fetchPack(this.#desk.open, this.#api);
    this.#packAt = this.#now();
    this.#reached();
    this.#tell();
  }

  /** @returns {Promise<void>} of a round that begins after this call */
  #run() {
    this.#cancel();
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      this.#current = this.#contact();
      return this.#current;
    });
    return this.#next;
  }

  async #contact() {
    if (!this.#desk.isOpen) return;
    try {
      await this.#alone(() => this.#round());
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#uploads = null;
    }
    this.#tell();
  }

  /**
   * Runs unless another tab is sending.
   * @param {() => Promise<void>} work
   */
  async #alone(work) {
    if (this.#locks === null) return work();
    await this.#locks.request(LOCK, { ifAvailable: true }, async (lock) => {
      if (lock !== null) return work();
      // The other tab may be ending its last round, after this one took over.
      return this.#schedule(ELSEWHERE_MS);
    });
  }

  /** Operations before photographs; what was refused of one step does not stop the others. */
  async #round() {
    const { open } = this.#desk;
    const { ledger } = open;
    /** @type {Problem | null} */
    let problem = null;
    const step = async (/** @type {() => Promise<Problem | null | void>} */ work) => {
      try {
        problem = (await work()) ?? problem;
      } catch (error) {
        // A full disk cannot note what the server said; what is here must reach it all the same.
        if (!(error instanceof Refused || error instanceof StorageFull)) throw error;
        problem = problemOf(error);
      }
    };
    await step(() => push(open, this.#api));
    await step(() => sendRecords(ledger, this.#api, { again: false }));
    await step(() => sendDocuments(ledger, this.#api));
    await step(() => leaveWrappedKey(open, this.#api));
    await step(() => this.#receive());
    await step(() => this.#sendPhotos(open));
    await step(() => retire(this.#desk, this.#api.serverTime));
    await step(() => this.#fetchPictures(ledger));
    await step(() => noteClock(ledger, this.#api));
    this.#problem = problem;
    this.#reached();
    this.#backoff.reset();
    this.#schedule(ledger.waitingOps > 0 ? AFTER_SAVE_MS : EVERY_MS);
  }

  /** @returns {Promise<Problem | null>} */
  async #receive() {
    const { upgradeRequired } = await pull(this.#desk, this.#api);
    if (upgradeRequired) return { code: "upgrade_required" };
    if (this.#now() - this.#packAt >= PACK_EVERY_MS) await this.refreshDay();
    return null;
  }

  /** @param {import('../store/desk.js').Open} open */
  async #sendPhotos(open) {
    // What an earlier push could not settle does not go first again and again.
    const left = open.ledger.waitingOps;
    const uploads = new Uploads(open.ledger, this.#api, () => open.ledger.waitingOps > left);
    this.#uploads = uploads;
    let sent = 0;
    let finished = false;
    while (!finished) {
      finished = await uploads.run();
      sent += uploads.sent;
      if (open.ledger.waitingOps > left) await push(open, this.#api);
    }
    this.#uploads = null;
    if (sent > 0) {
      await sendRecords(open.ledger, this.#api, { again: true });
      await pull(this.#desk, this.#api);
    }
  }

  /**
   * Pictures to look at give way to everything that a person made, and never take the last of the disk.
   * @param {import('../store/ledger.js').Ledger} ledger
   */
  async #fetchPictures(ledger) {
    if (this.#desk.status().storage.enough === false) return;
    const left = ledger.waitingOps;
    await this.#pictures.fetch(ledger, this.#api, () => ledger.waitingOps > left || ledger.files.waiting > 0);
  }

  /** @param {unknown} error */
  #failed(error) {
    if (error instanceof Elsewhere || error instanceof NotEnrolled) return;
    const reached = !(error instanceof Unreachable || error instanceof NotOurServer);
    if (reached) this.#reached();
    else this.#online = false;
    this.#problem = problemOf(error);
    if (this.#problem?.code === "session_expired") return;
    const retryAfter = error instanceof ServerBusy || error instanceof Refused ? error.retryAfter : null;
    this.#waiting = true;
    this.#schedule(this.#backoff.next(retryAfter));
  }

  #reached() {
    this.#online = true;
    this.#waiting = false;
    this.#lastContact = new Date(this.#now()).toISOString();
  }

  /** @param {number} delayMs */
  #schedule(delayMs) {
    this.#cancel();
    if (this.#started) this.#cancel = this.#after(delayMs, () => void this.#run());
  }

  /** Listens to the open vault: each save is a reason to speak. */
  #follow() {
    const ledger = this.#desk.isOpen ? this.#desk.open.ledger : null;
    if (ledger === this.#followed) return;
    this.#followed = ledger;
    let waited = ledger?.waitingOps ?? 0;
    ledger?.subscribe(() => {
      if (ledger.waitingOps > waited && !this.#waiting) this.#schedule(AFTER_SAVE_MS);
      waited = ledger.waitingOps;
      this.#tell();
    });
    // Signed in, or taken over from another tab: there may be work.
    if (ledger !== null) this.nudge();
    this.#tell();
  }

  #tell() {
    const state = this.state();
    for (const listener of this.#listeners) listener(state);
  }
}

/**
 * Gives what the screens say about a contact that failed; being offline is no problem.
 * @param {unknown} error
 * @returns {Problem | null}
 */
function problemOf(error) {
  if (error instanceof Unreachable) return null;
  if (!(error instanceof FieldError)) return { code: "refused", detail: String(error) };
  switch (error.code) {
    case "session_expired":
    case "not_our_server":
    case "server_busy":
    case "no_space":
    case "storage_full":
      return { code: error.code };
    case "unknown_version":
      return { code: "upgrade_required" };
    default:
      return { code: "refused", detail: error.code };
  }
}
