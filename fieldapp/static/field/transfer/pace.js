/** How much of a file one request carries: more on a good line, less on one that breaks. */

const SMALLEST = 256 * 1024;
const LARGEST = 2 * 1024 * 1024;
/** What a request should take: long enough to fill the line, short enough to lose little. */
const AIM_MS = 2_000;

export class Pace {
  /** Bytes of the next chunk. */
  size = 2 * SMALLEST;

  /**
   * Measures a chunk: call what this returns once it has arrived.
   * @param {number} bytes
   * @returns {() => void}
   */
  begin(bytes) {
    const started = performance.now();
    return () => this.arrived(bytes, performance.now() - started);
  }

  /**
   * @param {number} bytes
   * @param {number} milliseconds
   */
  arrived(bytes, milliseconds) {
    // A file smaller than a chunk says nothing about a larger one.
    if (bytes < this.size) return;
    const wanted = (bytes * AIM_MS) / Math.max(milliseconds, 1);
    this.size = within(Math.min(wanted, this.size * 2));
  }

  /** The connection broke. */
  stumble() {
    this.size = within(this.size / 2);
  }
}

/** @param {number} bytes */
function within(bytes) {
  return Math.round(Math.min(LARGEST, Math.max(SMALLEST, bytes)));
}
