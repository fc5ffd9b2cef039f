// The six-digit code that opens the day.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { Light } from "../elements/light.js";
import { troubleWords } from "../elements/trouble.js";
import { n, t } from "../i18n.js";

/** @typedef {import("../store/session.js").Store} Store */

/** `<fa-unlock-screen>`: six keys, no confirmation; the last digit opens. */
export class UnlockScreen extends Light {
  #code = "";
  #error = "";

  constructor() {
    super();
    /** @type {Store} */
    this.store = /** @type {any} */ (null);
  }

  get heading() {
    return t("Code de la tablette");
  }

  /** @override */
  render() {
    const { actor, landlord, triesLeft } = this.store.status();
    const { pendingPhotos } = this.store.transfer.state();
    return html`
      <main class="page narrow stack wide unlock">
        <p class="landlord">${landlord?.name ?? "fieldapp"}</p>
        <div class="stack">
          <h1>${t("Code de la tablette")}</h1>
          <p>${actor?.name ?? ""}</p>
        </div>
        ${
          triesLeft === 0
            ? html`<section class="notice" data-tone="stop" role="alert"><p>${troubleWords({ code: "locked_out" })}</p></section>`
            : html`<div class="field code">
              <label for="code">${t("Six chiffres")}</label>
              <p class=${this.#error ? "error" : "none"} id="code-error" role="alert">${this.#error}</p>
              <input id="code" type="password" inputmode="none" autocomplete="off" maxlength="6" autofocus
                aria-describedby="code-error" .value=${this.#code} @input=${this.#typed} />
              <div class="keypad" role="group" aria-label=${t("Chiffres du code")}>
                ${["1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", "back"].map((key) => this.#key(key))}
              </div>
            </div>`
        }
        ${
          pendingPhotos > 0
            ? html`<p><small>${n("{count} photo attend sur cette tablette ; rien n’est effacé.", "{count} photos attendent sur cette tablette ; rien n’est effacé.", pendingPhotos)}</small></p>`
            : nothing
        }
        <p><a class="button quiet" href="#/enrol">${t("Code oublié : se connecter avec le mot de passe")}</a></p>
      </main>
    `;
  }

  /** @param {string} key */
  #key(key) {
    if (key === "") return html`<span></span>`;
    if (key === "back") {
      return html`<button class="button plain" type="button" aria-label=${t("Effacer le dernier chiffre")}
        @click=${() => this.#change(this.#code.slice(0, -1))}>${icon("back")}</button>`;
    }
    return html`<button class="button plain" type="button" @click=${() => this.#change(this.#code + key)}>${key}</button>`;
  }

  /** @param {Event} event */
  #typed(event) {
    this.#change(/** @type {HTMLInputElement} */ (event.target).value.replace(/\D/g, ""));
  }

  /** @param {string} code */
  async #change(code) {
    this.#code = code.slice(0, 6);
    this.requestUpdate();
    if (this.#code.length < 6) return;
    try {
      await this.store.unlock(this.#code);
    } catch (error) {
      this.#error = troubleWords(error);
    }
    this.#code = "";
    this.requestUpdate();
  }
}

customElements.define("fa-unlock-screen", UnlockScreen);
