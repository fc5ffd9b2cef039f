// What the agent turns towards the candidate: the dwelling, large, and nobody's data; only the agent's code leads out.

import { html, nothing } from "lit";
import { around, bill, energy, facts, inOneLine } from "../elements/dwelling-sheet.js";
import { icon } from "../elements/icon.js";
import { t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { SaleScreen } from "./sale-screen.js";
import { enter, leaveLater } from "./sign-frame.js";
import "../elements/code-form.js";
import "../elements/sheet-picture.js";

/** `<fa-sale-present-screen>` at `#/visit/<id>/present`. */
export class SalePresentScreen extends SaleScreen {
  /** The agent wants the tablet back: the code is asked for. */
  #leaving = false;

  get heading() {
    return t("Présentation du logement");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    enter();
    this.store.lock();
    this.endings.push(() => leaveLater(this.store));
    this.endings.push(this.store.subscribe(() => this.#unlocked()));
  }

  #unlocked() {
    if (this.#leaving && !this.store.status().locked) go(salePath(this.draft.id), { replace: true });
  }

  /** @override */
  render() {
    if (this.#leaving)
      return html`<main id="main" class="ceremony"><fa-code-form .store=${this.store} .why=${t("Pour quitter la présentation")}></fa-code-form></main>
        <footer class="actions"><button class="button plain" type="button" @click=${() => this.#leave(false)}>${t("Revenir au logement")}</button></footer>`;
    const [first, ...others] = this.entry.photos ?? [];
    return html`
      <header class="appbar">
        <button class="back" type="button" @click=${() => this.#leave(true)}>${icon("lock")} ${t("Agent")}</button>
        <span class="sync">${icon("people")} ${t("Aucune donnée personnelle à l’écran")}</span>
      </header>
      <main id="main" class="presented">
        ${
          first
            ? html`<div class="hero"><fa-sheet-picture .draft=${this.draft} .picture=${first}></fa-sheet-picture>
              ${others.length > 0 ? html`<div class="strip">${others.slice(0, 3).map((/** @type {any} */ picture) => html`<fa-sheet-picture .draft=${this.draft} .picture=${picture}></fa-sheet-picture>`)}</div>` : nothing}</div>`
            : nothing
        }
        <div class="page stack wide">
          <div class="stack"><h1>${this.sheet.street}</h1><p class="soft">${[inOneLine(this.sheet), this.sheet.town].filter(Boolean).join(". ")}</p></div>
          ${facts(this.sheet)}
          <div class="columns">${bill(this.sheet)} ${energy(this.sheet, this.tables)}</div>
          ${around(/** @type {any} */ (this.entry))}
          ${this.#plan()}
          ${others.length > 3 ? html`<div class="gallery">${others.slice(3).map((/** @type {any} */ picture) => html`<fa-sheet-picture .draft=${this.draft} .picture=${picture}></fa-sheet-picture>`)}</div>` : nothing}
          ${this.sheet.risks_on ? html`<p class="soft">${t("L’état des risques vous est remis pendant la visite.")}</p>` : nothing}
        </div>
      </main>
    `;
  }

  #plan() {
    if (!this.entry.plan) return nothing;
    return html`<section class="stack" aria-labelledby="plan"><h2 id="plan">${t("Le plan")}</h2>
      <fa-sheet-picture .draft=${this.draft} .picture=${this.entry.plan}></fa-sheet-picture></section>`;
  }

  /** @param {boolean} leaving */
  #leave(leaving) {
    this.#leaving = leaving;
    this.requestUpdate();
    this.#unlocked();
  }
}

customElements.define("fa-sale-present-screen", SalePresentScreen);
