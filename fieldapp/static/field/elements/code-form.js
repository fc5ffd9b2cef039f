// The agent's six digits, asked for in the middle of the tenant's pages.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { Light } from "./light.js";
import { troubleWords } from "./trouble.js";

/** `<fa-code-form .store .why>`: the right code opens the lock; the page that asked is then drawn again. */
export class CodeForm extends Light {
  static properties = { store: { attribute: false }, why: { attribute: false }, error: { state: true } };

  constructor() {
    super();
    /** @type {import("../store/session.js").Store} */
    this.store = /** @type {any} */ (null);
    /** What the code is wanted for, in words. */
    this.why = "";
    this.error = "";
  }

  /** @param {Event} event */
  async #typed(event) {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const code = input.value.replace(/\D/g, "");
    if (code.length < 6) return;
    input.value = "";
    try {
      await this.store.unlock(code);
    } catch (error) {
      this.error = troubleWords(error);
    }
  }

  /** @override */
  render() {
    return html`<h1>${t("Code de l’agent")}</h1>
      <p>${this.why}</p>
      <div class="field code">
        <label for="agent-code">${t("Six chiffres")}</label>
        ${this.error ? html`<p class="error" id="agent-code-error" role="alert">${this.error}</p>` : nothing}
        <input id="agent-code" type="password" inputmode="numeric" autocomplete="off" maxlength="6"
          aria-describedby=${this.error ? "agent-code-error" : nothing} @input=${this.#typed} />
      </div>`;
  }
}

customElements.define("fa-code-form", CodeForm);
