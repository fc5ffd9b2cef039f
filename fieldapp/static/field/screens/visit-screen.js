// The base of every screen of an inventory: it is drawn again whenever something is tapped, kept or received.

import { Light } from "../elements/light.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../store/session.js").Store} Store */

/** A screen with `draft`, `catalogue`, `legal`, `store`, `inventoryId` and `params`, set before it enters the page. */
export class VisitScreen extends Light {
  constructor() {
    super();
    /** @type {Draft} */
    this.draft = /** @type {any} */ (null);
    /** @type {any} */
    this.catalogue = null;
    /** @type {any} */
    this.legal = null;
    /** @type {Store} */
    this.store = /** @type {any} */ (null);
    this.inventoryId = "";
    /** @type {string[]} */
    this.params = [];
    /** @type {(() => void)[]} */
    this.endings = [];
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.endings.push(this.draft.subscribe(() => this.requestUpdate()));
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.endings.splice(0)) end();
  }

  /** @override */
  firstUpdated() {
    // Only the strip scrolls, never the page.
    const here = /** @type {HTMLElement | null} */ (this.querySelector(".rooms [aria-current]"));
    const strip = here?.closest("ol");
    if (here && strip) strip.scrollLeft = here.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  }

  /** The address of the dwelling, in one line. */
  get place() {
    const dwelling = this.draft.header.context?.dwelling ?? {};
    return [dwelling.street, dwelling.type].filter(Boolean).join(", ");
  }
}
