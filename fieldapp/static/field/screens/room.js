// One room: walk, tap where it differs, then the rest in one touch.

import { html, nothing } from "lit";
import { shoot } from "../elements/camera.js";
import { cameraPermission } from "../elements/camera-stream.js";
import { draftBadge } from "../elements/draft-badge.js";
import { defectChips } from "../elements/element-row.js";
import { entryFacts, entryState, exitNotice } from "../elements/entry-said.js";
import { icon } from "../elements/icon.js";
import { photoStrip } from "../elements/photo-strip.js";
import { roomsNav } from "../elements/rooms-nav.js";
import { say } from "../elements/toast.js";
import { troubleNotice } from "../elements/trouble.js";
import { label, n, t } from "../i18n.js";
import { go, path } from "../router.js";
import { isAdvice, lookOf } from "../visit/exit.js";
import { applyPreset, confirmMaterials, fillRest, fillUnchanged, giveState } from "../visit/room-fill.js";
import { EXCEPTIONS } from "../visit/room-progress.js";
import { roomViews } from "../visit/rooms.js";
import { roomAfter } from "../visit/walk.js";
import { elementName, materialName, word } from "../visit/words.js";
import { addElement, openRoomMenu } from "./room-menu.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/element-details.js";
import "../elements/shooter.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("../visit/rooms.js").RoomView} RoomView */
/** @typedef {import("../visit/exit.js").Look} Look */
/** @typedef {import("../elements/element-row.js").ElementRow["opened"]} Opened */

/** Rooms whose doorway photo was offered since the application started: it is offered once, wanted by the bulk line. */
const offered = new Set();

/** The same empty list each time, so that rows are not drawn again for it. @type {import("../visit/exit.js").Before[]} */
const NONE = [];

/** `<fa-room-screen>` at `#/inventory/<id>/room/<roomId>`. */
export class RoomScreen extends VisitScreen {
  /** The row under the finger. */
  #active = "";
  /** @type {Opened} */
  #opened = "";
  /** Whether the next press of the shutter belongs to the active row. */
  #armed = false;
  /** Three panes: rooms, elements, evidence. */
  #panes = matchMedia("(width >= 64rem)");

  get heading() {
    return t("Pièce");
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    const redraw = () => this.requestUpdate();
    this.#panes.addEventListener("change", redraw);
    this.endings.push(() => this.#panes.removeEventListener("change", redraw));
    this.#active = this.params[1] ?? "";
  }

  /** @override */
  firstUpdated() {
    super.firstUpdated();
    const view = this.#view();
    if (!view) return;
    if (this.#active)
      this.querySelector(`[data-element="${CSS.escape(this.#active)}"]`)?.scrollIntoView({ block: "center" });
    else if (!view.wide && !this.#panes.matches) void this.#offer(view);
  }

  /** @returns {RoomView | undefined} */
  #view() {
    return roomViews(this.draft, this.catalogue).find((view) => view.id === this.params[0]);
  }

  /** Entering a room offers the doorway photo, where a camera may be used. @param {RoomView} view */
  async #offer(view) {
    if (offered.has(view.id)) return;
    offered.add(view.id);
    const permission = await cameraPermission();
    if (permission === "missing" || permission === "denied" || !this.isConnected) return;
    await this.#shootWide(view);
  }

  /** @param {RoomView} view */
  #shootWide(view) {
    return shoot({
      draft: this.draft,
      subject: { subjectKind: "room", subjectId: view.id, roomId: view.id },
      name: t("{room}, vue d’ensemble", { room: view.name }),
      hint: t("Depuis la porte, toute la pièce. Ni visage, ni papier."),
      before: lookOf(this.draft, this.catalogue)?.photos("room", view.room)[0] ?? null,
      once: true,
    });
  }

