// The frame around every screen: which one is shown, who may see it, which inventory is open.

import { html, render } from "lit";
import { closeCamera } from "./elements/camera-stream.js";
import { pass, say } from "./elements/toast.js";
import { troubleNotice } from "./elements/trouble.js";
import { onLanguage, t } from "./i18n.js";
import { dress } from "./preferences.js";
import { build, go, parse, path } from "./router.js";
import { Draft } from "./screens/draft.js";
import { isAdvice } from "./visit/exit.js";
import { toAnswer } from "./visit/returned.js";

/** @typedef {import("./store/session.js").Store} Store */
/** @typedef {import("./router.js").Route} Route */

/**
 * What every screen is given before it enters the page.
 * @typedef {object} ScreenProperties
 * @property {Store} store
 * @property {Draft} draft only on screens of an inventory
 * @property {any} catalogue likewise
 * @property {any} legal likewise
 * @property {string} inventoryId likewise
 * @property {any} [entry] what the pack says, on screens of a sales visit
 * @property {string[]} params
 * @property {string} [heading] title of the page
 * @property {boolean} [busy] a form is open here
 * @property {(before: any) => void} [takeOver] the same page is made anew, in another language: what was begun on it goes on
 */
/** @typedef {HTMLElement & ScreenProperties & {updateComplete?: Promise<unknown>}} Screen */

/** What a tenant may see while the tablet is locked. */
const TENANT_SCREENS = new Set(["review", "sign", "receipt", "copy", "sale-present", "sale-sign", "sale-copy"]);

/** What writes into the inventory: closed to everybody once somebody has signed it. */
const WRITING_SCREENS = new Set(["overview", "room", "meters", "keys", "equipment", "parties", "alert", "interrupt"]);

/** What ends in signatures: advice has its own last page, where nobody signs. */
const SIGNING_SCREENS = new Set(["check", "review", "sign", "receipt", "copy"]);

/** The application: `start` it with a store. */
export class App extends HTMLElement {
  /** @type {Store | null} */
  #store = null;
  /** @type {Draft | null} */
  #draft = null;
  /** Left while something was not durable, a full disk for one: kept in hand until it is. @type {Map<string, Draft>} */
  #unkept = new Map();
  /** @type {Screen | null} */
  #screen = null;
  /** Where the screen that is shown stands. */
  #address = "";
  #turn = 0;
  /** Where to go once the code is given. */
  #wanted = "#/day";

