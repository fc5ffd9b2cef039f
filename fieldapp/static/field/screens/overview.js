// The whole inventory at a glance: rooms, the other parts, what is left, and the ways out.

import { html, nothing } from "lit";
import { draftBadge } from "../elements/draft-badge.js";
import { exitNotice } from "../elements/entry-said.js";
import { icon } from "../elements/icon.js";
import { returnedNotice } from "../elements/office-says.js";
import { paperEntry } from "../elements/paper-entry.js";
import { dayInWords } from "../elements/record-words.js";
import { troubleNotice } from "../elements/trouble.js";
import { clock, n, t } from "../i18n.js";
import { path } from "../router.js";
import { move } from "../visit/arrange.js";
import { isAdvice, lookOf } from "../visit/exit.js";
import { roomViews } from "../visit/rooms.js";
import { tally } from "../visit/tally.js";
import { word } from "../visit/words.js";
import { addRoom } from "./room-menu.js";
import { VisitScreen } from "./visit-screen.js";

/** `<fa-overview-screen>` at `#/inventory/<id>`. */
export class OverviewScreen extends VisitScreen {
  #arranging = false;

  #estimates = false;

  get heading() {
    return t("Logement");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    void this.store.estimates().then((wanted) => {
      this.#estimates = wanted;
      this.requestUpdate();
    });
    const { id, header } = this.draft;
    const now = new Date().toISOString();
    const missing = ["started_at", "established_at"].filter((field) => !header[field]);
    const changes = missing.map((field) => ({ entityId: id, kind: "inventory", field, value: now }));
    const house = this.catalogue.house?.sha256;
    if (house && !header.started_at)
      changes.push({ entityId: id, kind: "inventory", field: "house_catalogue", value: house });
    void this.draft.setMany(changes);
  }

  /** @override */
  render() {
    const { draft, catalogue } = this;
    const { context, kind, started_at: started, interruption } = draft.header;
    const rooms = roomViews(draft, catalogue);
    const parts = tally(draft, catalogue);
    const next = rooms.find((room) => !room.complete);
    const advice = isAdvice(draft);
    // Advice may leave out all that is not a room.
    const part = advice ? null : parts.find((each) => !each.complete);
    const last = advice ? t("Terminer la visite conseil") : t("Vérifier et faire signer");
    const tenants = draft.list("party").filter((party) => ["tenant", "co_tenant"].includes(party.quality));
    const alerts = draft.list("alert").filter((alert) => alert.decision?.outcome !== "proceed");
    const begun = rooms.some((room) => room.state.done > 0);
    const look = lookOf(draft, catalogue);
    return html`
      <header class="appbar">
        <a class="back" href="#/day">${icon("back")} ${t("Ma journée")}</a>
        ${draftBadge(draft)}
      </header>
      <main class="page narrow stack wide">
        <div class="stack">
          <p class="soft">${word(catalogue, "inventory_kinds", kind)}${tenants.length > 0 ? `, ${tenants.map((party) => party.name).join(", ")}` : ""}</p>
          <h1>${this.place}</h1>
          ${look?.on ? html`<p class="soft">${t("Entrée du {day}", { day: dayInWords(look.on) })}</p>` : nothing}
          <p class="soft">${[context?.dwelling?.detail, [context?.dwelling?.postcode, context?.dwelling?.town].filter(Boolean).join(" "), started && t("commencé à {time}", { time: clock(started, context?.dwelling?.zone) })].filter(Boolean).join(", ")}</p>
        </div>
        ${troubleNotice(draft.problem, () => draft.retry())}
        ${draft.header.proposal ? html`<p class="exit-notice">${t("Les états de la sortie du {day} sont proposés : chaque pièce est à confirmer.", { day: dayInWords(draft.header.proposal.on) })}</p>` : nothing}
        ${returnedNotice(draft)} ${exitNotice(draft, catalogue, look)} ${paperEntry(draft, look)}
        ${
          interruption
            ? html`<section class="notice"><h2>${t("Visite interrompue")}</h2><p>${word(catalogue, "interruption_reasons", interruption.reason)}</p>
              <p><a class="button plain" href=${path(draft.id, "interrupt")}>${t("Reprendre la visite")}</a></p></section>`
            : nothing
        }
        ${alerts.map(
          (alert) => html`<section class="notice" data-tone="stop">
            <h2>${icon("alert")} ${t("Danger signalé")}</h2>
            <p>${word(catalogue, "alert_reasons", alert.body?.reason)}. ${alert.decision?.outcome === "stop" ? t("Le bureau a arrêté la remise des clés.") : t("La signature attend la décision du bureau.")}</p>
            <p><a class="button plain" href=${path(draft.id, "alert")}>${t("Voir")}</a></p>
          </section>`,
        )}
        <section class="stack" aria-labelledby="rooms">
          <div class="row apart">
            <h2 id="rooms">${t("Pièces")}</h2>
            <button class="button quiet" type="button" aria-pressed=${this.#arranging} @click=${this.#arrange}>
              ${icon("list")} ${this.#arranging ? t("Terminé") : t("Changer l’ordre")}
            </button>
          </div>
          <ol class="tasks rounds">
            ${rooms.map((room, index) => this.#room(room, index, rooms))}
          </ol>
          <p><button class="button plain" type="button" @click=${() => addRoom(draft, catalogue)}>${icon("plus")} ${t("Ajouter une pièce")}</button></p>
        </section>
        <section class="stack" aria-labelledby="parts">
          <h2 id="parts">${t("Tout le logement")}</h2>
          <ol class="tasks rounds">
            ${parts.map(
              (each) => html`<li>
              <b>${icon(each.icon)}</b><div><a href=${path(draft.id, each.step)}>${each.name}</a></div>
              ${status(each.complete, each.done, each.total)}
            </li>`,
            )}
            ${kind === "move_out" && this.#estimates ? html`<li><b>${icon("document")}</b><div><a href=${path(draft.id, "estimate")}>${t("Estimation sur place")}</a><p>${t("Pour information : elle n’est pas signée.")}</p></div><span class="status"></span></li>` : nothing}
            <li><b>${icon(advice ? "document" : "sign")}</b><div><a href=${path(draft.id, advice ? "advice" : "check")}>${last}</a></div><span class="status"></span></li>
          </ol>
        </section>
        <section class="row" aria-label=${t("Si quelque chose arrête la visite")}>
          <a class="button plain" href=${path(draft.id, "alert")}>${icon("alert")} ${t("Danger")}</a>
          <a class="button plain" href=${path(draft.id, "interrupt")}>${icon("clock")} ${t("J’interromps la visite")}</a>
        </section>
      </main>
      <nav class="actions" aria-label=${t("Suite")}>
        ${
          next
            ? html`<a class="button" href=${path(draft.id, "room", next.id)}><span>${begun ? t("Continuer") : t("Commencer")} <small>${next.name}</small></span></a>`
            : html`<a class="button" href=${path(draft.id, part?.step ?? (advice ? "advice" : "check"))}><span>${part ? t("Continuer") : last} ${part ? html`<small>${part.name}</small>` : nothing}</span></a>`
        }
      </nav>
    `;
  }

