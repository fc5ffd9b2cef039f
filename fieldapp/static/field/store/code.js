/**
 * The agent's six-digit code: it leaves tenant mode and opens the day offline.
 *
 * It does not protect the data key yet: a million codes are tried in days, however slow the hash. It keeps out the
 * person who holds the tablet, not the one who copies its disk.
 */

import { BadCode, LockedOut, WrongCode } from "./errors.js";

/** @typedef {{salt: ArrayBuffer, iterations: number, hash: ArrayBuffer}} SlowHash PBKDF2-HMAC-SHA-256, 256 bits */
/** @typedef {SlowHash & {triesLeft: number}} Code */

/** OWASP Password Storage Cheat Sheet (2023) for PBKDF2-HMAC-SHA-256. */
const ITERATIONS = 600_000;
export const TRIES = 5;

/**
 * Hashes a new code; throws `BadCode` unless it is six digits.
 * @param {string} digits
 * @returns {Promise<Code>}
 */
export async function newCode(digits) {
  if (!/^\d{6}$/.test(digits)) throw new BadCode();
  return { ...(await slowHash(digits)), triesLeft: TRIES };
}

/**
 * Checks a code; the try is spent on the disk before the answer is known, so killing the page gives none back.
 * @param {Code} code
 * @param {string} digits
 * @param {(triesLeft: number) => Promise<void>} spend writes the tries that are left
 * @throws {WrongCode | LockedOut}
 */
export async function checkCode(code, digits, spend) {
  if (code.triesLeft <= 0) throw new LockedOut();
  const left = code.triesLeft - 1;
  await spend(left);
  if (!(await matches(code, digits))) throw left > 0 ? new WrongCode(left) : new LockedOut();
  await spend(TRIES);
}

/**
 * Hashes a text with a fresh salt.
 * @param {string} text
 * @returns {Promise<SlowHash>}
 */
export async function slowHash(text) {
  const salt = crypto.getRandomValues(new Uint8Array(16)).buffer;
  return { salt, iterations: ITERATIONS, hash: await derive(text, salt, ITERATIONS) };
}

/**
 * Tells whether the text is the one that was hashed.
 * @param {SlowHash} expected
 * @param {string} text
 */
export async function matches(expected, text) {
  const given = new Uint8Array(await derive(text, expected.salt, expected.iterations));
  const wanted = new Uint8Array(expected.hash);
  return given.reduce((difference, byte, at) => difference | (byte ^ (wanted[at] ?? ~byte)), 0) === 0;
}

/**
 * @param {string} text
 * @param {ArrayBuffer} salt
 * @param {number} iterations
 */
async function derive(text, salt, iterations) {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(text), "PBKDF2", false, [
    "deriveBits",
  ]);
  return crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, material, 256);
}
