/** Which tab may write: one at a time, by a Web Lock; another one may take over. */

import { uuid7 } from "./uuid7.js";

const LOCK = "fieldapp-tablet";

export class Tab {
  id = uuid7();
  /** This tab holds the vault. */
  holds = false;
  #locks;
  #changed;

  /**
   * @param {LockManager | null} locks null where the browser has none: then nobody can tell, and this tab writes
   * @param {() => void} changed called when the vault came to this tab by itself, or was taken from it
   */
  constructor(locks, changed) {
    this.#locks = locks;
    this.#changed = changed;
  }

  /** Takes the vault when it is free; otherwise waits for it in the background. */
  async claim() {
    if (this.#locks === null) {
      this.holds = true;
      return;
    }
    await this.#request({ ifAvailable: true });
    if (!this.holds) this.#request({}).catch(() => {});
  }

  /** Takes the vault from the tab that holds it; that tab is told, and its writes are refused from then on. */
  async takeOver() {
    if (!this.holds && this.#locks !== null) await this.#request({ steal: true });
  }

  /**
   * Resolves as soon as the answer is known; the lock is kept until it is stolen or the page ends.
   * @param {LockOptions} options
   * @returns {Promise<void>}
   */
  #request(options) {
    return new Promise((resolve, reject) => {
      const kept = this.#locks?.request(LOCK, options, (lock) => {
        if (lock === null) return resolve();
        const gained = !this.holds;
        this.holds = true;
        this.id = uuid7();
        resolve();
        if (gained && !options.ifAvailable && !options.steal) this.#changed();
        return new Promise(() => {});
      });
      Promise.resolve(kept).catch((error) => {
        this.#lost();
        reject(error);
      });
    });
  }

  #lost() {
    if (!this.holds) return;
    this.holds = false;
    this.#changed();
    // When the other tab closes, this one may go on.
    this.#request({}).catch(() => {});
  }
}
