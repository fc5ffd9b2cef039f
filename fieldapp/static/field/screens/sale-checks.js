// A technical visit: what there is to look at, how far it is, and the way to the signature.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { inOneLine } from "../elements/dwelling-sheet.js";
import { icon } from "../elements/icon.js";
import { clock, n, t } from "../i18n.js";
import { salePath } from "../router.js";
import { progressOf } from "../visit/technical.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/comment-field.js";

/** `<fa-sale-checks-screen>` at `#/visit/<id>/checks`. */
export class SaleChecksScreen extends TechnicalScreen {
  get heading() {
    return this.kindWords;
  }

  /** @override */
  render() {
    const { draft, signed } = this;
    const progress = progressOf(draft);
    const snags = draft.list("snag").length;
    return html`
      <header class="appbar">
        <a class="back" href="#/day">${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Ma journée")}</a>
        ${draftBadge(draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        ${this.trouble()} ${this.refused()}
        <div class="stack">
          <p class="soft">${this.kindWords}</p>
          <h1>${this.sheet.street ?? t("Logement")}</h1>
          <p class="soft">${[this.entry.starts_at ? clock(this.entry.starts_at) : "", inOneLine(this.sheet), this.sheet.detail].filter(Boolean).join(". ")}</p>
          ${this.entry.key_place ? html`<p>${icon("key")} ${t("Clés : {place}", { place: this.entry.key_place })}</p>` : nothing}
          ${this.entry.note ? html`<p>${this.entry.note}</p>` : nothing}
        </div>
        ${signed ? this.#signed(signed) : nothing}
        <ul class="signers">
          ${this.#part("works", "flag", t("Travaux"), progress.works)}
          ${this.#part("points", "check", t("Points à contrôler"), progress.points)}
          ${progress.meters.all > 0 ? this.#part("meters", "meter", t("Compteurs"), progress.meters) : nothing}
          <li><a class="button plain signer" href=${salePath(draft.id, "snags")}>${icon("alert")}
            <span>${t("Autres défauts")} <small>${snags > 0 ? n("{count} noté, pour les travaux", "{count} notés, pour les travaux", snags) : t("Rien de noté")}</small></span></a></li>
          <li><a class="button plain signer" href=${salePath(draft.id, "end")}>${icon("key")}
            <span>${t("Terminer la visite")} <small>${draft.header.keys_back_at ? t("Clés rendues") : t("Clés à rendre")}</small></span></a></li>
        </ul>
      </main>
      <nav class="actions" aria-label=${t("Suite")}>
        ${
          signed
            ? html`<a class="button" href=${salePath(draft.id, "end")}>${t("Terminer la visite")}</a>`
            : html`<a class="button" href=${salePath(draft.id, "approve")}>${icon("sign")} ${t("Relire et signer")}</a>`
        }
      </nav>
    `;
  }

  /** @param {Record<string, any>} document */
  #signed({ id, body }) {
    return html`<section class="notice" data-tone="safe"><p>${t("Signé : document n° {number}. Plus rien n’y change.", { number: body.number })}</p>
      <p><a class="button plain" href=${salePath(this.draft.id, "copy", id)}>${icon("document")} ${t("Voir la copie")}</a></p></section>`;
  }

  /** @param {string} step @param {string} picture @param {string} name @param {{said: number, all: number}} done */
  #part(step, picture, name, { said, all }) {
    const words = all === 0 ? t("Rien de prévu") : t("{said} sur {all}", { said, all });
    return html`<li><a class="button plain signer ${all > 0 && said === all ? "done" : ""}" href=${salePath(this.draft.id, step)}>
      ${icon(all > 0 && said === all ? "check" : picture)} <span>${name} <small>${words}</small></span></a></li>`;
  }
}

customElements.define("fa-sale-checks-screen", SaleChecksScreen);
