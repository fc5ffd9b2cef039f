// A question answered by typing, kept while it is typed: nobody presses Save.

import { html, nothing } from "lit";
import { Light } from "./light.js";

const PAUSE = 400; // ms without a key before what is typed is written
let made = 0;

/** `<fa-text .label .hint .error .value .rows .type .mode .save>`; `save(text)` is called with what was typed. */
export class TextField extends Light {
  static properties = {
    label: { attribute: false },
    hint: { attribute: false },
    error: { attribute: false },
    value: { attribute: false },
    rows: { attribute: false },
    type: { attribute: false },
    mode: { attribute: false },
    complete: { attribute: false },
    list: { attribute: false },
    save: { attribute: false },
  };

  #id = `text-${++made}`;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** What was typed and not yet given to `save`. @type {string | null} */
  #typed = null;

  constructor() {
    super();
    this.label = "";
    this.hint = "";
    this.error = "";
    this.value = "";
    /** Lines; 1 is a single line. */
    this.rows = 1;
    this.type = "text";
    this.mode = "";
    this.complete = "off";
    /** Answers to propose. @type {string[]} */
    this.list = [];
    /** @type {(text: string) => unknown} */
    this.save = () => {};
    this.classList.add("field");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#flush);
    window.addEventListener("pagehide", this.#flush);
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#flush);
    window.removeEventListener("pagehide", this.#flush);
    this.#flush();
  }

  /**
   * What is kept may be shorter than what is typed, a space at the end for one: a field is not rewritten under the finger.
   * @override
   */
  updated() {
    const field = /** @type {HTMLInputElement | null} */ (this.querySelector("input, textarea"));
    if (field && field !== document.activeElement && this.#typed === null) field.value = this.value;
  }

  /** @param {Event} event */
  #input(event) {
    this.#typed = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#flush, PAUSE);
  }

  /** Left: from now on the field says what is kept. */
  #left() {
    this.#flush();
    this.requestUpdate();
  }

  /** Also when the tablet is put away: a page in the background may be ended without a word. */
  #flush = () => {
    clearTimeout(this.#timer);
    if (this.#typed !== null && this.#typed !== this.value) this.save(this.#typed);
    this.#typed = null;
  };

  /** @override */
  render() {
    const describes = [this.hint && `${this.#id}-hint`, this.error && `${this.#id}-error`].filter(Boolean).join(" ");
    return html`
      <label for=${this.#id}>${this.label}</label>
      ${this.hint ? html`<small id="${this.#id}-hint">${this.hint}</small>` : nothing}
      ${this.error ? html`<p class="error" id="${this.#id}-error">${this.error}</p>` : nothing}
      ${
        this.rows > 1
          ? html`<textarea id=${this.#id} rows=${this.rows} autocomplete="off" aria-describedby=${describes || nothing}
            @input=${this.#input} @change=${this.#flush} @blur=${this.#left}></textarea>`
          : html`<input id=${this.#id} type=${this.type} inputmode=${this.mode || nothing} autocomplete=${this.complete}
            list=${this.list.length > 0 ? `${this.#id}-list` : nothing}
            aria-describedby=${describes || nothing} aria-invalid=${this.error ? "true" : nothing}
            @input=${this.#input} @change=${this.#flush} @blur=${this.#left} />`
      }
      ${
        this.list.length > 0
          ? html`<datalist id="${this.#id}-list">${this.list.map((text) => html`<option value=${text}></option>`)}</datalist>`
          : nothing
      }
    `;
  }
}

customElements.define("fa-text", TextField);
