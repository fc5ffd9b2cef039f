// One small picture of the visit, fetched from the vault of the tablet.

import { html } from "lit";
import { t } from "../i18n.js";
import { Light } from "./light.js";
import { marksLayer } from "./marks-layer.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/** `<fa-thumb .draft .photoId .words>`: `size` is `thumb` or `report`; `.marks` of a `.picture` are laid over it. */
export class Thumb extends Light {
  static properties = {
    draft: { attribute: false },
    photoId: { attribute: false },
    words: { attribute: false },
    size: { attribute: false },
    marks: { attribute: false },
    picture: { attribute: false },
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
    /** What is drawn over it, and its size in pixels. @type {import("../rules/photo-mark.js").Mark[] | undefined} */
    this.marks = undefined;
    /** @type {{width: number, height: number} | undefined} */
    this.picture = undefined;
    /** @type {string | null | undefined} undefined while it is fetched */
    this.url = undefined;
    /** @type {(() => void) | undefined} */
    this.off = undefined;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.off = this.draft?.subscribe(() => {
      // It may have been fetched meanwhile.
      if (this.url === null) void this.#load();
    });
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.off?.();
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
    // One that another tablet took is here as it was fetched: large when it is to be compared with, small otherwise.
    const large = size === "report" && ((await inventory.photo(photoId, "report")) ?? inventory.photo(photoId, "view"));
    const url = (await large) || (await inventory.thumb(photoId));
    if (photoId === this.photoId) this.url = url;
  }

  /** @override */
  render() {
    if (this.url)
      return html`<img src=${this.url} alt=${this.words} draggable="false" />${marksLayer(this.marks, this.picture)}`;
    return html`<span class="no-picture">${this.url === null ? t("Photo gardée sur le serveur") : ""}</span>`;
  }
}

customElements.define("fa-thumb", Thumb);
