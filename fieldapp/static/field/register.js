/** Registers the service worker, and lets a new version in only when nothing can be lost. */

import { scriptUrl } from "./script-url.js";

/**
 * What the page knows about a good moment.
 * @typedef {object} Moment
 * @property {() => boolean} mayUpdate no form is open
 * @property {() => boolean} writing a write is on its way to the disk
 */

/** How often a page that stays open looks for a new version. */
const LOOK_EVERY_MS = 3_600_000;
/** A pause begins with the last write still running, and the screen that is left still there: ask again for a while. */
const ASK_EVERY_MS = 300;
const ASK_TIMES = 10;

/**
 * Starts the worker; does nothing where the browser has none. The first version needs no moment: it waits for nobody.
 * @param {Moment} moment
 */
export async function startWorker(moment) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  const registration = await workers.register(/** @type {any} */ (scriptUrl("/sw.js")), {
    scope: "/field/",
    updateViaCache: "none",
  });
  followUpdates(workers, registration, moment);
  // This release has started: what the old one needed may go.
  registration.active?.postMessage({ type: "started", release: document.documentElement.dataset.release });
}

/**
 * @param {ServiceWorkerContainer} workers
 * @param {ServiceWorkerRegistration} registration
 * @param {Moment} moment
 */
function followUpdates(workers, registration, { mayUpdate, writing }) {
  let asked = false;
  /** The new version is in, and the page still the old one. */
  let late = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  const offer = (left = ASK_TIMES) => {
    clearTimeout(again);
    const { waiting, active } = registration;
    if (!late && (asked || !waiting || !active)) return;
    if (!mayUpdate() || writing()) {
      if (left > 0) again = setTimeout(() => offer(left - 1), ASK_EVERY_MS);
    } else if (late) location.reload();
    else {
      asked = true;
      waiting?.postMessage({ type: "take-over" });
    }
  };
  const pause = () => offer();
  workers.addEventListener("controllerchange", () => {
    // It may come minutes after it was asked, with a form open by then, or in answer to the page before this one.
    late = true;
    offer();
  });
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", pause));
  // Leaving a screen, or the tablet being put away: both are pauses.
  window.addEventListener("hashchange", pause);
  document.addEventListener("visibilitychange", pause);
  setInterval(() => registration.update().catch(() => {}), LOOK_EVERY_MS);
  offer();
}
