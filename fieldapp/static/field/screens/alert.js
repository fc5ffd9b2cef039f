// Danger or indecency: what to do now, whom to call, and the signature that waits for the office.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { icon } from "../elements/icon.js";
import { whereWords } from "../elements/sync.js";
import { say } from "../elements/toast.js";
import { troubleNotice } from "../elements/trouble.js";
import { dayAndTime, label, t } from "../i18n.js";
import { go, path } from "../router.js";
import { word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {{code: string, label: any, danger: boolean, instructions: any[], numbers: {number: string, label: any}[]}} Reason */

/** `<fa-alert-screen>` at `#/inventory/<id>/alert[/<alertId>]`. */
export class AlertScreen extends VisitScreen {
  /** An indecency that is being described. @type {string | null} */
  #describing = null;
  #words = "";
  #sending = false;

  get heading() {
    return t("Danger, logement indécent");
  }

  /** @returns {Reason[]} */
  get #reasons() {
    return this.catalogue?.alert_reasons ?? [];
  }

  /** A danger is written at the first tap: the words may wait, the people may not. @param {Reason} reason */
  async #choose(reason) {
    if (!reason.danger) {
      this.#describing = reason.code;
      this.requestUpdate();
      await this.updateComplete;
      this.querySelector("textarea")?.focus();
      return;
    }
    await this.#raise(reason.code, "");
  }

  /** @param {string} reason @param {string} text */
  async #raise(reason, text) {
    if (this.#sending) return;
    this.#sending = true;
    try {
      const body = { reason, text: text.trim(), subject_id: null, at: new Date().toISOString() };
      const alertId = await this.draft.add("alert", { body });
      this.#describing = null;
      void this.store.transfer.syncNow();
      go(path(this.draft.id, "alert", alertId));
    } finally {
      this.#sending = false;
    }
  }

  /** @param {Item} alert */
  async #takeBack(alert) {
    // It may have left since the page was drawn: from then on only the office decides.
    if (!unsent(this.draft.where(alert.id))) {
      this.requestUpdate();
      return;
    }
    await this.draft.remove(alert.id);
    say(t("Signalement retiré"), { undo: () => this.draft.restore(alert.id) });
    go(path(this.draft.id, "alert"));
  }

  /** @override */
  render() {
    const alerts = this.draft.list("alert");
    const shown = alerts.find((alert) => alert.id === this.params[0]);
    return html`
      <header class="appbar">
        <a class="back" href=${path(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Pièces")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        ${troubleNotice(this.draft.problem, () => this.draft.retry())} ${shown ? this.#one(shown) : this.#all(alerts)}
      </main>
    `;
  }

  /** @param {Item[]} alerts */
  #all(alerts) {
    const group = (/** @type {boolean} */ danger, /** @type {string} */ title, /** @type {string} */ id) => html`
      <section class="stack" aria-labelledby=${id}>
        <h2 id=${id}>${title}</h2>
        <div class="stack alert-reasons">
          ${this.#reasons
            .filter((reason) => reason.danger === danger)
            .map(
              (
                reason,
              ) => html`<button class="button plain" type="button" aria-pressed=${this.#describing === reason.code} @click=${() => this.#choose(reason)}>
              ${icon(danger ? "alert" : "flag")} ${label(reason.label)}
            </button>`,
            )}
        </div>
      </section>`;
    return html`
      <h1>${this.heading}</h1>
      <p>${t("La signature attend alors la décision du bureau, même sans réseau.")}</p>
      ${alerts.map((alert) => html`<p><a href=${path(this.draft.id, "alert", alert.id)}>${word(this.catalogue, "alert_reasons", alert.body?.reason)}</a>, ${decisionWords(alert.decision)}</p>`)}
      ${group(true, t("Danger : consignes et numéros tout de suite"), "danger")} ${group(false, t("Logement indécent ou dangereux à la longue"), "indecent")}
      ${this.#describing ? this.#description(this.#describing) : nothing}
    `;
  }

  /** @param {string} reason */
  #description(reason) {
    return html`<section class="stack" aria-labelledby="words-of-alert">
      <h2 id="words-of-alert">${word(this.catalogue, "alert_reasons", reason)}</h2>
      <fa-text .label=${t("Ce que vous voyez")} .hint=${t("Le logement seulement, pas les personnes.")} .rows=${3} .value=${this.#words}
        .save=${(/** @type {string} */ text) => {
          this.#words = text;
        }}></fa-text>
      <p><button class="button" type="button" @click=${() => this.#raise(reason, this.#words)}>${icon("send")} ${t("Prévenir le bureau")}</button></p>
    </section>`;
  }

  /** @param {Item} alert */
  #one(alert) {
    const reason = this.#reasons.find((each) => each.code === alert.body?.reason);
    const decision = alert.decision;
    const zone = this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
    return html`
      <h1>${reason ? label(reason.label) : alert.body?.reason}</h1>
      ${reason && reason.instructions.length > 0 ? html`<ol class="instructions">${reason.instructions.map((each) => html`<li>${label(each)}</li>`)}</ol>` : nothing}
      ${
        reason && reason.numbers.length > 0
          ? html`<ul class="numbers">${reason.numbers.map(
              ({ number, label: whom }) =>
                html`<li><a class="button plain" href="tel:${number.replaceAll(" ", "")}"><strong>${number}</strong> <small>${label(whom)}</small></a></li>`,
            )}</ul>`
          : nothing
      }
      ${alert.body?.text ? html`<p>${alert.body.text}</p>` : nothing}
      <section class="notice" data-tone=${decision?.outcome === "proceed" ? "safe" : "stop"}>
        <h2>${decisionWords(decision)}</h2>
        ${
          decision
            ? html`<p>${decision.reason}</p><p class="soft">${decision.by}, ${dayAndTime(decision.at, zone)}</p>`
            : html`<p>${t("La signature est arrêtée. Le signalement part dès qu’il y a du réseau ; la réponse arrive ici.")}</p>
              <p class="soft">${t("Le signalement : {where}", { where: whereWords(this.draft.where(alert.id)) })}</p>`
        }
      </section>
      <p class="row">
        <button class="button plain" type="button" @click=${() => void this.store.transfer.syncNow()}>${icon("send")} ${t("Demander la réponse maintenant")}</button>
        ${decision || !unsent(this.draft.where(alert.id)) ? nothing : html`<button class="button quiet" type="button" @click=${() => this.#takeBack(alert)}>${icon("undo")} ${t("Signalé par erreur : retirer")}</button>`}
        <a class="button quiet" href=${path(this.draft.id, "interrupt")}>${icon("clock")} ${t("J’interromps la visite")}</a>
      </p>
    `;
  }
}

/** Whether it is on this tablet only. @param {import("../elements/sync.js").Where} where */
function unsent({ place }) {
  return place === "saving" || place === "tablet";
}

/** @param {{outcome: string} | null | undefined} decision */
function decisionWords(decision) {
  if (decision?.outcome === "proceed") return t("Le bureau a décidé : vous pouvez continuer");
  if (decision?.outcome === "stop") return t("Le bureau a décidé : pas de signature, pas de clés");
  return t("Le bureau n’a pas encore décidé");
}

customElements.define("fa-alert-screen", AlertScreen);
