// The last page of a visit before the exit: what can still be repaired, what it would cost at most, and the list handed over.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { estimateOf, estimator, sumOf, working } from "../elements/estimate.js";
import { icon } from "../elements/icon.js";
import { dayInWords, observations, sentences, stateTile } from "../elements/record-words.js";
import { save, selfContained } from "../elements/self-contained.js";
import { reasonWords, troubleNotice } from "../elements/trouble.js";
import { n, spoken, t } from "../i18n.js";
import { path } from "../router.js";
import { blocking, check } from "../rules/completeness.js";
import { localDay } from "../rules/local-day.js";
import { buildRecord } from "../rules/record.js";
import { TENANTS } from "../rules/record-exit.js";
import { repairable } from "../visit/exit-changes.js";
import { inLanguage } from "../visit/spoken-state.js";
import { itemPath, itemWords } from "./check-words.js";
import { handedWords, handOver, handoverTo } from "./handed.js";
import { Freezing } from "./sign-freezing.js";
import { VisitScreen } from "./visit-screen.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("../visit/exit-changes.js").Noted} Noted */

/** `<fa-advice-screen>` at `#/inventory/<id>/advice`: nothing is signed here. */
export class AdviceScreen extends VisitScreen {
  /** @type {import("../elements/estimate.js").Prices | null} */
  #prices = null;
  /** @type {unknown} */
  #trouble = null;
  #ending = false;
  /** True once the list was printed or saved: then only a person knows who holds it. */
  #made = false;

  get heading() {
    return t("Ce qui peut encore être réparé");
  }

  get #closed() {
    return Boolean(this.draft.header.closed);
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.store
      .prices()
      .then((prices) => {
        this.#prices = prices;
        this.requestUpdate();
      })
      .catch((error) => this.#fail(error));
  }

