/** The one Trusted Types policy for script addresses: the service worker and the photo worker, nothing else. */

const ALLOWED = [/^\/sw\.js$/, /^\/assets\/[\w-]+\/field\/photo-worker\.js$/];

/**
 * @param {string} url
 * @returns {string}
 * @throws {TypeError} for any other script
 */
function checked(url) {
  const { origin, pathname, search } = new URL(url, location.href);
  if (origin !== location.origin || search !== "" || !ALLOWED.some((pattern) => pattern.test(pathname))) {
    throw new TypeError(`not a script of this application: ${pathname}`);
  }
  return url;
}

/** @type {{createScriptURL: (url: string) => unknown}} where the browser has no Trusted Types, the check still runs */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("fieldapp-script-url", {
  createScriptURL: checked,
}) ?? { createScriptURL: checked };

/**
 * Gives the address of one of our workers in the form that the browser takes.
 * @param {string} url
 */
export function scriptUrl(url) {
  return policy.createScriptURL(url);
}
