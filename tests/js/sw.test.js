// The service worker keeps a whole release or nothing, answers only what is ours, and never stands in the way of a write.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const ORIGIN = "https://terrain.example";
const FOLDER = new URL("../../fieldapp/static/field/", import.meta.url);

/** Cache Storage in memory. */
class FakeCaches {
  /** @type {Map<string, Map<string, Response>>} */
  all = new Map();
  /** @param {string} name */
  open = async (name) => {
    const cache = this.all.get(name) ?? new Map();
    this.all.set(name, cache);
    return {
      put: async (/** @type {string} */ url, /** @type {Response} */ response) => void cache.set(url, response),
      match: async (/** @type {string} */ url) => cache.get(url)?.clone(),
    };
  };
  keys = async () => [...this.all.keys()];
  delete = async (/** @type {string} */ name) => this.all.delete(name);
  match = async (/** @type {string} */ url) =>
    [...this.all.values()]
      .find((cache) => cache.has(url))
      ?.get(url)
      ?.clone();
}

/** One browser: the caches outlive the workers. */
class Browser {
  caches = new FakeCaches();
  /** @type {Map<string, string>} what the network answers */
  files = new Map();
  skipped = 0;
  update = null;

  /** @param {string} release */
  publish(release) {
    const urls = ["/field/", `/assets/${release}/field/main.js`, `/assets/${release}/field/sw-verbs.js`];
    this.files.set("/field/", `<html>${release}`);
    for (const url of urls.slice(1)) this.files.set(url, `// ${release}`);
    const hash = (/** @type {string} */ url) =>
      createHash("sha256")
        .update(String(this.files.get(url)))
        .digest("hex");
    const sha256 = Object.fromEntries(urls.map((url) => [url, hash(url)]));
    this.files.set(`/assets/${release}/precache.json`, JSON.stringify({ release, urls, sha256 }));
  }

  /** @param {string} release */
  worker(release) {
    /** @type {Map<string, (event: any) => void>} */
    const listeners = new Map();
    /** @type {any} */
    const scope = {
      caches: this.caches,
      crypto,
      URL,
      Response,
      location: new URL(`${ORIGIN}/sw.js`),
      registration: {
        get waiting() {
          return null;
        },
        get installing() {
          return null;
        },
      },
      addEventListener: (/** @type {string} */ name, /** @type {any} */ act) => listeners.set(name, act),
      skipWaiting: () => {
        this.skipped += 1;
      },
      importScripts: () => vm.runInContext(readFileSync(new URL("sw-verbs.js", FOLDER), "utf8"), scope),
      fetch: async (/** @type {any} */ request) => {
        const path = typeof request === "string" ? request : new URL(request.url).pathname;
        const text = this.files.get(path);
        return new Response(text ?? "gone", { status: text === undefined ? 404 : 200 });
      },
    };
    scope.self = scope;
    scope.globalThis = scope;
    vm.createContext(scope);
    vm.runInContext(readFileSync(new URL("sw.js", FOLDER), "utf8").replaceAll("__RELEASE__", release), scope);
    const fire = async (/** @type {string} */ name, /** @type {any} */ event) => {
      /** @type {Promise<unknown>[]} */
      const promises = [];
      const answered = { waitUntil: (/** @type {Promise<unknown>} */ p) => promises.push(p), ...event };
      listeners.get(name)?.(answered);
      await Promise.all(promises);
    };
    return {
      scope,
      install: () => fire("install", {}),
      say: (/** @type {string} */ type, /** @type {string} */ page = release) =>
        fire("message", { data: { type, release: page } }),
      /** Gives the answer's text, or null when the request goes its own way. */
      ask: async (/** @type {string} */ path, { method = "GET", mode = "no-cors", origin = ORIGIN } = {}) => {
        /** @type {Promise<Response> | null} */
        let answer = null;
        const request = { url: origin + path, method, mode };
        await fire("fetch", {
          request,
          respondWith: (/** @type {Promise<Response>} */ given) => {
            answer = given;
          },
        });
        return answer === null ? null : (await /** @type {Promise<Response>} */ (answer)).text();
      },
    };
  }
}

async function installed() {
  const browser = new Browser();
  browser.publish("r1");
  const worker = browser.worker("r1");
  await worker.install();
  return { browser, worker };
}

test("once installed, the application starts without a network, at any address below /field/", async () => {
  const { browser, worker } = await installed();
  browser.files.clear();
  assert.equal(await worker.ask("/field/", { mode: "navigate" }), "<html>r1");
  assert.equal(await worker.ask("/field/?source=home", { mode: "navigate" }), "<html>r1");
  assert.equal(await worker.ask("/assets/r1/field/main.js"), "// r1");
});

test("one missing file, and nothing of the release is kept", async () => {
  const browser = new Browser();
  browser.publish("r1");
  browser.files.delete("/assets/r1/field/main.js");
  await assert.rejects(browser.worker("r1").install());
  assert.deepEqual(await browser.caches.keys(), []);
});

test("a captive portal's page is not taken for a file of ours", async () => {
  const browser = new Browser();
  browser.publish("r1");
  browser.files.set("/field/", "<html>Bienvenue à l’hôtel");
  await assert.rejects(browser.worker("r1").install());
  assert.deepEqual(await browser.caches.keys(), []);
});

test("no request with a body, to the interface, to the office or to another host passes through it", async () => {
  const { worker } = await installed();
  assert.equal(await worker.ask("/api/field/push", { method: "POST" }), null);
  assert.equal(await worker.ask("/api/field/uploads/aa", { method: "PATCH" }), null);
  assert.equal(await worker.ask("/api/field/pull?cursor=0"), null);
  assert.equal(await worker.ask("/field/", { method: "POST", mode: "navigate" }), null);
  assert.equal(await worker.ask("/office/", { mode: "navigate" }), null);
  assert.equal(await worker.ask("/assets/r1/field/main.js", { origin: "https://elsewhere.example" }), null);
});

test("it takes over only when the page asks", async () => {
  const { browser, worker } = await installed();
  browser.publish("r2");
  const next = browser.worker("r2");
  await next.install();
  assert.equal(browser.skipped, 0);
  await worker.say("anything");
  assert.equal(browser.skipped, 0);
  await next.say("take-over");
  assert.equal(browser.skipped, 1);
});

test("the old release stays until the new one has started once", async () => {
  const { browser } = await installed();
  browser.publish("r2");
  const next = browser.worker("r2");
  await next.install();
  assert.deepEqual(await browser.caches.keys(), ["fieldapp-r1", "fieldapp-r2"]);
  browser.files.clear();
  assert.equal(await next.ask("/assets/r1/field/main.js"), "// r1", "a page of the old release is still open");
  assert.equal(await next.ask("/field/", { mode: "navigate" }), "<html>r2");
  await next.say("started");
  assert.deepEqual(await browser.caches.keys(), ["fieldapp-r2"]);
});

test("a start of the old release leaves alone what a new one, still waiting, has fetched", async () => {
  const { browser, worker } = await installed();
  browser.publish("r2");
  await browser.worker("r2").install();
  worker.scope.registration = { waiting: {}, installing: null };
  await worker.say("started");
  assert.deepEqual(await browser.caches.keys(), ["fieldapp-r1", "fieldapp-r2"]);
});

test("a page of the old release that starts below the new worker keeps its files", async () => {
  const { browser } = await installed();
  browser.publish("r2");
  const next = browser.worker("r2");
  await next.install();
  await next.say("started", "r1");
  assert.deepEqual(await browser.caches.keys(), ["fieldapp-r1", "fieldapp-r2"]);
});
