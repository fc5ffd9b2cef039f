// The estimate at the end of an exit: what each change may cost after wear, for information; it is signed by nobody and binds nobody.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { draftBadge } from "../elements/draft-badge.js";
import { euros as amount } from "../elements/dwelling-sheet.js";
import { calculation, estimateOf, estimator } from "../elements/estimate.js";
import { causes } from "../elements/exit-details.js";
import { icon } from "../elements/icon.js";
import { dayInWords } from "../elements/record-words.js";
import { save, selfContained } from "../elements/self-contained.js";
import { troubleNotice } from "../elements/trouble.js";
import { n, spoken, t } from "../i18n.js";
import { path } from "../router.js";
import { assessmentId } from "../rules/assessment.js";
import { entryInventory, proposals } from "../rules/charge-proposal.js";
import { agreed, causeOf, estimated } from "../rules/exit-estimate.js";
import { localDay } from "../rules/local-day.js";
import { buildRecord } from "../rules/record.js";
import { total } from "../rules/wear.js";
import { explain } from "../rules/wear-words.js";
import { inLanguage } from "../visit/spoken-state.js";
import { VisitScreen } from "./visit-screen.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("../rules/charge-proposal.js").Proposal} Proposal */
/** @typedef {{proposal: Proposal, cause: string | null, work: import("../rules/estimate.js").Estimate | null, assessed: import("../rules/wear.js").Assessment, asks: boolean}} Line */

/** `<fa-estimate-screen>` at `#/inventory/<id>/estimate`. */
export class EstimateScreen extends VisitScreen {
  /** @type {import("../elements/estimate.js").Prices | null} */
  #prices = null;
  /** @type {{grids: Record<string, Json>, exits: Record<string, {grid: string | null, starts: Record<string, {on: string}>}>} | null} */
  #wear = null;
  /** @type {unknown} */
  #trouble = null;

  get heading() {
    return t("Estimation sur place");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    Promise.all([this.store.prices(), this.store.wear()])
      .then(([prices, wear]) => {
        this.#prices = prices;
        this.#wear = wear;
      })
      .catch((error) => {
        this.#trouble = error;
      })
      .finally(() => this.requestUpdate());
  }

