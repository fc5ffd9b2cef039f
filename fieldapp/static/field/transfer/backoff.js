/** How long to wait after a failed contact: 1 s doubling to 5 min, with jitter, or as long as the server asks. */

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

export class Backoff {
  #failures = 0;
  #random;

  /** @param {() => number} random 0 to 1 */
  constructor(random) {
    this.#random = random;
  }

  /**
   * Gives the wait after one more failure, in milliseconds.
   * @param {number | null} retryAfter seconds that the server asked for
   */
  next(retryAfter) {
    const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#failures);
    this.#failures += 1;
    // Between half and all of it: many tablets that lost the same server must not come back together.
    const wait = ceiling / 2 + (ceiling / 2) * this.#random();
    return Math.max(FIRST_MS, wait, (retryAfter ?? 0) * 1_000);
  }

  reset() {
    this.#failures = 0;
  }
}
