/** The whole tablet below the screens: joins the store, which knows no network, and the transfer, which knows no screen. */

import { developPhoto } from "./photos/developing.js";
import { lockWhenAway } from "./store/absence.js";
import { Desk } from "./store/desk.js";
import { browserFetch } from "./transfer/api.js";
import { enrol } from "./transfer/enrol.js";
import { Sender } from "./transfer/sender.js";

/**
 * What tests give in place of the browser's own.
 * @typedef {object} Surroundings
 * @property {import('./transfer/api.js').Fetch} fetch
 * @property {LockManager | null} locks
 * @property {import('./photos/developing.js').Develop} develop
 * @property {() => number} now
 * @property {() => number} random
 * @property {(delayMs: number, act: () => void) => () => void} after gives what cancels it
 */

/**
 * Opens the tablet; resolves once the vault, if there is one, can be read.
 * @param {Partial<Surroundings>} [given]
 * @returns {Promise<import('./store/session.js').Store>}
 * @throws {import('./store/errors.js').NewerDatabase | import('./store/errors.js').StorageRefused}
 */
export async function openStore(given = {}) {
  const { fetch, locks, develop, now, random, after } = { ...ofTheBrowser(), ...given };
  const desk = new Desk({ locks, develop, now });
  const sender = new Sender({ desk, fetch, locks, now, random, after });
  await desk.start();
  sender.start();
  lockWhenAway(desk, now);
  return {
    status: () => desk.status(),
    subscribe: (listener) => desk.subscribe(listener),
    enrol: async (credentials) => {
      await enrol(desk, fetch, credentials);
      // The day should be there when the screen asks; when it does not come, the sender goes on trying.
      await sender.refreshDay().catch(() => {});
      void sender.syncNow();
    },
    unlock: (code) => desk.unlock(code),
    lock: () => desk.lock(),
    changeLanguage: (language) => desk.changeLanguage(language),
    takeOver: () => desk.takeOver(),
    prepareStorage: () => desk.prepareStorage(),
    refreshDay: () => sender.refreshDay(),
    day: () => desk.day(),
    unsentOfOthers: () => desk.unsentOfOthers(),
    catalogue: (rootId) => desk.catalogue(rootId),
    legal: () => desk.legal(),
    prices: () => desk.prices(),
    estimates: () => desk.estimates(),
    wear: () => desk.wear(),
    openInventory: (id) => desk.openInventory(id),
    visit: (id) => desk.visit(id),
    transfer: {
      subscribe: (listener) => sender.subscribe(listener),
      state: () => sender.state(),
      syncNow: () => sender.syncNow(),
    },
  };
}

/** @returns {Surroundings} */
function ofTheBrowser() {
  return {
    fetch: browserFetch,
    locks: globalThis.navigator?.locks ?? null,
    develop: developPhoto,
    now: Date.now,
    random: Math.random,
    after: (delayMs, act) => {
      const timer = setTimeout(act, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
