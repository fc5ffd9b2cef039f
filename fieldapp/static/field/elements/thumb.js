// One small picture of the visit, fetched from the vault of the tablet.

import { html } from "lit";
import { t } from "../i18n.js";
import { Light } from "./light.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/** `<fa-thumb .draft .photoId .words>`: `size` is `thumb` or `report`. */
export class Thumb extends Light {
  static properties = {
    draft: { attribute: false },
    photoId: { attribute: false },
    words: { attribute: false },
    size: { attribute: false },
    url: { state: true },
  };

  constructor() {
    super();
    /** @type {Draft | null} */
    this.draft = null;
    this.photoId = "";
    /** Alternative text; empty where words stand beside it. */
    this.words = "";
    /** @type {"thumb" | "report"} */
    this.size = "thumb";
    /** @type {string | null | undefined} undefined while it is fetched */
    this.url = undefined;
  }

  /**
   * @override
   * @param {Map<PropertyKey, unknown>} changed
   */
  willUpdate(changed) {
    if (changed.has("photoId") || changed.has("size")) void this.#load();
  }

  async #load() {
    const { draft, photoId, size } = this;
    if (!draft || !photoId) return;
    const inventory = draft.inventory;
    const url = await (size === "thumb" ? inventory.thumb(photoId) : inventory.photo(photoId, "report"));
    if (photoId === this.photoId) this.url = url;
  }

  /** @override */
  render() {
    if (this.url) return html`<img src=${this.url} alt=${this.words} draggable="false" />`;
    return html`<span class="no-picture">${this.url === null ? t("Photo gardée sur le serveur") : ""}</span>`;
  }
}

customElements.define("fa-thumb", Thumb);
