/** Requests to our server, and the certainty that it is the one that answered. */

import { NotOurServer, Refused, ServerBusy, ServerFull, SessionExpired, Unreachable } from "./failures.js";

const ROOT = "/api/field";
const PATIENCE_MS = 30_000;
/** A chunk of 2 MB at 20 kB/s. */
const UPLOAD_PATIENCE_MS = 120_000;

/** @typedef {(input: string, init: RequestInit) => Promise<Response>} Fetch */

/** The browser's own. @type {Fetch} */
export const browserFetch = (input, init) => fetch(input, init);

/**
 * @typedef {object} Request
 * @property {BodyInit | null} [body]
 * @property {{[name: string]: string}} [headers]
 * @property {number[]} [expects] statuses that the caller reads itself, besides 2xx
 */

export class Api {
  /** The server's time at its last answer, in milliseconds since 1970; null before the first. @type {number | null} */
  serverTime = null;
  /** Tablet minus server at that answer, in milliseconds; null before the first. @type {number | null} */
  drift = null;
  #now;
  #fetch;
  #token;

  /**
   * @param {Fetch} fetch
   * @param {() => string | null} token of the device; null before enrolment
   * @param {() => number} [now] the tablet's clock
   */
  constructor(fetch, token, now = Date.now) {
    this.#now = now;
    this.#fetch = fetch;
    this.#token = token;
  }

  /**
   * Sends JSON and reads JSON.
   * @param {"GET" | "POST"} method
   * @param {string} path below /api/field
   * @param {unknown} [content]
   * @returns {Promise<any>}
   */
  async json(method, path, content) {
    const body = content === undefined ? null : JSON.stringify(content);
    const headers = body === null ? {} : { "Content-Type": "application/json" };
    return readJson(await this.send(method, path, { body, headers }));
  }

  /**
   * Sends a request; gives the answer when it is ours and either 2xx or expected.
   * @param {string} method
   * @param {string} path below /api/field, or from the root when it starts with it
   * @param {Request} [request]
   * @returns {Promise<Response>}
   * @throws {Unreachable | NotOurServer | SessionExpired | ServerBusy | ServerFull | Refused}
   */
  async send(method, path, { body = null, headers = {}, expects = [] } = {}) {
    const response = await this.#answer(method, path.startsWith(ROOT) ? path : ROOT + path, body, headers);
    // Only our server sends this header; a portal answers 200 and HTML to everything.
    if (response.type === "opaqueredirect" || response.redirected || !response.headers.has("Fieldapp-Server")) {
      throw new NotOurServer(`${response.status}`);
    }
    const told = Date.parse(response.headers.get("Date") ?? "");
    if (told) [this.serverTime, this.drift] = [told, this.#now() - told];
    if (response.ok || expects.includes(response.status)) return response;
    const problem = await readJson(response).catch(() => ({}));
    const retryAfter = secondsOf(response.headers.get("Retry-After"));
    if (response.status === 401 && problem.code !== "bad_credentials") throw new SessionExpired();
    if (problem.code === "no_space") throw new ServerFull(retryAfter);
    if (response.status >= 500) throw new ServerBusy(retryAfter);
    if (response.status === 429 && problem.code !== "too_many_attempts") throw new ServerBusy(retryAfter);
    throw new Refused(response.status, problem, retryAfter);
  }

  /**
   * @param {string} method
   * @param {string} url
   * @param {BodyInit | null} body
   * @param {{[name: string]: string}} headers
   */
  async #answer(method, url, body, headers) {
    const token = this.#token();
    const authorization = token === null ? {} : { Authorization: `Bearer ${token}` };
    const patience = method === "PATCH" || body instanceof Uint8Array ? UPLOAD_PATIENCE_MS : PATIENCE_MS;
    try {
      return await this.#fetch(url, {
        method,
        body,
        headers: { ...authorization, ...headers },
        credentials: "omit",
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(patience),
      });
    } catch (error) {
      throw new Unreachable(String(error));
    }
  }
}

/**
 * Reads an answer that is ours; one that was cut counts as none.
 * @param {Response} response
 * @returns {Promise<any>}
 */
export async function readJson(response) {
  try {
    return await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/**
 * @param {string | null} text Retry-After: seconds, or a date (RFC 9110, 10.2.3)
 * @returns {number | null}
 */
function secondsOf(text) {
  if (text === null) return null;
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}