  /** A form is open or a tap is not yet durable: no moment for a new version. */
  get busy() {
    const writing = [this.#draft, ...this.#unkept.values()].some((draft) => draft?.saving);
    return writing || Boolean(this.#screen?.busy);
  }

  /** @param {Store} store */
  start(store) {
    this.#store = store;
    window.addEventListener("hashchange", () => void this.#show());
    onLanguage(() => void this.#show());
    let gate = this.#gate();
    store.subscribe(() => {
      const before = gate;
      gate = this.#gate();
      if (gate !== before && !this.#handedOver()) void this.#show();
    });
    void this.#show();
  }

  /**
   * Says why the application cannot start.
   * @param {unknown} error
   */
  fail(error) {
    this.#stopped(error, t("Recharger"), () => location.reload());
  }

  /**
   * Nothing can be shown: says why, with the one way on.
   * @param {unknown} error
   * @param {string} words
   * @param {() => void} way
   */
  #stopped(error, words, way) {
    const main = Object.assign(document.createElement("main"), { className: "page narrow stack wide" });
    this.replaceChildren(main);
    render([html`<h1>${t("L’application attend")}</h1>`, troubleNotice(error, way, words)], main);
  }

  #gate() {
    const { enrolled, locked, elsewhere } = this.#require().status();
    return `${enrolled} ${locked} ${elsewhere}`;
  }

  /** The tablet was just locked into the tenant's hands: the page they see stays, with what they began to draw. */
  #handedOver() {
    const { enrolled, locked, elsewhere } = this.#require().status();
    const { screen, inventoryId } = parse(location.hash);
    const shown = this.#screen?.isConnected && this.#screen.localName === `fa-${screen}-screen`;
    return enrolled && locked && !elsewhere && TENANT_SCREENS.has(screen) && shown && this.#draft?.id === inventoryId;
  }

  #require() {
    if (!this.#store) throw new Error("not started");
    return this.#store;
  }

  async #show() {
    const turn = ++this.#turn;
    const store = this.#require();
    if (store.status().elsewhere) {
      this.#stopped(
        Object.assign(new Error("elsewhere"), { code: "elsewhere" }),
        t("Reprendre ici"),
        () => void store.takeOver(),
      );
      return;
    }
    const route = this.#allowed(parse(location.hash));
    if (!route) return;
    try {
      dress(store.status().landlord?.colours);
      const screen = /** @type {Screen} */ (await build(route));
      screen.store = store;
      screen.params = route.params;
      if (route.inventoryId) {
        screen.draft = await this.#open(route.inventoryId);
        if (this.#advice(screen.draft, route) || this.#signed(screen.draft, route)) return;
        screen.inventoryId = route.inventoryId;
        screen.catalogue = await store.catalogue(route.inventoryId);
        screen.legal = await store.legal();
        if (route.screen.startsWith("sale")) screen.entry = (await store.visit(route.inventoryId)) ?? {};
      } else if (route.screen !== "unlock") {
        this.#leave();
      }
      if (turn !== this.#turn) return;
      this.#enter(screen);
    } catch (error) {
      if (turn === this.#turn) this.fail(error);
    }
  }

  /**
   * Leads to sign-in or to the code when the address may not be seen.
   * @param {Route} route
   * @returns {Route | null}
   */
  #allowed(route) {
    const { enrolled, locked } = this.#require().status();
    if (route.screen === "enrol") return route;
    if (!enrolled) {
      go("#/enrol", { replace: true });
      return null;
    }
    const tenant = TENANT_SCREENS.has(route.screen) && this.#draft?.id === route.inventoryId;
    if (locked && !tenant && route.screen !== "unlock") {
      this.#wanted = location.hash || "#/day";
      go("#/unlock", { replace: true });
      return null;
    }
    if (!locked && route.screen === "unlock") {
      go(this.#wanted, { replace: true });
      this.#wanted = "#/day";
      return null;
    }
    return route;
  }

  /**
   * Advice is signed by nobody, and nothing of it changes once it was handed over: both lead to its own last page.
   * @param {Draft} draft
   * @param {Route} route
   */
  #advice(draft, route) {
    if (!isAdvice(draft)) return false;
    if (!SIGNING_SCREENS.has(route.screen) && !(draft.begun && WRITING_SCREENS.has(route.screen))) return false;
    go(path(draft.id, "advice"), { replace: true });
    return true;
  }

  /**
   * Leads to what is left to do when the inventory was signed.
   * @param {Draft} draft
   * @param {Route} route
   */
  #signed(draft, route) {
    if (!WRITING_SCREENS.has(route.screen) || !draft.begun) return false;
    say(t("Déjà signé : plus rien ne change."));
    const signed = draft.header.closed ? "receipt" : "sign";
    go(path(draft.id, toAnswer(draft).length > 0 ? "returned" : signed), { replace: true });
    return true;
  }

  /** @param {string} id */
  async #open(id) {
    if (this.#draft?.id !== id) {
      this.#leave();
      this.#draft = this.#unkept.get(id) ?? new Draft(await this.#require().openInventory(id));
      this.#unkept.delete(id);
    }
    return this.#draft;
  }

  /** The visit is left: its pictures and its camera go. What is not durable yet stays in hand. */
  #leave() {
    closeCamera();
    const draft = this.#draft;
    this.#draft = null;
    if (!draft?.saving) draft?.close();
    else this.#unkept.set(draft.id, draft);
    if (draft?.problem) say(t("Des réponses ne sont pas encore enregistrées : revenez au dossier."));
  }

  /** @param {Screen} screen */
  async #enter(screen) {
    for (const dialog of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (dialog).close();
    if (this.#screen?.localName === screen.localName && this.#address === location.hash)
      screen.takeOver?.(this.#screen);
    this.#screen = screen;
    this.#address = location.hash;
    this.replaceChildren(screen);
    pass();
    window.scrollTo(0, 0);
    await screen.updateComplete;
    // The browser keeps titles in its history, in the clear: no address, no name.
    document.title = screen.heading ? `${screen.heading}, fieldapp` : "fieldapp";
    const title = /** @type {HTMLElement | null} */ (screen.querySelector("h1"));
    if (title && !screen.querySelector("[autofocus]")) {
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }
  }
}

customElements.define("fa-app", App);
