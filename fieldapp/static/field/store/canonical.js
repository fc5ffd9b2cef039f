/** Canonical JSON (RFC 8785, without floats) and its SHA-256: the same bytes here and on the server. */

/** @typedef {string | number | boolean | null | Json[] | {[key: string]: any}} Json numbers are integers */

/** Nesting allowed in a document, as on the server. */
const DEEPEST = 64;

/** A value has no canonical form: a float, a large integer, half a surrogate pair, or another type; says where. */
export class NotCanonical extends TypeError {
  code = "not_canonical";
}

/**
 * Gives the canonical UTF-8 bytes of text, integers within ±(2^53-1), booleans, null, arrays and plain objects.
 * @param {unknown} value
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {NotCanonical} for anything else: amounts travel as integers or decimal strings
 */
export function canonicalBytes(value) {
  return new TextEncoder().encode(write(value, "$", 0));
}

/**
 * Gives the SHA-256 in 64 lower-case hexadecimal digits.
 * @param {BufferSource} bytes
 * @returns {Promise<string>}
 */
export async function sha256Hex(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {unknown} value
 * @param {string} where
 * @param {number} depth
 * @returns {string}
 */
function write(value, where, depth) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value, where);
  if (typeof value === "number") return integer(value, where);
  if (typeof value !== "object") throw new NotCanonical(`${where}: ${typeof value} has no canonical form`);
  if (depth === DEEPEST) throw new NotCanonical(`${where}: nested too deep`);
  if (Array.isArray(value)) {
    return `[${Array.from(value, (item, index) => write(item, `${where}[${index}]`, depth + 1)).join(",")}]`;
  }
  return plainObject(/** @type {{[key: string]: unknown}} */ (value), where, depth);
}

/**
 * Orders keys by UTF-16 code units (RFC 8785, 3.2.3), which is what JavaScript's own sort does.
 * @param {{[key: string]: unknown}} value
 * @param {string} where
 * @param {number} depth
 */
function plainObject(value, where, depth) {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    throw new NotCanonical(`${where}: ${value.constructor?.name} has no canonical form`);
  }
  const members = Object.keys(value)
    .sort()
    .map((key) => `${text(key, where)}:${write(value[key], `${where}.${key}`, depth + 1)}`);
  return `{${members.join(",")}}`;
}

/**
 * @param {number} value
 * @param {string} where
 */
function integer(value, where) {
  if (!Number.isSafeInteger(value)) throw new NotCanonical(`${where}: only integers within ±(2^53-1)`);
  return String(value === 0 ? 0 : value);
}

/**
 * @param {string} value
 * @param {string} where
 */
function text(value, where) {
  if (!value.isWellFormed()) throw new NotCanonical(`${where}: text holds half a surrogate pair`);
  return JSON.stringify(value);
}
