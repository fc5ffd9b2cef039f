/** Develops photographs away from the page when the browser can, in the page when it cannot. */

import { scriptUrl } from "../script-url.js";
import { developHere } from "./darkroom.js";
import { PhotoRefused } from "./errors.js";

/** @typedef {import('./darkroom.js').Print} Print */
/** @typedef {import('./darkroom.js').Developed} Developed */
/** @typedef {import('./blur.js').Area} Area */
/**
 * An ImageBitmap is taken over; areas are made impossible to make out.
 * @typedef {(source: Blob | ImageBitmap, areas?: Area[]) => Promise<Developed>} Develop
 */
/** @typedef {{resolve: (developed: Developed) => void, reject: (error: Error) => void}} Waiting */

/** @type {Promise<Worker | null> | null} */
let starting = null;
/** @type {Map<number, Waiting>} */
const waiting = new Map();
let numbers = 0;

/** @type {Develop} */
export async function developPhoto(source, areas = []) {
  starting ??= startWorker();
  const worker = await starting;
  if (worker === null) return developHere(source, areas);
  return new Promise((resolve, reject) => {
    numbers += 1;
    waiting.set(numbers, { resolve, reject });
    worker.postMessage({ number: numbers, source, areas }, source instanceof Blob ? [] : [source]);
  });
}

/**
 * Starts the worker; gives null when this browser cannot work there (WebKitGTK has no OffscreenCanvas).
 * @returns {Promise<Worker | null>}
 */
function startWorker() {
  return new Promise((resolve) => {
    if (typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined") return resolve(null);
    const url = new URL("../photo-worker.js", import.meta.url).href;
    const worker = new Worker(/** @type {any} */ (scriptUrl(url)), { type: "module" });
    worker.addEventListener("message", ({ data }) => {
      if ("ready" in data) resolve(data.ready ? worker : null);
      else answer(data);
    });
    worker.addEventListener("error", (event) => {
      // It could not start, or died (out of memory): whoever waits is told, the next photograph starts another.
      event.preventDefault();
      starting = null;
      resolve(null);
      for (const { reject } of waiting.values()) reject(new PhotoRefused("encoder_failed", event.message));
      waiting.clear();
    });
  });
}

/** @param {{number: number, developed?: Developed, fault?: {code: any, message: string}}} message */
function answer({ number, developed, fault }) {
  const asked = waiting.get(number);
  waiting.delete(number);
  if (developed) asked?.resolve(developed);
  else asked?.reject(new PhotoRefused(fault?.code ?? "encoder_failed", fault?.message));
}