  /** @override */
  render() {
    const rooms = roomViews(this.draft, this.catalogue);
    const view = rooms.find((each) => each.id === this.params[0]);
    if (!view) return this.#gone();
    const panes = this.#panes.matches;
    const look = lookOf(this.draft, this.catalogue);
    return html`
      <header class="appbar">
        <a class="back" href=${path(this.draft.id)}>${icon("back")} <span class="spoken">${t("Retour à")} </span><span class="word">${t("Pièces")}</span></a>
        <h1>${view.name}</h1>
        <span class="soft">${rooms.indexOf(view) + 1} / ${rooms.length}</span>
        ${draftBadge(this.draft)}
        <button class="tool" type="button" @click=${() => this.#menu(view)}>${icon("more")} ${t("Pièce")}</button>
      </header>
      <main class="room">
        ${roomsNav(this.draft, rooms, this.catalogue, view.id)}
        <div class="work">
          ${troubleNotice(this.draft.problem, () => this.draft.retry())}
          ${exitNotice(this.draft, this.catalogue, look)}
          ${this.#materials(view)}
          <div class="elements" role="list" aria-label=${t("Éléments : {room}", { room: view.name })}
            @state=${this.#state} @other=${this.#other} @defects=${this.#defects} @shoot=${this.#shoot} @details=${this.#details} @photo=${this.#shot}>
            ${view.elements.map((element) => this.#row(element, panes, look))}
          </div>
          <p class="add-line"><button class="button quiet" type="button" @click=${() => addElement(this.draft, this.catalogue, view)}>${icon("plus")} ${t("Ajouter un élément")}</button></p>
          ${this.#legend()}
          ${this.#actions(view, rooms, look)}
        </div>
        ${panes ? this.#evidence(view, look) : nothing}
      </main>
    `;
  }

