// The visit is broken off, for a reason that says nothing about anybody; it can be taken up again.

import { html } from "lit";
import { oneOf } from "../elements/choices.js";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { troubleNotice } from "../elements/trouble.js";
import { dayAndTime, label, t } from "../i18n.js";
import { go, path } from "../router.js";
import { word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";

/** `<fa-interrupt-screen>` at `#/inventory/<id>/interrupt`. */
export class InterruptScreen extends VisitScreen {
  /** @type {string | null} */
  #reason = null;
  #problem = "";

  get heading() {
    return t("J’interromps la visite");
  }

  async #interrupt() {
    if (this.#reason === null) {
      this.#problem = t("Choisissez une raison.");
      this.requestUpdate();
      return;
    }
    await this.draft.set(this.draft.id, "inventory", "interruption", {
      reason: this.#reason,
      at: new Date().toISOString(),
    });
    go("#/day");
  }

  async #takeUp() {
    await this.draft.set(this.draft.id, "inventory", "interruption", null);
    go(path(this.draft.id));
  }

  /** @override */
  render() {
    const interruption = this.draft.header.interruption;
    return html`
      <header class="appbar">
        <a class="back" href=${path(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Pièces")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        ${troubleNotice(this.draft.problem, () => this.draft.retry())} ${interruption ? this.#interrupted(interruption) : this.#question()}
      </main>
      <footer class="actions">
        ${
          interruption
            ? html`<button class="button" type="button" @click=${this.#takeUp}>${t("Reprendre la visite")}</button>`
            : html`<a class="button plain" href=${path(this.draft.id)}>${t("Continuer la visite")}</a>
              <button class="button" type="button" @click=${this.#interrupt}>${t("J’interromps la visite")}</button>`
        }
      </footer>
    `;
  }

  #question() {
    const options = (this.catalogue?.interruption_reasons ?? []).map(
      (/** @type {{code: string, label: any}} */ row) => ({ code: row.code, text: label(row.label) }),
    );
    return html`
      <h1>${this.heading}</h1>
      <p>${t("Tout ce qui est noté reste sur la tablette. Rien ne sera signé tant que la visite n’est pas reprise.")}</p>
      ${this.#problem ? html`<p class="error notice" data-tone="stop" role="alert">${icon("alert")} ${this.#problem}</p>` : ""}
      ${oneOf({
        legend: t("Pourquoi ?"),
        options,
        value: this.#reason,
        choose: (code) => {
          this.#reason = code;
          this.#problem = "";
          this.requestUpdate();
        },
      })}
    `;
  }

  /** @param {{reason: string, at: string}} interruption */
  #interrupted({ reason, at }) {
    const zone = this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
    return html`<h1>${t("La visite est interrompue")}</h1>
      <p>${word(this.catalogue, "interruption_reasons", reason)}</p>
      <p class="soft">${dayAndTime(at, zone)}</p>`;
  }
}

customElements.define("fa-interrupt-screen", InterruptScreen);
