// One candidate: came or not, what they think of the dwelling, why not, what they were given; then the slip.

import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { anyOf, oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { label, n, spoken, t } from "../i18n.js";
import { go, salePath } from "../router.js";
import { longDay } from "../rules/local-day.js";
import { ANSWER, SLIP } from "../rules/slip-record.js";
import { lacking, nextAfter, withReason } from "../visit/sale.js";
import { SaleScreen } from "./sale-screen.js";
import "../elements/comment-field.js";
import "../elements/text-field.js";

/** @typedef {import("../visit/sale.js").Candidate} Candidate */

/** `<fa-sale-candidate-screen>` at `#/visit/<id>/candidate/<candidateId>`. */
export class SaleCandidateScreen extends SaleScreen {
  /** What stopped the signature, as a code. @type {string | null} */
  #stopped = null;

  get heading() {
    return t("Avis du candidat");
  }

  /** @override */
  render() {
    const { candidate } = this;
    if (!candidate)
      return html`${this.bar(t("Visite"))}<main id="main" class="page narrow stack"><h1>${t("Plus aucun nom n’est sur cette tablette.")}</h1></main>`;
    const all = this.candidates;
    const place = all.findIndex(({ id }) => id === candidate.id) + 1;
    return html`
      ${this.bar(all.length > 1 ? `${place} / ${all.length}` : "")}
      <main id="main" class="page narrow stack wide">
        ${this.trouble()} ${this.refusals(candidate.id)}
        <div class="stack"><h1>${candidate.name}</h1>
          ${candidate.expected.rank ? html`<p class="soft">${t("Rang {rank}", { rank: candidate.expected.rank })}</p>` : nothing}
          ${this.#signed(candidate)}</div>
        ${oneOf({ legend: t("Est-ce qu’il ou elle est venu ?"), options: this.options("presences"), value: candidate.said.presence, choose: (presence) => void this.attend(candidate.id, { presence }), clear: () => void this.attend(candidate.id, { presence: null }) })}
        ${candidate.came ? this.#opinion(candidate) : nothing}
      </main>
      ${this.#footer(candidate)}
    `;
  }

  /** @param {Candidate} candidate */
  #signed({ slip, answer }) {
    if (!slip && !answer) return nothing;
    return html`<ul class="ledger">${[slip, answer].filter(Boolean).map(
      (
        document,
      ) => html`<li><span>${icon("document")} ${document?.body.document_kind === ANSWER ? t("Réponse à l’offre") : t("Bon de visite")} ${document?.body.number}</span>
        <a href=${salePath(this.draft.id, "copy", document?.id ?? "")}>${t("Voir la copie")}</a></li>`,
    )}</ul>`;
  }

  /** @param {Candidate} candidate */
  #opinion(candidate) {
    const { said } = candidate;
    return html`
      <fieldset class="stack" id="outcome">
        <legend><h2>${t("Que pense-t-on du logement ?")}</h2></legend>
        <div class="options">
          ${this.options("outcomes").map(
            ({ code, text }) =>
              html`<label><input type="radio" name="outcome" .checked=${live(said.outcome === code)} @change=${() => this.#decide(candidate, code)} /> ${text}</label>`,
          )}
        </div>
        <p class="soft">${this.#outcomeWords(said.outcome)}</p>
        ${
          said.outcome === "thinking"
            ? html`<fa-text .label=${t("Donnera son avis le")} .type=${"date"} .value=${said.due ?? ""} .save=${(/** @type {string} */ due) => void this.attend(candidate.id, { due: due || null })}></fa-text>`
            : nothing
        }
      </fieldset>
      ${said.outcome === "refuses" ? this.#reasons(candidate) : nothing}
      ${this.#criteria(candidate)}
      <fa-comment .label=${t("Ses mots, sur le logement seulement")} .value=${said.words ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ words) => void this.attend(candidate.id, { words })}></fa-comment>
      ${this.#clock(candidate)}
      ${anyOf({ legend: t("Remis ou montré"), options: this.options("papers"), values: (said.papers ?? []).map((/** @type {any} */ each) => each.paper), choose: (codes) => this.#hand(candidate, codes) })}
      <details ?open=${(this.draft.header.presented ?? []).length > 0}>
        <summary>${t("Ce qui a été présenté")}</summary>
        ${anyOf({ legend: t("Présenté à tous"), quiet: true, options: this.options("points"), values: this.draft.header.presented ?? [], choose: (presented) => void this.note({ presented }) })}
      </details>
      <details ?open=${(said.companions ?? []).length > 0}>
        <summary>${t("Venu avec quelqu’un")}</summary>
        ${this.#companions(candidate)}
      </details>
      <details ?open=${this.#questions(candidate).length > 0}>
        <summary>${n("{count} question posée", "{count} questions posées", this.#questions(candidate).length)}</summary>
        ${this.#asked(candidate)}
      </details>
      <details ?open=${(said.documents ?? []).length > 0}>
        <summary>${t("Papiers à apporter")}</summary>
        ${anyOf({ legend: t("Papiers à apporter"), quiet: true, options: this.options("documents"), values: said.documents ?? [], choose: (documents) => void this.attend(candidate.id, { documents }) })}
      </details>
    `;
  }

  /** @param {string | undefined} outcome */
  #outcomeWords(outcome) {
    const row = (this.tables.outcomes ?? []).find((/** @type {any} */ each) => each.code === outcome);
    return row ? label(row.words) : t("C’est un avis, jamais la réponse officielle.");
  }

  /** @param {Candidate} candidate @param {string} outcome */
  #decide(candidate, outcome) {
    this.#stopped = null;
    void this.attend(candidate.id, { outcome });
  }

  /** @param {Candidate} candidate */
  #reasons({ id, said }) {
    const chosen = said.reasons ?? [];
    return html`<section class="stack" id="reasons" aria-labelledby="why">
      <h2 id="why">${t("Pourquoi ?")}</h2>
      <p class="soft">${t("Une ou plusieurs raisons. La première touchée est la principale.")}</p>
      ${(this.tables.reason_groups ?? []).map(
        (/** @type {any} */ group) => html`<fieldset class="asked"><legend class="soft">${label(group.label)}</legend>
          <div class="chips">${this.tables.reasons
            .filter((/** @type {any} */ row) => row.group === group.code)
            .map((/** @type {any} */ row) => {
              const principal = said.principal === row.code && chosen.length > 1;
              return html`<label class="chip"><input type="checkbox" .checked=${live(chosen.includes(row.code))} @change=${() => this.attend(id, withReason(said, row.code))} />
                ${icon(said.principal === row.code ? "star" : "check")} ${label(row.label)}${principal ? html`, ${t("principale")}` : nothing}</label>`;
            })}</div></fieldset>`,
      )}
      ${
        chosen.length > 1
          ? oneOf({
              legend: t("La raison principale"),
              options: chosen.map((/** @type {string} */ code) => ({ code, text: this.word("reasons", code) })),
              value: said.principal,
              choose: (principal) => void this.attend(id, { principal }),
            })
          : nothing
      }
    </section>`;
  }

  /** @param {Candidate} candidate */
  #criteria({ id, said }) {
    const criteria = this.entry.criteria ?? this.tables.criteria ?? [];
    const given = new Map((said.opinions ?? []).map((/** @type {any} */ one) => [one.criterion, one.opinion]));
    return html`<section class="stack" aria-labelledby="criteria"><h2 id="criteria">${t("Point par point")}</h2>
      ${criteria.map((/** @type {any} */ row) =>
        oneOf({
          legend: label(row.label),
          options: this.options("opinions"),
          value: given.get(row.code),
          choose: (opinion) => this.#opine(id, criteria, given.set(row.code, opinion)),
          clear: () => {
            given.delete(row.code);
            this.#opine(id, criteria, given);
          },
        }),
      )}
    </section>`;
  }

  /** @param {string} id @param {any[]} criteria @param {Map<string, string>} given */
  #opine(id, criteria, given) {
    const opinions = criteria
      .filter(({ code }) => given.has(code))
      .map((row) => ({ criterion: row.code, label: label(row.label), opinion: given.get(row.code) }));
    void this.attend(id, { opinions });
  }

  /** The clock runs only for who holds a notified offer. @param {Candidate} candidate */
  #clock(candidate) {
    const { offer } = candidate.expected;
    if (!offer) return html`<p class="soft">${label(this.tables.texts?.no_offer)}</p>`;
    return html`<section class="notice" aria-labelledby="clock">
      <h2 id="clock">${t("La réponse officielle")}</h2>
      <p>${t("Une offre a été notifiée. Réponse au plus tard le {day} à minuit ; le silence compte comme un refus.", { day: longDay(offer.reply_by, spoken()) })}</p>
      ${offer.dalo ? html`<p><strong>${label(this.tables.texts?.dalo)}</strong></p>` : nothing}
      ${
        candidate.answer
          ? nothing
          : html`<p><a class="button plain" href=${salePath(this.draft.id, "sign", candidate.id, ANSWER)}>${icon("sign")} ${t("Donner la réponse maintenant")}</a></p>
        <p class="soft">${t("Séparée du bon de visite, et jamais obligatoire aujourd’hui.")}</p>`
      }
    </section>`;
  }

  /** @param {Candidate} candidate @param {string[]} codes */
  #hand(candidate, codes) {
    const before = candidate.said.papers ?? [];
    const at = new Date().toISOString();
    const papers = codes.map(
      (paper) => before.find((/** @type {any} */ each) => each.paper === paper) ?? { paper, at },
    );
    void this.attend(candidate.id, { papers });
  }

  /** @param {Candidate} candidate */
  #companions({ id, said }) {
    const companions = said.companions ?? [];
    const change = (/** @type {number} */ at, /** @type {Record<string, string>} */ part) =>
      this.attend(id, {
        companions: companions.map((/** @type {any} */ one, /** @type {number} */ index) =>
          index === at ? { ...one, ...part } : one,
        ),
      });
    return html`<div class="stack">
      ${companions.map(
        (
          /** @type {any} */ one,
          /** @type {number} */ at,
        ) => html`<fa-text .label=${t("Nom")} .value=${one.name} .save=${(/** @type {string} */ name) => void change(at, { name })}></fa-text>
          ${oneOf({ legend: t("En quelle qualité"), options: this.options("companions"), value: one.quality, choose: (quality) => void change(at, { quality }) })}`,
      )}
      <p><button class="button plain" type="button" @click=${() => this.attend(id, { companions: [...companions, { name: "", quality: "co_applicant" }] })}>${icon("plus")} ${t("Ajouter une personne")}</button></p>
    </div>`;
  }

  /** @param {Candidate} candidate */
  #questions({ id }) {
    return this.draft.list("question").filter(({ body }) => body?.candidate_id === id);
  }

  /** @param {Candidate} candidate */
  #asked(candidate) {
    const asked = this.#questions(candidate).map(({ body }) => body.topic);
    return html`${anyOf({
      legend: t("À propos de quoi ?"),
      options: this.options("topics"),
      values: asked,
      choose: (topics) => void this.#ask(candidate, topics),
    })}
    ${this.#questions(candidate).map(({ id, body, follow }) =>
      oneOf({
        legend: t("Question : {topic}", { topic: this.word("topics", body.topic) }),
        options: [
          { code: "answered", text: t("Répondu sur place") },
          { code: "office", text: t("Le bureau répondra") },
        ],
        value: follow ?? null,
        choose: (code) => void this.draft.set(id, "question", "follow", code),
        clear: () => void this.draft.set(id, "question", "follow", null),
      }),
    )}`;
  }

  /** @param {Candidate} candidate @param {string[]} topics */
  async #ask(candidate, topics) {
    const known = this.#questions(candidate);
    for (const { id, body } of known) if (!topics.includes(body.topic)) await this.draft.remove(id);
    for (const topic of topics)
      if (!known.some(({ body }) => body.topic === topic))
        await this.draft.add("question", { body: { candidate_id: candidate.id, topic, text: "" } });
  }

  /** @param {Candidate} candidate */
  #footer(candidate) {
    const next = nextAfter(this.candidates, candidate.id);
    const snag = html`<a class="button plain" href=${salePath(this.draft.id, "snags")}>${t("Signaler un défaut")}</a>`;
    if (candidate.came && !candidate.slip)
      return html`<footer class="actions">${this.#stop(candidate)} ${snag}
        <button class="button" type="button" @click=${() => this.#sign(candidate)}>${icon("sign")} ${t("Faire signer le bon")}</button></footer>`;
    return html`<footer class="actions">${snag}
      ${
        next
          ? html`<a class="button" href=${salePath(this.draft.id, "candidate", next.id)}><span>${t("Candidat suivant")} <small>${next.name}</small></span></a>`
          : html`<a class="button" href=${salePath(this.draft.id, "end")}>${t("Terminer la visite")}</a>`
      }</footer>`;
  }

  /** What is missing, said where the finger is. @param {Candidate} candidate */
  #stop(candidate) {
    const code = this.#stopped ? lacking(candidate, SLIP) : null;
    if (!code) return nothing;
    const words =
      code === "reason"
        ? t("Touchez au moins une raison.")
        : t("Touchez d’abord ce que la personne pense du logement.");
    return html`<p class="error" role="alert">${icon("alert")} <a href="#${code === "reason" ? "reasons" : "outcome"}" @click=${(/** @type {Event} */ event) => this.#lead(event, code)}>${words}</a></p>`;
  }

  /** @param {Event} event @param {string} code */
  #lead(event, code) {
    event.preventDefault();
    this.querySelector(code === "reason" ? "#reasons" : "#outcome")?.scrollIntoView({ block: "start" });
  }

  /** @param {Candidate} candidate */
  #sign(candidate) {
    this.#stopped = lacking(candidate, SLIP);
    this.requestUpdate();
    if (!this.#stopped) go(salePath(this.draft.id, "sign", candidate.id, SLIP));
  }
}

customElements.define("fa-sale-candidate-screen", SaleCandidateScreen);
