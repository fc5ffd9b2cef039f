// The base of every element here: Lit, drawn in the page itself so that one style sheet serves all.

import { LitElement } from "lit";

/** A Lit element without shadow: its content takes the page's styles and its labels reach its fields. */
export class Light extends LitElement {
  /** @override */
  createRenderRoot() {
    return this;
  }

  /**
   * Tells what happened, upwards.
   * @param {string} name
   * @param {unknown} [detail]
   */
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
