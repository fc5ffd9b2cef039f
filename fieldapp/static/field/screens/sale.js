// One sales visit: the dwelling to show, who is expected, what is still to do before leaving.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { inOneLine } from "../elements/dwelling-sheet.js";
import { icon } from "../elements/icon.js";
import { clock, n, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { isDone } from "../visit/sale.js";
import { SaleScreen } from "./sale-screen.js";

/** @typedef {import("../visit/sale.js").Candidate} Candidate */

/** `<fa-sale-screen>` at `#/visit/<id>`. */
export class SaleOverview extends SaleScreen {
  get heading() {
    return t("Visite");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    if (this.draft.header.purpose) go(this.home, { replace: true });
  }

  /** @override */
  render() {
    const { candidates, draft } = this;
    const next = candidates.find((candidate) => !isDone(candidate));
    const snags = draft.list("snag").length + draft.list("request").length;
    return html`
      <header class="appbar">
        <a class="back" href="#/day">${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Ma journée")}</a>
        ${draftBadge(draft)}
      </header>
      <main id="main" class="page narrow stack wide">
        ${this.trouble()} ${this.refusals()}
        <div class="stack">
          <h1>${this.sheet.street ?? t("Logement")}</h1>
          <p class="soft">${[this.entry.starts_at ? clock(this.entry.starts_at) : "", inOneLine(this.sheet), this.sheet.detail].filter(Boolean).join(". ")}</p>
          ${this.entry.key_place ? html`<p>${icon("key")} ${t("Clés : {place}", { place: this.entry.key_place })}</p>` : nothing}
          ${this.#warning()}
        </div>
        <p><a class="button plain" href=${salePath(draft.id, "present")}>${icon("visit")} ${t("Présenter le logement")}</a></p>
        <section class="stack" aria-labelledby="who">
          <h2 id="who">${candidates.length > 1 ? n("{count} candidat attendu", "{count} candidats attendus", candidates.length) : t("Candidat attendu")}</h2>
          ${candidates.length === 0 ? html`<p class="soft">${t("Tout est au bureau : plus aucun nom n’est sur cette tablette.")}</p>` : nothing}
          <ul class="signers">${candidates.map((candidate) => this.#row(candidate))}</ul>
        </section>
        <section class="stack" aria-labelledby="also">
          <h2 id="also">${t("Sur place")}</h2>
          <ul class="signers">
            <li><a class="button plain signer" href=${salePath(draft.id, "snags")}>${icon("flag")}
              <span>${t("Défauts et demandes")} <small>${snags > 0 ? n("{count} noté, pour les travaux", "{count} notés, pour les travaux", snags) : t("Rien de noté")}</small></span></a></li>
            <li><a class="button plain signer" href=${salePath(draft.id, "end")}>${icon("key")}
              <span>${t("Terminer la visite")} <small>${draft.header.keys_back_at ? t("Clés rendues") : t("Clés à rendre")}</small></span></a></li>
          </ul>
        </section>
      </main>
      <nav class="actions" aria-label=${t("Suite")}>
        ${
          next
            ? html`<a class="button" href=${salePath(draft.id, "candidate", next.id)}><span>${t("Recueillir l’avis")} <small>${next.name}</small></span></a>`
            : html`<a class="button" href=${salePath(draft.id, "end")}>${t("Terminer la visite")}</a>`
        }
      </nav>
    `;
  }

  /** A dwelling that may no longer be let is not promised to anybody. */
  #warning() {
    const { lettable } = this.sheet;
    if (!lettable?.forbidden || lettable.overridden) return nothing;
    return html`<section class="notice" data-tone="stop"><p>${t("La classe d’énergie interdit de louer ce logement aujourd’hui. Demandez au bureau avant la visite.")}</p></section>`;
  }

  /** @param {Candidate} candidate */
  #row(candidate) {
    const { id, name, phone, said, slip, answer } = candidate;
    const words = [
      said.presence ? this.word("presences", said.presence) : t("pas encore noté"),
      slip ? (slip.body.outcome ? this.word("outcomes", slip.body.outcome) : "") : "",
      answer ? t("a répondu à l’offre") : "",
    ];
    return html`<li class="row">
      <a class="button plain signer ${isDone(candidate) ? "done" : ""}" href=${salePath(this.draft.id, "candidate", id)}>
        ${icon(isDone(candidate) ? "check" : "people")} <span>${name} <small>${words.filter(Boolean).join(", ")}</small></span></a>
      ${phone ? html`<a class="button quiet" href="tel:${phone.replaceAll(" ", "")}">${icon("speaker")} ${t("Appeler")}<span class="spoken"> ${name}</span></a>` : nothing}
    </li>`;
  }
}

customElements.define("fa-sale-screen", SaleOverview);
