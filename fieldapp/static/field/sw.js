// The service worker's events: it starts the application without a network, and touches nothing else.

const RELEASE = "__RELEASE__";

/** @type {any} */
const worker = self;
worker.importScripts(`/assets/${RELEASE}/field/sw-verbs.js`);

/** @type {Verbs} */
const verbs = worker.fieldappVerbs(RELEASE);

self.addEventListener("install", (event) => {
  const { addRoutes, waitUntil } = /** @type {any} */ (event);
  waitUntil.call(event, verbs.install());
  // Where the browser can be told: what is sent does not pass here, and does not keep this worker from giving way.
  // Chromium forgets that it let a worker in when a request reached the old one in the same moment.
  addRoutes?.call(event, { condition: { urlPattern: { pathname: "/api/*" } }, source: "network" });
});

self.addEventListener("message", (event) => {
  const { data } = /** @type {MessageEvent} */ (event);
  // Only the page knows when no form is open and no write is running.
  if (data?.type === "take-over") worker.skipWaiting();
  if (data?.type === "started") started(/** @type {any} */ (event), data.release);
});

self.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {any} */ (event);
  const answer = verbs.answer(request);
  // Without an answer of ours the request goes its way as if there were no worker.
  if (answer !== null) respondWith.call(event, answer);
});

/**
 * @param {any} event a page's
 * @param {string} release the one that the page belongs to
 */
function started(event, release) {
  const { waiting, installing } = worker.registration;
  // A page of the old release below this worker still needs its files, and what a version on its way in has fetched
  // is not what is left of an old one.
  if (release === RELEASE && !waiting && !installing) event.waitUntil(verbs.forgetOthers());
}
