// What the law asks for, what is there, and what is missing: the last stop before signing.

import { html, nothing } from "lit";
import { clockNotice } from "../elements/clock-notice.js";
import { draftBadge } from "../elements/draft-badge.js";
import { exitNotice } from "../elements/entry-said.js";
import { icon } from "../elements/icon.js";
import { dayInWords } from "../elements/record-words.js";
import { troubleNotice } from "../elements/trouble.js";
import { label, n, spoken, t } from "../i18n.js";
import { path } from "../router.js";
import { blocking, check } from "../rules/completeness.js";
import { isExit, lookOf } from "../visit/exit.js";
import { inLanguage } from "../visit/spoken-state.js";
import { afterwards, clauseName, itemPath, itemWords } from "./check-words.js";
import { VisitScreen } from "./visit-screen.js";

/** @typedef {import("../rules/completeness.js").Item} Item */

/** Lines of one clause before the rest is only counted: the list above has them all. */
const SHOWN = 4;

/** `<fa-check-screen>` at `#/inventory/<id>/check`. */
export class CheckScreen extends VisitScreen {
  get heading() {
    return t("Vérifier avant de faire signer");
  }

  get #zone() {
    return this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
  }

  /** @override */
  render() {
    const items = check(inLanguage(this.draft.state(), spoken()), this.catalogue);
    const missing = blocking(items);
    const clauses = [...new Set(items.map((item) => item.clause))];
    return html`
      <header class="appbar">
        <a class="back" href=${path(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Pièces")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        <div class="stack">
          <p class="soft">${this.place}</p>
          <h1>${this.heading}</h1>
        </div>
        ${exitNotice(this.draft, this.catalogue, lookOf(this.draft, this.catalogue))}
        ${troubleNotice(this.draft.problem, () => this.draft.retry())} ${this.#summary(missing)}
        ${clockNotice(this.store.transfer.state().clock, this.#zone)}
        <section class="stack" aria-labelledby="law">
          <h2 id="law">${t("Ce que la loi demande")}</h2>
          <ol class="tasks clauses">
            ${clauses.filter((clause) => clause.length === 1).map((clause) => this.#clause(clause, items))}
          </ol>
        </section>
        <section class="stack" aria-labelledby="before-keys">
          <h2 id="before-keys">${isExit(this.draft) ? t("Avant de partir") : t("Avant de remettre les clés")}</h2>
          <ol class="tasks">
            ${clauses.filter((clause) => clause.length > 1).map((clause) => this.#clause(clause, items))}
          </ol>
          <p class="row">
            <a class="button quiet" href=${path(this.draft.id, "alert")}>${icon("alert")} ${t("Signaler un danger ou un logement indécent")}</a>
            <a class="button quiet" href=${path(this.draft.id, "interrupt")}>${icon("clock")} ${t("J’interromps la visite")}</a>
          </p>
        </section>
        <p><small>${this.#source()}</small></p>
      </main>
      <footer class="actions">${this.#actions(missing)}</footer>
    `;
  }

  /** @param {Item[]} missing */
  #summary(missing) {
    if (missing.length === 0) {
      return html`<section class="notice" data-tone="safe"><h2>${t("Rien ne manque")}</h2><p>${t("Vous pouvez relire, puis faire signer.")}</p></section>`;
    }
    return html`<section class="notice" data-tone="stop" aria-labelledby="missing">
      <h2 id="missing">${n("Il manque {count} chose", "Il manque {count} choses", missing.length)}</h2>
      <ul>
        ${missing.map((item) => html`<li><a href=${itemPath(this.draft.id, item)}>${itemWords(item, this.#zone)}</a></li>`)}
      </ul>
    </section>`;
  }

  /** @param {string} clause @param {Item[]} items */
  #clause(clause, items) {
    const mine = items.filter((item) => item.clause === clause);
    const missing = blocking(mine);
    const first = missing[0] ?? mine[0];
    if (!first) return nothing;
    const law = this.legal?.clauses?.find((/** @type {{code: string}} */ each) => each.code === clause);
    return html`<li>
      <b aria-hidden="true">${clause.length === 1 ? clause : "–"}</b>
      <div>
        <a href=${itemPath(this.draft.id, first)}>${clauseName(clause)}</a>
        ${law ? html`<p class="law">${label(law.text)}</p>` : nothing}
        ${mine.slice(0, SHOWN).map((item) => html`<p class=${item.blocking ? "lacks" : ""}>${itemWords(item, this.#zone)}</p>`)}
        ${mine.length > SHOWN ? html`<p class="lacks">${n("et encore {count}", "et encore {count}", mine.length - SHOWN)}</p>` : nothing}
      </div>
      ${this.#status(mine, missing)}
    </li>`;
  }

  /** @param {Item[]} items @param {Item[]} missing */
  #status(items, missing) {
    if (missing.length > 0) {
      return html`<span class="status missing">${icon("alert")} ${n("{count} manque", "{count} manquent", missing.length)}</span>`;
    }
    if (items.some((item) => item.clause === "i"))
      return html`<span class="status">${icon("sign")} ${t("Ensuite")}</span>`;
    if (items.some((item) => !item.ok)) return html`<span class="status">${icon("note")} ${t("Noté")}</span>`;
    return html`<span class="status">${icon("check")} ${t("Complet")}</span>`;
  }

  /** @param {Item[]} missing */
  #actions(missing) {
    const [first, ...others] = missing;
    const review = path(this.draft.id, "review");
    if (!first) return html`<a class="button" href=${review}>${t("Relire, puis faire signer")}</a>`;
    return html`<a class="button plain" href=${review}>${t("Relire tout")}</a>
      <a class="button" href=${itemPath(this.draft.id, first)}>
        <span>${itemWords(first, this.#zone)}
          <small>${afterwards(others)}</small></span>
      </a>`;
  }

  #source() {
    const kind = this.draft.header.lease_kind ?? "dwelling";
    const lease = this.catalogue?.lease_kinds?.find((/** @type {{code: string}} */ each) => each.code === kind);
    const read = this.legal?.read_on ? t("Textes lus le {day}.", { day: dayInWords(this.legal.read_on) }) : "";
    return `${t("Décret n° 2016-382 du 30 mars 2016, article 2.")} ${label(lease?.basis)} ${read}`;
  }
}

customElements.define("fa-check-screen", CheckScreen);
