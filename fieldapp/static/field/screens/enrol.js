// The first morning: sign in once with a network, name the tablet, choose its code.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { leftBehind } from "../elements/left-behind.js";
import { Light } from "../elements/light.js";
import { troubleNotice, troubleWords } from "../elements/trouble.js";
import { n, t } from "../i18n.js";
import { go } from "../router.js";

/** @typedef {import("../store/session.js").Store} Store */

/** `<fa-enrol-screen>`: also signs in again on a tablet that already holds work. */
export class EnrolScreen extends Light {
  /** @type {Record<string, string>} */
  #errors = {};
  /** @type {unknown} */
  #trouble = null;
  #sending = false;
  /** Whose address opened no vault here yet, although somebody else's did. */
  #newcomer = false;
  #ofOthers = 0;
  busy = true;

  constructor() {
    super();
    /** @type {Store} */
    this.store = /** @type {any} */ (null);
  }

  get heading() {
    return t("Se connecter");
  }

  /** True where the person's vault is already on the tablet: its code stays. */
  get #again() {
    return this.store.status().enrolled && !this.#newcomer;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    void this.#count();
  }

  async #count() {
    this.#ofOthers = await this.store.unsentOfOthers();
    this.requestUpdate();
  }

  /** @override */
  render() {
    const { enrolled, landlord } = this.store.status();
    const { pendingPhotos, pendingOps } = this.store.transfer.state();
    return html`
      <main class="page narrow stack wide">
        <p class="landlord">${landlord?.name ?? "fieldapp"}</p>
        <h1>${t("Bonjour.")}</h1>
        <p>${enrolled ? t("Reconnectez cette tablette avec votre mot de passe.") : t("Une seule fois, avec du réseau. Ensuite la tablette travaille seule.")}</p>
        ${this.#trouble && !this.#fieldOf(this.#trouble) ? troubleNotice(this.#trouble) : nothing}
        <form class="stack wide" novalidate @submit=${this.#submit}>
          ${this.#field("email", t("Adresse e-mail professionnelle"), { type: "email", complete: "username" })}
          ${this.#field("password", t("Mot de passe"), { type: "password", complete: "current-password" })}
          ${
            this.#again
              ? nothing
              : html`
                ${this.#newcomer ? html`<p role="status">${t("Première connexion de cette adresse ici : choisissez votre code.")}</p>` : nothing}
                ${this.#field("deviceName", t("Nom de cette tablette"), { hint: t("Pour que le bureau la reconnaisse, par exemple : tablette 4."), complete: "off" })}
                ${this.#field("code", t("Code à six chiffres"), { type: "password", mode: "numeric", hint: t("Il ouvre la journée sans réseau. Il ne remplace pas le mot de passe."), complete: "new-password", size: 6 })}
                ${this.#field("repeat", t("Le même code, encore une fois"), { type: "password", mode: "numeric", complete: "new-password", size: 6 })}
              `
          }
          <div class="row">
            <button class="button" aria-busy=${this.#sending}>${this.#sending ? t("Connexion…") : t("Se connecter")}</button>
          </div>
        </form>
        ${
          pendingPhotos + pendingOps > 0
            ? html`<section class="notice" aria-labelledby="left">
              <h2 id="left">${t("Du travail attend sur cette tablette")}</h2>
              <p>${n("{count} photo est enregistrée", "{count} photos sont enregistrées", pendingPhotos)}. ${t("Tout partira dès que vous serez connecté. Changer de compte n’efface rien.")}</p>
            </section>`
            : nothing
        }
        ${leftBehind(this.#ofOthers)}
        ${enrolled ? html`<p><a class="button plain" href="#/day">${icon("lock")} ${t("Continuer sans réseau, avec le code")}</a></p>` : nothing}
        <p><button class="button quiet" type="button" @click=${this.#language}>${icon("language")} ${t("English")}</button></p>
      </main>
    `;
  }

  /**
   * @param {string} name
   * @param {string} words
   * @param {{type?: string, mode?: string, hint?: string, complete: string, size?: number}} shape
   */
  #field(name, words, { type = "text", mode, hint, complete, size }) {
    const error = this.#errors[name];
    const describes = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(" ");
    return html`<div class="field ${size ? "short" : ""}">
      <label for=${name}>${words}</label>
      ${hint ? html`<small id="${name}-hint">${hint}</small>` : nothing}
      ${error ? html`<p class="error" id="${name}-error">${error}</p>` : nothing}
      <input id=${name} name=${name} type=${type} inputmode=${mode ?? nothing} autocomplete=${complete} maxlength=${size ?? nothing}
        aria-describedby=${describes || nothing} aria-invalid=${error ? "true" : nothing} />
    </div>`;
  }

  /** @param {SubmitEvent} event */
  async #submit(event) {
    event.preventDefault();
    if (this.#sending) return;
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    /** @param {string} name */
    const given = (name) => String(form.get(name) ?? "").trim();
    this.#errors = this.#check(given, String(form.get("password") ?? ""));
    this.#trouble = null;
    if (Object.keys(this.#errors).length === 0) await this.#enrol(given, String(form.get("password")));
    this.requestUpdate();
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector("[aria-invalid]"))?.focus();
  }

  /** @param {(name: string) => string} given @param {string} password */
  #check(given, password) {
    /** @type {Record<string, string>} */
    const errors = {};
    if (!given("email").includes("@")) errors.email = t("Écrivez votre adresse, avec @.");
    if (!password) errors.password = t("Écrivez votre mot de passe.");
    if (this.#again) return errors;
    if (!given("deviceName")) errors.deviceName = t("Donnez un nom à la tablette.");
    if (!/^\d{6}$/.test(given("code"))) errors.code = t("Le code a six chiffres.");
    else if (given("repeat") !== given("code")) errors.repeat = t("Les deux codes sont différents.");
    return errors;
  }

  /** @param {(name: string) => string} given @param {string} password */
  async #enrol(given, password) {
    this.#sending = true;
    this.requestUpdate();
    try {
      await this.store.enrol({
        email: given("email"),
        password,
        ...(this.#again ? {} : { deviceName: given("deviceName"), code: given("code") }),
      });
      go("#/day", { replace: true });
    } catch (error) {
      if (this.#again && /** @type {{code?: string}} */ (error).code === "bad_code") {
        this.#newcomer = true;
        return;
      }
      this.#trouble = error;
      const field = this.#fieldOf(error);
      if (field) this.#errors = { [field]: troubleWords(error) };
    } finally {
      this.#sending = false;
    }
  }

  /** The field that an error belongs to. @param {unknown} error */
  #fieldOf(error) {
    const code = /** @type {{code?: string}} */ (error).code;
    if (code === "bad_credentials") return "password";
    return code === "bad_code" ? "code" : "";
  }

  async #language() {
    const { switchLanguage } = await import("../elements/settings.js");
    await switchLanguage(this.store);
  }
}

customElements.define("fa-enrol-screen", EnrolScreen);
