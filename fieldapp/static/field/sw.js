// The service worker's events: it starts the application without a network, and touches nothing else.

const RELEASE = "__RELEASE__";

/** @type {any} */
const worker = self;
worker.importScripts(`/assets/${RELEASE}/field/sw-verbs.js`);

/** @type {Verbs} */
const verbs = worker.fieldappVerbs(RELEASE);

self.addEventListener("install", (event) => {
  /** @type {any} */ (event).waitUntil(verbs.install());
});

self.addEventListener("message", (event) => {
  const { data } = /** @type {MessageEvent} */ (event);
  // Only the page knows when no form is open and no write is running.
  if (data?.type === "take-over") worker.skipWaiting();
  const update = worker.registration.waiting ?? worker.registration.installing;
  // What a version on its way in has fetched is not what is left of an old one.
  if (data?.type === "started" && !update) /** @type {any} */ (event).waitUntil(verbs.forgetOthers());
});

self.addEventListener("fetch", (event) => {
  const { request, respondWith } = /** @type {any} */ (event);
  const answer = verbs.answer(request);
  // Without an answer of ours the request goes its way as if there were no worker.
  if (answer !== null) respondWith.call(event, answer);
});