  get #exit() {
    return this.#wear?.exits[this.draft.id] ?? { grid: null, starts: {} };
  }

  get #grid() {
    const { grid } = this.#exit;
    return (grid && this.#wear?.grids[grid]) || null;
  }

  /** @param {Json} record @returns {Line[]} */
  #lines(record) {
    const found = proposals(record, (id) => this.#kindOf(id));
    const around = {
      works: this.#prices?.works ?? [],
      grid: /** @type {any} */ (this.#grid),
      starts: this.#exit.starts,
      keysOn: record.keys_returned?.on ?? localDay(record.established_at ?? new Date().toISOString(), record.zone),
      entry: entryInventory(record),
    };
    // One work is noted for each thing: it prices what stands last, its state.
    const last = new Map(found.map((proposal) => [proposal.subject_id, proposal.line_id]));
    return found.map((proposal) => {
      const asks = last.get(proposal.subject_id) === proposal.line_id;
      const work = asks ? (estimateOf(this.draft, proposal.subject_id) ?? agreed(around.works, proposal)) : null;
      const cause = this.#causeOf(proposal.subject_id);
      return { proposal, cause, work, asks, assessed: estimated(proposal, cause, work, around) };
    });
  }

  /** Of which kind something is that only the entry had. @param {string} id */
  #kindOf(id) {
    const { element_kind, key_kind, equipment_kind } = this.draft.state().entities[id]?.fields ?? {};
    return element_kind || key_kind || equipment_kind || "";
  }

  /** @param {string} id @returns {string | null} */
  #causeOf(id) {
    return id[14] === "7" ? (this.draft.get(assessmentId(id))?.fields.cause ?? null) : null;
  }

  /** @param {Json} record */
  #save(record) {
    const part = this.querySelector("main");
    if (!part) return;
    const title = `${this.heading} ${record.number}`;
    save(selfContained(part, { title, language: spoken(), pictures: new Map() }), `estimation-${record.number}.html`);
  }

  /** @override */
  render() {
    const record = buildRecord(inLanguage(this.draft.state(), spoken()), this.catalogue, this.legal);
    const lines = this.#lines(record);
    const closed = Boolean(this.draft.header.closed);
    return html`
      <header class="appbar not-in-copy">
        <a class="back" href=${path(this.draft.id, ...(closed ? ["receipt"] : []))}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${closed ? t("Votre reçu") : t("Pièces")}</a>
        ${draftBadge(this.draft)}
      </header>
      <main id="main" class="page narrow stack wide record">
        <div class="stack">
          <p class="soft">${[record.context.landlord?.name, this.place].filter(Boolean).join(", ")}</p>
          <h1>${this.heading}</h1>
          <p class="soft">${t("{kind} du {day}", { kind: record.labels.kind, day: dayInWords(localDay(record.established_at ?? new Date().toISOString(), record.zone) ?? "") })}</p>
        </div>
        <section class="notice" aria-label=${t("Sans valeur contractuelle")}>
          <p><strong>${t("C’est une estimation : elle n’est pas signée et n’engage personne.")}</strong></p>
          <p>${t("Elle ne fait pas partie de l’état des lieux. Le bureau décide ensuite, et écrit chaque calcul.")}</p>
        </section>
        ${troubleNotice(this.#trouble ?? this.draft.problem, () => this.draft.retry())}
        ${this.#prices ? nothing : html`<p>${t("Cette tablette n’a pas de bordereau de prix : rien ne peut être estimé ici.")}</p>`}
        ${lines.length === 0 ? html`<p>${t("Rien n’a changé depuis l’entrée.")}</p>` : nothing}
        <div>${lines.map((line) => this.#line(line))}</div>
        ${this.#total(lines)}
      </main>
      <footer class="actions not-in-copy">
        <button class="button plain" type="button" @click=${() => this.#save(record)}>${icon("document")} ${t("Enregistrer le fichier")}</button>
        <button class="button" type="button" @click=${() => window.print()}>${icon("document")} ${t("Imprimer")}</button>
      </footer>
    `;
  }

  /** @param {Line} line */
  #line({ proposal, cause, work, asks, assessed }) {
    const { label, subject_id: id, subject_kind: kind, missing, entry_state: before } = proposal;
    const thing = { id, subject_kind: kind, kind: proposal.kind, defects: proposal.defects };
    const gone = { ...thing, state: missing > 0 ? "absent" : "", entry: { state: before } };
    return html`<article class="noted advised">
      <div class="stack">
        <h2>${label}</h2>
        ${work ? html`<p>${calculation(work)} = ${amount(assessed.gross)}</p>` : html`<p class="soft">${t("Prix pas encore estimé")}</p>`}
        <p>${explain(assessed, this.#subject(work), spoken() === "fr" ? "fr" : "en", t)}</p>
        ${assessed.due === null ? nothing : html`<p><strong>${amount(assessed.due)}</strong></p>`}
        ${asks ? estimator(this.draft, this.#prices, gone, label) : nothing}
        ${asks && id[14] === "7" ? this.#causes(proposal, cause) : nothing}
      </div>
    </article>`;
  }

  /** How the sentence about an age begins, from the grid's row. @param {{code: string} | null} work */
  #subject(work) {
    const kind = this.#prices?.works.find(({ code }) => code === work?.code)?.wear_kind;
    const row = this.#grid?.rows.find((/** @type {Json} */ one) => one.element_kind === kind);
    return row?.subject ?? { fr: "", en: "" };
  }

  /** @param {Proposal} proposal @param {string | null} cause */
  #causes({ subject_id: id, subject_kind: kind, label }, cause) {
    const shown = causeOf(kind, cause);
    /** @param {string | null} value */
    const keep = (value) => {
      const known = this.draft.get(assessmentId(id))?.fields.subject_id;
      const fields = { ...(known ? {} : { subject_kind: kind, subject_id: id }), cause: value };
      return this.draft.setMany(
        Object.entries(fields).map(([field, one]) => ({
          entityId: assessmentId(id),
          kind: "assessment",
          field,
          value: one,
        })),
      );
    };
    return html`<details class="fold not-in-copy">
      <summary>${icon("next")} ${t("Cause")} <small>${shown ? causes()[shown] : t("pas encore décidée")}</small><span class="spoken"> : ${label}</span></summary>
      ${oneOf({
        legend: t("Cause, selon vous : {name}", { name: label }),
        options: Object.entries(causes()).map(([code, text]) => ({ code, text })),
        value: shown,
        choose: (code) => keep(code),
        clear: () => keep(null),
      })}
    </details>`;
  }

  /** @param {Line[]} lines */
  #total(lines) {
    if (lines.length === 0) return nothing;
    const waiting = lines.filter(({ assessed }) => assessed.due === null).length;
    const grid = this.#grid;
    return html`<section class="stack" aria-labelledby="total">
      <h2 id="total">${t("En tout, pour information")}</h2>
      <dl class="ledger"><div class="total"><dt>${t("Estimation")}</dt><dd>${amount(total(lines.map(({ assessed }) => assessed)))}</dd></div></dl>
      <p class="soft">
        ${waiting > 0 ? n("{count} ligne n’est pas chiffrée : elle ne compte pas ici.", "{count} lignes ne sont pas chiffrées : elles ne comptent pas ici.", waiting) : nothing}
        ${this.#prices ? t("Prix du bordereau « {title} », version {version}.", { title: this.#prices.title, version: this.#prices.version }) : nothing}
        ${grid ? t("Vétusté de la grille « {title} », version {version}.", { title: grid.title, version: grid.version }) : t("Aucune grille de vétusté n’est connue ici : le bureau compte l’âge.")}
      </p>
    </section>`;
  }
}

customElements.define("fa-estimate-screen", EstimateScreen);