  /** @param {import("../visit/rooms.js").RoomView} room @param {number} index @param {import("../visit/rooms.js").RoomView[]} rooms */
  #room(room, index, rooms) {
    const filled = room.elements.filter((element) => element.filled_at_one_touch).length;
    const facts = [
      room.wide ? "" : room.state.done > 0 ? t("sans photo d’ensemble") : "",
      filled > 0 ? n("{count} ligne remplie d’un coup", "{count} lignes remplies d’un coup", filled) : "",
    ].filter(Boolean);
    if (this.#arranging) {
      return html`<li>
        <b>${index + 1}</b><div><strong>${room.name}</strong></div>
        <span class="row">
          <button class="tool" type="button" ?hidden=${index === 0} @click=${() => this.#move(room.id, -1)}>${icon("up")} ${t("Monter")}<span class="spoken"> : ${room.name}</span></button>
          <button class="tool" type="button" ?hidden=${index === rooms.length - 1} @click=${() => this.#move(room.id, 1)}>${icon("down")} ${t("Descendre")}<span class="spoken"> : ${room.name}</span></button>
        </span>
      </li>`;
    }
    return html`<li>
      <b>${index + 1}</b>
      <div><a href=${path(this.draft.id, "room", room.id)}>${room.name}</a><p>${facts.join(", ")}</p></div>
      ${status(room.complete, room.state.done, room.state.total)}
    </li>`;
  }

  #arrange() {
    this.#arranging = !this.#arranging;
    this.requestUpdate();
  }

  /** @param {string} id @param {-1 | 1} by */
  #move(id, by) {
    void this.draft.setMany(move("room", this.draft.list("room"), id, by));
  }
}

/** @param {boolean} complete @param {number} done @param {number} total */
function status(complete, done, total) {
  return complete
    ? html`<span class="status">${icon("check")} ${t("Complet")}</span>`
    : html`<span class="status open">${t("{done} sur {total}", { done, total })}</span>`;
}

customElements.define("fa-overview-screen", OverviewScreen);