  /** @param {Item} element @param {boolean} panes @param {Look | null} look */
  #row(element, panes, look) {
    const active = element.id === this.#active;
    return html`<fa-element-row .draft=${this.draft} .catalogue=${this.catalogue} .element=${element}
      .photos=${this.draft.photos(element.id).length} .place=${this.draft.where(element.id).place}
      .entry=${look?.of("element", element) ?? null} .change=${look?.change("element", element) ?? ""} .earlier=${look?.photos("element", element) ?? NONE} .origin=${look?.origin ?? ""}
      .opened=${active ? this.#opened : ""} .armed=${active && this.#armed && !panes} .beside=${panes}
      aria-current=${active && panes ? "true" : nothing}></fa-element-row>`;
  }

  #legend() {
    return html`<p class="legend">
      ${this.catalogue.states.map((/** @type {any} */ state) => html`<span><b>${label(state.letter)}</b> ${label(state.words)}</span>`)}
    </p>`;
  }

  /** Floor, walls and ceiling: said in one tap, or confirmed in one. @param {RoomView} view */
  #materials({ room, elements, state }) {
    const { catalogue, draft } = this;
    if (state.unsaid.length > 0) {
      const fitting = catalogue.presets.filter((/** @type {any} */ preset) =>
        preset.room_kinds.includes(room.room_kind),
      );
      return html`<section class="materials" data-missing>
        <h2>${t("De quoi sont faits : {names} ?", { names: state.unsaid.map((each) => elementName(catalogue, each)).join(", ") })}</h2>
        <div class="chips">
          ${(fitting.length > 0 ? fitting : catalogue.presets).map(
            (/** @type {any} */ preset) => html`<button class="chip" type="button"
            @click=${() =>
              draft.setMany([
                ...applyPreset(catalogue, elements, texts(catalogue, preset.materials)).forth,
                { entityId: room.id, kind: "room", field: "preset", value: preset.code },
              ])}>${icon("plus")} ${label(preset.label)}</button>`,
          )}
        </div>
        <small>${t("Un autre matériau : touchez Note sur la ligne.")}</small>
      </section>`;
    }
    if (state.unconfirmed.length === 0) return nothing;
    return html`<section class="materials">
      <p><strong>${t("Matériaux")}</strong> ${materialWords(catalogue, state.unconfirmed)}</p>
      <button class="button plain" type="button" @click=${() => draft.setMany(confirmMaterials(catalogue, elements).forth)}>${icon("check")} ${t("Confirmer")}</button>
    </section>`;
  }

  /** @param {RoomView} view @param {RoomView[]} rooms @param {Look | null} look */
  #actions(view, rooms, look) {
    const { unconfirmed } = view.state;
    const fill = this.#fill(view, look);
    const untouched = fill.forth.filter((change) => change.field === "state");
    const next = rooms.find((each) => each.id === roomAfter(rooms, view.id));
    return html`<div class="actions">
      ${
        untouched.length > 0
          ? html`<button class="button plain" type="button" @click=${() => this.#rest(view)}>
            <span>${comparable(look) ? t("Inchangé") : this.#source(view, look) ? t("Comme proposé") : t("Le reste : bon état")}
              <small>${unconfirmed.length > 0 ? n("{count} ligne, matériaux confirmés", "{count} lignes, matériaux confirmés", untouched.length) : n("{count} ligne non touchée", "{count} lignes non touchées", untouched.length)}</small></span>
          </button>`
          : nothing
      }
      <a class="button" href=${next ? path(this.draft.id, "room", next.id) : path(this.draft.id, "meters")}>
        <span>${next ? t("Pièce suivante") : t("Suite de la visite")} <small>${next?.name ?? t("Compteurs")}</small></span>
      </a>
    </div>`;
  }

  /** What one touch fills: good order at an entry, what the entry says at an exit. @param {RoomView} view @param {Look | null} look */
  #fill(view, look) {
    const source = this.#source(view, look);
    if (source === null) return fillRest(this.catalogue, view.elements);
    const unchanged = fillUnchanged(this.catalogue, view.elements, source);
    const filled = new Set(unchanged.forth.map((change) => change.entityId));
    // The materials that are shown are confirmed with it, of the rows that changed too.
    const materials = confirmMaterials(
      this.catalogue,
      view.elements.filter((element) => !filled.has(element.id)),
    );
    return { forth: [...unchanged.forth, ...materials.forth], back: [...unchanged.back, ...materials.back] };
  }

  /** What *Inchangé* fills in: the entry at an exit, at a new letting what the fresh exit proposes. @param {RoomView} view @param {Look | null} look */
  #source(view, look) {
    if (comparable(look)) return (/** @type {Item} */ element) => look.of("element", element);
    const proposed = view.elements.some((element) => element.proposed && !element.state);
    return look === null && proposed ? (/** @type {Item} */ element) => element.proposed ?? null : null;
  }

  /** @param {RoomView} view @param {Look | null} look */
  #evidence(view, look) {
    const { draft, catalogue } = this;
    const element = view.elements.find((each) => each.id === this.#active);
    const name = element ? elementName(catalogue, element) : t("{room}, vue d’ensemble", { room: view.name });
    const subject = element
      ? { subjectKind: "element", subjectId: element.id, roomId: view.id }
      : { subjectKind: "room", subjectId: view.id, roomId: view.id };
    const before = (element ? look?.photos("element", element) : look?.photos("room", view.room)) ?? NONE;
    const entry = element ? look?.of("element", element) : null;
    return html`<aside class="evidence" aria-labelledby="shown">
      <h2 id="shown">${element ? name : view.name}</h2>
      ${entry ? html`<p class="row">${entryState(catalogue, entry, look?.origin)} <span class="soft">${entryFacts(catalogue, entry)}</span></p>` : nothing}
      <fa-shooter class="panel" .earlier=${before[0] ?? null} .draft=${draft} .subject=${subject} .name=${name} @photo=${this.#shot}></fa-shooter>
      ${!element && !view.wide ? html`<p class="soft">${t("D’abord la pièce entière, depuis la porte.")}</p>` : nothing}
      ${
        element && EXCEPTIONS.includes(element.state)
          ? defectChips(catalogue, element, name, (codes) => draft.set(element.id, "element", "defects", codes))
          : nothing
      }
      ${photoStrip(draft, subject.subjectId, name)}
      ${
        element
          ? html`<fa-element-details .draft=${draft} .catalogue=${catalogue} .element=${element} .exit=${look !== null} .entry=${entry ?? null} .advice=${isAdvice(draft)} .origin=${look?.origin ?? ""}></fa-element-details>
            <button class="button quiet" type="button" @click=${() => this.#release()}>${t("Revenir à la pièce entière")}</button>`
          : nothing
      }
    </aside>`;
  }

  #gone() {
    return html`<header class="appbar"><a class="back" href=${path(this.draft.id)}>${icon("back")} ${t("Pièces")}</a><h1>${t("Pièce retirée")}</h1></header>
      <main class="page"><p>${t("Cette pièce n’est plus dans l’état des lieux.")}</p></main>`;
  }

  /** @param {CustomEvent<{element: Item, state: string}>} event */
  #state({ detail: { element, state } }) {
    const exception = EXCEPTIONS.includes(state);
    this.#active = exception || this.#panes.matches ? element.id : "";
    this.#opened = exception ? "defects" : "";
    this.#armed = exception;
    void this.draft.setMany(giveState(element, state));
    this.requestUpdate();
    if (exception) void this.#reveal();
  }

  /** What opened below a low row comes into sight. */
  async #reveal() {
    await this.updateComplete;
    const row = this.querySelector(`[data-element="${CSS.escape(this.#active)}"]`);
    await /** @type {import("lit").LitElement | null} */ (row)?.updateComplete;
    row?.querySelector(".more")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {CustomEvent<Item>} event */
  #other({ detail }) {
    this.#toggle(detail.id, "others");
  }

  /** @param {CustomEvent<Item>} event */
  #details({ detail }) {
    this.#toggle(detail.id, "details");
  }

  /** @param {string} id @param {Opened} what */
  #toggle(id, what) {
    const close = this.#active === id && this.#opened === what;
    this.#active = id;
    this.#opened = close ? "" : what;
    this.#armed = false;
    this.requestUpdate();
    void this.#reveal();
  }

  /** @param {CustomEvent<{element: Item, codes: string[]}>} event */
  #defects({ detail: { element, codes } }) {
    void this.draft.set(element.id, "element", "defects", codes);
  }

  /** @param {CustomEvent<Item>} event */
  #shoot({ detail: element }) {
    if (this.#panes.matches) {
      this.#active = element.id;
      this.#opened = "details";
      this.requestUpdate();
      return;
    }
    void shoot({
      draft: this.draft,
      subject: { subjectKind: "element", subjectId: element.id, roomId: element.room_id },
      name: elementName(this.catalogue, element),
      before: lookOf(this.draft, this.catalogue)?.photos("element", element)[0] ?? null,
    });
  }

  /** The armed shot is taken: the viewfinder goes, the defects stay. */
  #shot() {
    this.#armed = false;
    this.requestUpdate();
  }

  #release() {
    this.#active = "";
    this.#opened = "";
    this.#armed = false;
    this.requestUpdate();
  }

  /** @param {RoomView} view */
  async #menu(view) {
    const chosen = await openRoomMenu(this.draft, this.catalogue, view);
    if (chosen === "wide") await this.#shootWide(view);
  }

  /** Fills what nobody touched, with the doorway photo first, and goes on when nothing is left. @param {RoomView} view */
  async #rest(view) {
    if (!view.wide && (await this.#shootWide(view)) === null) return;
    const look = lookOf(this.draft, this.catalogue);
    const { forth, back } = this.#fill(view, look);
    const proposed = !comparable(look) && this.#source(view, look) !== null;
    const filled = forth.filter((change) => change.field === "state").length;
    await this.draft.setMany(forth);
    this.#release();
    const address = path(this.draft.id, "room", view.id);
    const rooms = roomViews(this.draft, this.catalogue);
    const now = rooms.find((each) => each.id === view.id);
    if (now?.complete) {
      const next = roomAfter(rooms, view.id);
      go(next ? path(this.draft.id, "room", next) : path(this.draft.id, "meters"));
    } else {
      await this.updateComplete;
      /** @type {HTMLElement | null} */ (
        this.querySelector("[data-safety] input, .materials[data-missing] button")
      )?.focus();
    }
    const words = proposed
      ? n("{room} : {count} ligne comme proposé.", "{room} : {count} lignes comme proposé.", filled, {
          room: view.name,
        })
      : comparable(look)
        ? n("{room} : {count} ligne comme à l’entrée.", "{room} : {count} lignes comme à l’entrée.", filled, {
            room: view.name,
          })
        : n("{room} : {count} ligne en bon état.", "{room} : {count} lignes en bon état.", filled, {
            room: view.name,
          });
    const left =
      now && !now.complete && now.state.safety.length > 0
        ? ` ${n("Reste {count} ligne de sécurité à regarder.", "Restent {count} lignes de sécurité à regarder.", now.state.safety.length)}`
        : "";
    say(words + left, {
      undo: async () => {
        await this.draft.setMany(back);
        go(address);
      },
    });
  }
}

/** Whether a room may be left as the entry said it was. @param {Look | null} look @returns {look is Look} */
function comparable(look) {
  return look?.origin === "sealed" || look?.origin === "imported";
}

/** @param {any} catalogue @param {Item[]} elements */
function materialWords(catalogue, elements) {
  return elements
    .map((element) => `${elementName(catalogue, element)} : ${materialName(catalogue, element.material)}`)
    .join(" · ");
}

/**
 * A preset's materials as the text that the inventory keeps; the catalogue's French is what every reader translates from.
 * @param {any} catalogue
 * @param {Record<string, string>} materials code by surface
 */
function texts(catalogue, materials) {
  return Object.fromEntries(
    Object.entries(materials).map(([surface, code]) => [
      surface,
      catalogue.materials.find((/** @type {any} */ each) => each.code === code)?.label.fr ??
        word(catalogue, "materials", code),
    ]),
  );
}

customElements.define("fa-room-screen", RoomScreen);
