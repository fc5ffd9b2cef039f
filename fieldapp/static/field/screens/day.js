// Today's appointments, whether the tablet may leave, and what it still holds.

import { html, nothing, svg } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { leftBehind } from "../elements/left-behind.js";
import { Light } from "../elements/light.js";
import { openSettings } from "../elements/settings.js";
import { syncBadge } from "../elements/sync.js";
import { troubleNotice, troubleWords } from "../elements/trouble.js";
import { clock, day, figure, n, t, typeset } from "../i18n.js";
import { prefer, preference } from "../preferences.js";
import { homeOf, path } from "../router.js";
import { hasRoute, inRouteOrder } from "../visit/route.js";
import { word } from "../visit/words.js";
import { readiness } from "./readiness.js";

/** @typedef {import("../store/session.js").Store} Store */
/** @typedef {import("../store/session.js").Appointment} Appointment */
/** @typedef {import("../elements/sync.js").Where} Where */

const KIND_ICONS = /** @type {Record<string, string>} */ ({
  move_in: "move-in",
  move_out: "move-out",
  sales_visit: "visit",
  acceptance: "check",
  vacant_check: "key",
  addendum: "sign",
});

/** Visits without a candidate. */
const TECHNICAL = new Set(["acceptance", "vacant_check", "addendum"]);

/** `<fa-day-screen>` at `#/day`. */
export class DayScreen extends Light {
  /** @type {{day: string | null, zone?: string, appointments: Appointment[]} | null} */
  #pack = null;
  /** @type {any} */
  #catalogue = null;
  /** @type {import("./readiness.js").Fact[]} */
  #facts = [];
  #ofOthers = 0;
  /** @type {unknown} */
  #trouble = null;
  #asking = false;
  /** @type {(() => void)[]} */
  #endings = [];

  constructor() {
    super();
    /** @type {Store} */
    this.store = /** @type {any} */ (null);
  }

  get heading() {
    return t("Ma journée");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.#endings.push(this.store.transfer.subscribe(() => void this.#read()));
    void this.#begin();
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.#endings.splice(0)) end();
  }

  /** Shows what is here, then asks for today's pack when what is here is older. */
  async #begin() {
    await this.#read();
    this.#ofOthers = await this.store.unsentOfOthers();
    this.requestUpdate();
    if (this.#pack?.day !== today() && navigator.onLine) await this.#refresh();
  }

