// A picture of the commercial sheet, once its bytes are on the tablet.

import { html } from "lit";
import { t } from "../i18n.js";
import { Light } from "./light.js";

/** `<fa-sheet-picture .draft .picture>`: an image with its words, or a calm place where it will be. */
export class SheetPicture extends Light {
  static properties = { draft: { attribute: false }, picture: { attribute: false }, url: { state: true } };

  constructor() {
    super();
    /** @type {import("../screens/draft.js").Draft | null} */
    this.draft = null;
    /** @type {{sha256: string, caption: string, width: number, height: number} | null} */
    this.picture = null;
    /** @type {string | null} */
    this.url = null;
    /** @type {(() => void) | undefined} */
    this.off = undefined;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    void this.#open();
    this.off = this.draft?.subscribe(() => void this.#open());
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.off?.();
  }

  async #open() {
    if (this.url || !this.draft || !this.picture) return;
    this.url = await this.draft.inventory.photo(this.picture.sha256, "view");
  }

  /** @override */
  render() {
    const words = this.picture?.caption || t("Photo du logement");
    return this.url
      ? html`<img src=${this.url} alt=${words} width=${this.picture?.width ?? 4} height=${this.picture?.height ?? 3} />`
      : html`<p class="waiting-picture soft">${words}</p>`;
  }
}

customElements.define("fa-sheet-picture", SheetPicture);