  /** @param {unknown} error */
  #fail(error) {
    this.#trouble = error;
    this.requestUpdate();
  }

  /** Keeps the record as it stands and closes it: nobody answers over advice. */
  async #end() {
    if (this.#ending || this.#closed) return;
    this.#ending = true;
    this.#trouble = null;
    try {
      const freezing = new Freezing(this.draft, this.catalogue, this.legal);
      const { sha256 } = await freezing.begin(spoken());
      await freezing.keep();
      const closed = { record_sha256: sha256, at: new Date().toISOString(), acts: [] };
      await this.draft.set(this.draft.id, "inventory", "closed", closed);
    } catch (error) {
      this.#trouble = error;
    }
    this.#ending = false;
    this.requestUpdate();
  }

  #print() {
    window.print();
    this.#made = true;
    this.requestUpdate();
  }

  /** @param {Json} record */
  #save(record) {
    const part = this.querySelector("main");
    if (!part) return;
    const title = `${record.labels.kind} ${record.number}`;
    save(selfContained(part, { title, language: spoken(), pictures: new Map() }), `${record.number || "conseil"}.html`);
    this.#made = true;
    this.requestUpdate();
  }

  /** @param {string} partyId */
  async #held(partyId) {
    await handOver(this.draft, partyId);
    this.requestUpdate();
  }

  /** @override */
  render() {
    const record = buildRecord(inLanguage(this.draft.state(), spoken()), this.catalogue, this.legal);
    const found = repairable(record);
    const estimates = found.flatMap(({ element }) => estimateOf(this.draft, element.id) ?? []);
    return html`
      <header class="appbar not-in-copy">
        <a class="back" href=${this.#closed ? "#/day" : path(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${this.#closed ? t("Ma journée") : t("Pièces")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide record">
        <div class="stack">
          <p class="soft">${[record.context.landlord?.name, this.place].filter(Boolean).join(", ")}</p>
          <h1>${this.heading}</h1>
          <p class="soft">${t("{kind} du {day}", { kind: record.labels.kind, day: this.#day(record) })}</p>
        </div>
        <section class="notice" aria-label=${t("Sans valeur contractuelle")}>
          <p><strong>${t("Visite conseil : rien n’est signé, rien n’est dû.")}</strong></p>
          <p>${t("C’est une estimation, sans valeur contractuelle : l’état des lieux de sortie dira seul ce qui a changé.")}</p>
        </section>
        ${troubleNotice(this.#trouble ?? this.draft.problem, () => this.draft.retry())} ${this.#refused()} ${this.#missing()}
        <p>${found.length > 0 ? n("{count} point peut être réparé avant le départ.", "{count} points peuvent être réparés avant le départ.", found.length) : t("Rien n’est à réparer avant le départ.")}</p>
        <div>${found.map((noted) => this.#line(record, noted))}</div>
        ${this.#total(found.length, estimates)} ${this.#closed ? this.#handed(record) : nothing}
      </main>
      <footer class="actions not-in-copy">
        ${
          this.#closed
            ? html`<button class="button plain" type="button" @click=${() => this.#save(record)}>${icon("document")} ${t("Enregistrer le fichier")}</button>
              <button class="button" type="button" @click=${() => this.#print()}>${icon("document")} ${t("Imprimer")}</button>`
            : html`<button class="button" type="button" aria-busy=${this.#ending} @click=${() => this.#end()}><span>${t("Terminer et remettre la liste")} <small>${t("Personne ne signe")}</small></span></button>`
        }
      </footer>
    `;
  }

  /** @param {Json} record */
  #day(record) {
    return dayInWords(localDay(record.established_at ?? new Date().toISOString(), record.zone) ?? "");
  }

  /** @param {Json} record @param {Noted} noted */
  #line(record, { room, element }) {
    const name = t("{room} : {element}", { room: room.label, element: element.label });
    const { advice } = element;
    return html`<article class="noted advised">
      <div class="stack">
        <h2>${name}</h2>
        <p>${stateTile(record, element)}</p>
        <p>${sentences([element.material, ...observations({ ...element, promise: null, advice: null })])}</p>
        ${
          advice
            ? html`<p><strong>${t("À faire : {text}", { text: advice.text })}</strong>${advice.due ? html`<br />${t("Avant le {day}", { day: dayInWords(advice.due) })}` : nothing}</p>`
            : nothing
        }
        ${working(estimateOf(this.draft, element.id))}
        ${this.#closed ? nothing : estimator(this.draft, this.#prices, element, name)}
      </div>
    </article>`;
  }

  /** @param {number} count @param {import("../rules/estimate.js").Estimate[]} estimates */
  #total(count, estimates) {
    if (estimates.length === 0) return nothing;
    return html`<section class="stack" aria-labelledby="total">
      <h2 id="total">${t("Si rien n’est réparé")}</h2>
      <dl class="ledger"><div class="total"><dt>${t("Estimation, au plus")}</dt><dd>${sumOf(estimates)}</dd></div></dl>
      <p class="soft">${t("La vétusté n’est pas encore déduite : selon l’âge de chaque élément, la part du locataire sera plus petite.")}
        ${this.#prices ? t("Prix du bordereau « {title} », version {version}.", { title: this.#prices.title, version: this.#prices.version }) : nothing}
        ${count > estimates.length ? n("{count} point n’a pas encore de prix.", "{count} points n’ont pas encore de prix.", count - estimates.length) : nothing}</p>
    </section>`;
  }

  /** What the server will not take is opened again: no word of anybody's is lost by it. */
  #refused() {
    const { refused, problem } = this.draft.inventory.summary();
    if (!refused) return nothing;
    return html`<section class="notice not-in-copy" data-tone="stop" role="alert">
      <h2>${t("Le serveur n’a pas accepté ce document")}</h2>
      <p>${t("Pourquoi : {reason}. Rien n’est perdu.", { reason: reasonWords(problem ?? "") })}</p>
      <p><button class="button plain" type="button" @click=${() => this.draft.set(this.draft.id, "inventory", "closed", null)}>${t("Rouvrir la visite conseil")}</button></p>
    </section>`;
  }

  #missing() {
    if (this.#closed) return nothing;
    const zone = this.draft.header.context?.dwelling?.zone ?? "Europe/Paris";
    const items = blocking(check(inLanguage(this.draft.state(), spoken()), this.catalogue, { closing: true }));
    if (items.length === 0) return nothing;
    return html`<section class="notice not-in-copy" data-tone="stop" aria-labelledby="missing">
      <h2 id="missing">${n("Il manque {count} chose", "Il manque {count} choses", items.length)}</h2>
      <ul>${items.map((item) => html`<li><a href=${itemPath(this.draft.id, item)}>${itemWords(item, zone)}</a></li>`)}</ul>
    </section>`;
  }

  /** The sealed list leaves by itself, once the server has it. @param {Json} party */
  #byMail({ id, name }) {
    const to = this.draft.get(id)?.fields.email ?? "";
    if (!to) return nothing;
    const body = { party_id: id, channel: "email", at: new Date().toISOString(), to, done: false };
    return html`<button class="button plain" type="button" @click=${() => this.draft.add("handover", { body })}>${icon("send")} ${t("Par e-mail")}<span class="spoken"> : ${name}</span></button>`;
  }

  /** @param {Json} record */
  #handed(record) {
    const tenants = record.parties.filter((/** @type {Json} */ party) => TENANTS.includes(party.quality));
    return html`<section class="notice not-in-copy" data-tone=${tenants.every((/** @type {Json} */ party) => handoverTo(this.draft, party.id)?.done) ? "safe" : nothing} aria-labelledby="handed">
      <h2 id="handed">${t("Qui a la liste ?")}</h2>
      ${tenants.map((/** @type {Json} */ party) => {
        const handover = handoverTo(this.draft, party.id);
        return html`<p><strong>${party.name}</strong><br />${handedWords(handover, record.zone)}</p>
          <p class="row">${handover?.done || !this.#made ? nothing : html`<button class="button plain" type="button" @click=${() => this.#held(party.id)}>${icon("check")} ${t("{name} a la liste", { name: party.name })}</button>`}
          ${handover ? nothing : this.#byMail(party)}</p>`;
      })}
      ${this.#made ? nothing : html`<p class="soft">${t("Imprimez ou enregistrez, puis dites qui l’a reçue.")}</p>`}
    </section>`;
  }
}

customElements.define("fa-advice-screen", AdviceScreen);
