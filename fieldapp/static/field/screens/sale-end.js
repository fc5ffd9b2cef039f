// The end of a visit: keys back, how it went, who was not seen; then everything leaves for the server.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { clock, n, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { isDone } from "../visit/sale.js";
import { SaleScreen } from "./sale-screen.js";

/** `<fa-sale-end-screen>` at `#/visit/<id>/end`. */
export class SaleEndScreen extends SaleScreen {
  #end = "done";
  /** @type {string | null} */
  #reason = null;
  #problem = "";

  get heading() {
    return t("Terminer la visite");
  }

  /** @override */
  render() {
    const { header } = this.draft;
    const open = this.candidates.filter((candidate) => !isDone(candidate));
    return html`
      ${this.bar("")}
      <main id="main" class="page narrow stack wide">
        ${this.trouble()}
        <h1>${this.heading}</h1>
        ${header.ended ? html`<section class="notice" data-tone="safe"><p>${t("Visite terminée à {time}. Tout part dès qu’il y a du réseau, puis les noms quittent la tablette.", { time: clock(header.ended.at, this.sheet.zone) })}</p></section>` : nothing}
        ${
          open.length > 0 && this.#end === "done"
            ? html`<section class="notice" aria-labelledby="open"><h2 id="open">${n("{count} candidat sans avis", "{count} candidats sans avis", open.length)}</h2>
                <ul>${open.map(({ id, name }) => html`<li><a href=${salePath(this.draft.id, "candidate", id)}>${name}</a></li>`)}</ul></section>`
            : nothing
        }
        ${header.purpose === "addendum" ? nothing : html`<div class="options"><label><input type="checkbox" .checked=${Boolean(header.keys_back_at)} @change=${(/** @type {Event} */ event) => this.#keys(/** @type {HTMLInputElement} */ (event.target).checked)} /> ${t("Les clés sont rendues")}</label></div>`}
        ${oneOf({ legend: t("Comment s’est passée la visite ?"), options: this.options("ends"), value: this.#end, choose: (code) => this.#choose(code, null) })}
        ${this.#end === "done" ? nothing : oneOf({ legend: t("Pourquoi ?"), options: this.options("end_reasons"), value: this.#reason, choose: (code) => this.#choose(this.#end, code) })}
        ${this.#problem ? html`<p class="error" role="alert">${icon("alert")} ${this.#problem}</p>` : nothing}
      </main>
      <footer class="actions">
        <a class="button plain" href=${salePath(this.draft.id, "snags")}>${t("Signaler un défaut")}</a>
        <button class="button" type="button" @click=${() => void this.#finish()}>${icon("check")} ${t("La visite est terminée")}</button>
      </footer>
    `;
  }

  /** @param {boolean} back */
  #keys(back) {
    void this.note({ keys_back_at: back ? new Date().toISOString() : null });
  }

  /** @param {string} end @param {string | null} reason */
  #choose(end, reason) {
    this.#end = end;
    this.#reason = reason;
    this.#problem = "";
    this.requestUpdate();
  }

  async #finish() {
    if (this.#end !== "done" && !this.#reason) {
      this.#problem = t("Choisissez une raison.");
      this.requestUpdate();
      return;
    }
    await this.note({ ended: { end: this.#end, reason: this.#reason, at: new Date().toISOString() } });
    void this.store.transfer.syncNow();
    go("#/day");
  }
}

customElements.define("fa-sale-end-screen", SaleEndScreen);