  async #read() {
    try {
      this.#pack = await this.store.day();
      this.#catalogue = this.#pack.day ? await this.store.catalogue() : null;
      this.requestUpdate();
      this.#facts = await readiness(this.store, this.#pack.appointments, this.#pack.day);
    } catch (error) {
      this.#trouble = error;
    }
    this.requestUpdate();
  }

  #refresh = async () => {
    if (this.#asking) return;
    this.#asking = true;
    this.#trouble = null;
    this.requestUpdate();
    try {
      await this.store.refreshDay();
      await this.#read();
    } catch (error) {
      this.#trouble = error;
    }
    this.#asking = false;
    this.requestUpdate();
  };

  /** @override */
  render() {
    const { landlord } = this.store.status();
    const appointments = this.#pack?.appointments ?? [];
    const next = appointments.find((each) => addressOf(each) && !finished(each));
    return html`
      <header class="appbar">
        <span class="landlord">${landlord?.name ?? "fieldapp"}</span>
        ${this.#transferBadge()}
        <button class="tool" type="button" @click=${() => openSettings(this.store)}>${icon("gear")} ${t("Réglages")}</button>
      </header>
      <main class="page">
        <h1>${t("Ma journée")}</h1>
        <p class="soft">${day(this.#pack?.day ?? today())}</p>
        ${this.#readyLine()}
        ${this.#trouble ? troubleNotice(this.#trouble, this.#refresh) : nothing}
        <div class="columns">
          <section aria-labelledby="meetings">
            <h2 id="meetings" class="spoken">${t("Rendez-vous")}</h2>
            ${
              this.#pack && appointments.length === 0
                ? html`<p class="empty">${this.#pack.day ? t("Aucun rendez-vous aujourd’hui.") : t("La journée n’est pas encore sur cette tablette. Il faut du réseau, une fois.")}</p>`
                : this.#list(appointments, next)
            }
            <p class="row"><button class="button plain" type="button" aria-busy=${this.#asking} @click=${this.#refresh}>${icon("retry")} ${this.#asking ? t("Chargement…") : t("Recharger la journée")}</button></p>
          </section>
          ${this.#held(appointments)}
        </div>
      </main>
      ${next ? this.#open(next) : nothing}
    `;
  }

  #transferBadge() {
    const { online, pendingOps, pendingPhotos, sendingPercent, problem } = this.store.transfer.state();
    if (problem) return syncBadge({ place: "stuck" }, t("Envoi arrêté"));
    if (sendingPercent !== null)
      return syncBadge({ place: "sending" }, t("Envoi, {percent} %", { percent: Math.round(sendingPercent) }));
    if (pendingOps + pendingPhotos > 0) {
      return online
        ? syncBadge({ place: "sending" }, t("Envoi"))
        : syncBadge({ place: "tablet" }, t("Partira dès qu’il y a du réseau"));
    }
    return syncBadge(
      { place: "safe" },
      online === false ? t("Sans réseau, rien à envoyer") : t("Tout est sur le serveur"),
    );
  }

  #readyLine() {
    if (this.#facts.length === 0) return nothing;
    const ready = this.#facts.every((fact) => fact.ok);
    return html`<p class="ready" ?data-missing=${!ready}>
      <strong>${icon(ready ? "check" : "alert")} ${ready ? t("Prête à partir") : t("Pas encore prête")}</strong>
      ${this.#facts.map((fact) => html`<span class=${fact.ok ? "" : "alarm"}>${fact.words}</span>`)}
    </p>`;
  }

  /** By the hour, or by the way from one to the next. @param {Appointment[]} appointments @param {Appointment | undefined} next */
  #list(appointments, next) {
    const offered = hasRoute(appointments);
    const order = offered ? preference("order") : "time";
    const stops = order === "route" ? inRouteOrder(appointments) : appointments.map((stop) => ({ stop, metres: null }));
    return html`<div class="stack order">${
      offered
        ? oneOf({
            legend: t("Ordre de la journée"),
            quiet: true,
            options: [
              { code: "time", text: t("Par heure") },
              { code: "route", text: t("Par trajet") },
            ],
            value: order,
            choose: (code) => {
              prefer("order", code);
              this.requestUpdate();
            },
          })
        : nothing
    }
    ${order === "route" ? html`<p class="soft">${t("Du premier rendez-vous au plus proche, à vol d’oiseau. Les heures restent celles qui sont convenues.")}</p>` : nothing}</div>
    <ol class="day">${stops.map(({ stop, metres }) => this.#appointment(stop, stop === next, metres))}</ol>`;
  }

  /** @param {Appointment} appointment @param {boolean} here @param {number | null} metres from the one before */
  #appointment(appointment, here, metres) {
    const { id, kind, starts_at: starts, note, summary, visit } = appointment;
    const address = addressOf(appointment);
    const facts = described(appointment);
    return html`<li class=${finished(appointment) ? "done" : ""} aria-current=${here ? "true" : nothing} data-appointment=${id}>
      <time datetime=${starts}>${clock(starts, facts.zone)}</time>
      <div>
        <h3>${address ? html`<a href=${address}>${facts.place}</a>` : facts.place}</h3>
        <p class="kind">${icon(KIND_ICONS[kind] ?? "document")} <span>${TECHNICAL.has(kind) ? word(this.#catalogue?.visits ?? {}, "technical_kinds", kind) : visit ? visitWords(visit) : [word(this.#catalogue ?? {}, "inventory_kinds", kind), facts.tenant].filter(Boolean).join(", ")}</span></p>
        ${appointment.returned ? html`<p class="alarm">${icon("note")} ${t("Renvoyé par le bureau, à corriger")}</p>` : nothing}
        ${facts.detail || note ? html`<p class="soft">${typeset([facts.detail, note].filter(Boolean).join(". "))}</p>` : nothing}
        ${metres === null ? nothing : html`<p class="soft">${metres === 0 ? t("Au même endroit que le précédent") : t("À {distance} du précédent", { distance: distance(metres) })}</p>`}
        ${callable(appointment).map(({ name, phone }) => html`<a class="button quiet" href="tel:${phone.replaceAll(" ", "")}">${icon("speaker")} <span>${t("Appeler {name}", { name })}</span></a>`)}
        <div class="row">${summary ? whereabouts(summary) : syncBadge({ place: "tablet" }, t("Dossier sur la tablette"))}</div>
      </div>
    </li>`;
  }

  /** @param {Appointment[]} appointments */
  #held(appointments) {
    const { pendingOps, pendingPhotos, sendingPercent, lastContact, problem } = this.store.transfer.state();
    const stuck = appointments.reduce((sum, each) => sum + (each.summary?.stuck ?? 0), 0);
    const safe = appointments.filter(
      (each) =>
        each.summary && each.summary.unsentOps + each.summary.unsentPhotos === 0 && each.summary.state !== "planned",
    ).length;
    /** @type {[Where, string, number][]} */
    const rows = [
      [{ place: "safe" }, t("Dossiers en sûreté sur le serveur"), safe],
      [
        { place: sendingPercent === null ? "tablet" : "sending" },
        sendingPercent === null
          ? t("Photos sur la tablette")
          : t("Photos en cours, {percent} %", { percent: Math.round(sendingPercent) }),
        pendingPhotos,
      ],
      [{ place: "tablet" }, t("Réponses sur la tablette"), pendingOps],
    ];
    if (stuck > 0) rows.push([{ place: "stuck" }, t("À traiter"), stuck]);
    return html`<aside class="stack wide" aria-label=${t("Envois")}>
      <section class="stack" aria-labelledby="held">
        <h2 id="held">${t("Ce que cette tablette garde")}</h2>
        ${share(rows)}
        <ul class="ledger">
          ${rows.map(([where, words, count]) => html`<li>${syncBadge(where, words)} <b>${count}</b></li>`)}
        </ul>
        ${leftBehind(this.#ofOthers)}
        <p><small>${t("Rien n’est effacé d’ici avant que le serveur l’ait reçu depuis 7 jours.")}
          ${lastContact ? t("Dernier contact : {time}.", { time: clock(lastContact, this.#pack?.zone) }) : t("Pas encore de contact avec le serveur.")}</small></p>
        <p><button class="button plain" type="button" @click=${() => this.store.transfer.syncNow()}>${icon("send")} ${t("Envoyer maintenant")}</button></p>
      </section>
      ${
        problem
          ? html`<section class="notice" data-tone="stop" aria-labelledby="problem">
            <h2 id="problem">${t("L’envoi s’est arrêté")}</h2>
            <p>${troubleWords(problem)}</p>
            ${problem.code === "session_expired" ? html`<p><a class="button plain" href="#/enrol">${t("Se reconnecter")}</a></p>` : nothing}
          </section>`
          : nothing
      }
    </aside>`;
  }

  /** @param {Appointment} appointment */
  #open(appointment) {
    const begun = appointment.summary && appointment.summary.state !== "planned";
    return html`<nav class="actions" aria-label=${t("Suite")}>
      <a class="button" href=${addressOf(appointment)}><span>${t("Ouvrir : {place}", { place: described(appointment).place })}
        <small>${begun ? t("là où vous en étiez") : clock(appointment.starts_at, described(appointment).zone)}</small></span></a>
    </nav>`;
  }
}

/** Where an appointment is worked on; "" when nothing of it is here. @param {Appointment} appointment */
function addressOf({ kind, inventory_id: inventory, visit }) {
  if (visit) return homeOf(visit.id, TECHNICAL.has(kind) ? kind : null);
  return inventory ? path(inventory) : "";
}

/** Who is expected, without a word about anybody's needs. @param {Record<string, any>} visit */
function visitWords({ candidates, slot }) {
  const kind = slot === "group" ? t("Visite groupée") : t("Visite");
  return [kind, candidates.map((/** @type {any} */ { name }) => name).join(", ")].filter(Boolean).join(" : ");
}

/** Who may be called from the day, of those expected who have a telephone; of a group from the visit itself. @param {Appointment} appointment @returns {{name: string, phone: string}[]} */
function callable({ visit, dwelling_summary: dwelling }) {
  if (visit?.slot === "group") return [];
  const people = visit ? visit.candidates : (dwelling?.phones ?? []);
  return people.filter((/** @type {any} */ { phone }) => phone);
}

/** @param {number} metres */
function distance(metres) {
  return metres < 1000
    ? t("{count} m", { count: Math.round(metres / 10) * 10 })
    : t("{count} km", { count: figure(metres / 1000) });
}

/** What the pack says of the dwelling and of who is expected. @param {Appointment} appointment */
function described(appointment) {
  const dwelling = appointment.dwelling_summary ?? {};
  const place = [dwelling.street, dwelling.type].filter(Boolean).join(", ") || dwelling.reference || t("Logement");
  return {
    place,
    zone: dwelling.zone,
    detail: dwelling.detail ?? "",
    tenant: dwelling.tenant ?? (dwelling.tenants ?? []).join(", "),
  };
}

/** @param {Appointment} appointment */
function finished({ state, summary }) {
  return ["closed", "sealed"].includes(summary?.state ?? state);
}

/** Where an inventory is, in as many badges as there are places. @param {import("../store/session.js").Summary} summary */
function whereabouts({ state, unsentOps, unsentPhotos, stuck, sealedAt, problem, missing }) {
  if (sealedAt || state === "sealed") return syncBadge({ place: "safe" }, t("Scellé, en sûreté sur le serveur"));
  const badges = [];
  if (stuck > 0 || problem) badges.push(syncBadge({ place: "stuck", reason: problem }));
  if (unsentPhotos > 0)
    badges.push(
      syncBadge(
        { place: "tablet" },
        n("Sur la tablette : {count} photo", "Sur la tablette : {count} photos", unsentPhotos),
      ),
    );
  else if (unsentOps > 0) badges.push(syncBadge({ place: "tablet" }, t("Réponses sur la tablette")));
  else if (missing.length > 0) badges.push(syncBadge({ place: "sending" }, t("Le serveur attend encore des photos")));
  else if (state === "planned") badges.push(syncBadge({ place: "tablet" }, t("Dossier sur la tablette")));
  else badges.push(syncBadge({ place: "safe" }));
  if (state === "held") badges.push(syncBadge({ place: "stuck" }, t("Signature arrêtée : le bureau décide")));
  if (state === "interrupted") badges.push(syncBadge({ place: "tablet" }, t("Visite interrompue")));
  return badges;
}

/** The same figures, drawn to scale. @param {[Where, string, number][]} rows */
function share(rows) {
  const total = rows.reduce((sum, [, , count]) => sum + count, 0);
  if (total === 0) return nothing;
  let from = 0;
  return html`<svg class="share" viewBox="0 0 390 10" preserveAspectRatio="none" role="img" aria-label=${rows.map(([, words, count]) => `${words} : ${count}`).join(", ")}>
    ${rows.map(([{ place }, , count]) => {
      const width = (390 * count) / total;
      const part = svg`<rect class=${place} x=${from} width=${Math.max(0, width - 2)} height="10"></rect>`;
      from += width;
      return part;
    })}
  </svg>`;
}

/** The tablet's own day. */
function today() {
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

customElements.define("fa-day-screen", DayScreen);
