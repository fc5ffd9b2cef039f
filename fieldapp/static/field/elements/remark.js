// A person's own words about one line: a button, then a place to write.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";

let made = 0;

/** `<fa-remark .about .value .open>` tells `remark` with the words whenever the person stops writing. */
export class Remark extends Light {
  static properties = {
    about: { attribute: false },
    value: { attribute: false },
    open: { attribute: false },
  };

  #id = `remark-${++made}`;

  constructor() {
    super();
    /** What it is about, in words. */
    this.about = "";
    this.value = "";
    this.open = false;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#keep);
    window.addEventListener("pagehide", this.#keep);
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#keep);
    window.removeEventListener("pagehide", this.#keep);
    this.#keep();
  }

  async #begin() {
    this.open = true;
    await this.updateComplete;
    this.querySelector("textarea")?.focus();
  }

  /** When the person stops writing, or puts the tablet away. */
  #keep = () => {
    const text = this.querySelector("textarea")?.value ?? this.value;
    if (text !== this.value) this.tell("remark", text);
  };

  /** @override */
  render() {
    if (!this.open && !this.value) {
      return html`<button class="button quiet remark-start" type="button" @click=${this.#begin}>
        ${icon("note")} ${t("Ma remarque")}<span class="spoken"> : ${this.about}</span>
      </button>`;
    }
    return html`<div class="field remark">
      <label for=${this.#id}>${t("Ma remarque")}<span class="spoken"> : ${this.about}</span></label>
      <small id="${this.#id}-hint">${t("Avec vos mots. Nous n’y changerons rien : elle sera imprimée avec la nôtre.")}</small>
      <textarea id=${this.#id} maxlength="4000" autocomplete="off" aria-describedby="${this.#id}-hint" .value=${this.value} @change=${this.#keep}></textarea>
      ${this.value ? html`<p class="soft">${icon("check")} ${t("Gardée telle quelle")}</p>` : nothing}
    </div>`;
  }
}

customElements.define("fa-remark", Remark);
