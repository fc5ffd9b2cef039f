// What the service worker can do: keep one whole release, answer from it, forget the others.

/**
 * @typedef {object} Verbs
 * @property {() => Promise<void>} install keeps every file of the release, or fails
 * @property {(request: Request) => Promise<Response> | null} answer null for what is not ours to answer
 * @property {() => Promise<void>} forgetOthers deletes the files of other releases
 */

(() => {
  const PREFIX = "fieldapp-";
  const SHELL = "/field/";
  const FILES = /^\/assets\/|^\/field\/manifest\.webmanifest$/;
  /** Files asked for at the same time. */
  const LANES = 6;

  /**
   * @param {string} release
   * @returns {Verbs}
   */
  function verbs(release) {
    const name = PREFIX + release;
    return {
      install: () => install(release, name),
      answer: (request) => answer(request, name),
      forgetOthers: () => forgetOthers(name),
    };
  }

  /**
   * Fetches the whole list; one file that is missing or altered and nothing of it is kept.
   * @param {string} release
   * @param {string} name of the cache
   */
  async function install(release, name) {
    const list = await (await fetched(`/assets/${release}/precache.json`)).json();
    const cache = await caches.open(name);
    const waiting = [...list.urls];
    const lane = async () => {
      for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
        const response = await fetched(url);
        await verify(response.clone(), list.sha256?.[url]);
        await cache.put(url, response);
      }
    };
    try {
      await Promise.all(Array.from({ length: LANES }, lane));
    } catch (error) {
      waiting.length = 0;
      await caches.delete(name);
      throw error;
    }
  }

  /** @param {string} url */
  async function fetched(url) {
    const response = await fetch(url, { cache: "no-cache", credentials: "omit", redirect: "error" });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    return response;
  }

  /**
   * A captive portal answers 200 to everything; the hash tells.
   * @param {Response} response
   * @param {string | undefined} sha256
   */
  async function verify(response, sha256) {
    if (sha256 === undefined) return;
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await response.arrayBuffer()));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hex !== sha256) throw new Error(`${response.url}: not the file of this release`);
  }

  /**
   * Only GET: a browser has emptied the bodies that passed through a worker.
   * @param {Request} request
   * @param {string} name
   */
  function answer(request, name) {
    const { origin, pathname } = new URL(request.url);
    if (request.method !== "GET" || origin !== location.origin) return null;
    if (request.mode === "navigate") return pathname.startsWith(SHELL) ? kept(SHELL, request, name) : null;
    return FILES.test(pathname) ? kept(pathname, request, name) : null;
  }

  /**
   * Our own release first; then any other, for a page of the old release that is still open; then the network.
   * @param {string} key
   * @param {Request} request
   * @param {string} name
   */
  async function kept(key, request, name) {
    const own = await (await caches.open(name)).match(key);
    return own ?? (await caches.match(key)) ?? fetch(request);
  }

  /** @param {string} name */
  async function forgetOthers(name) {
    const others = (await caches.keys()).filter((other) => other.startsWith(PREFIX) && other !== name);
    await Promise.all(others.map((other) => caches.delete(other)));
  }

  /** @type {any} */ (globalThis).fieldappVerbs = verbs;
})();
