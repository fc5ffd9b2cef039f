// What may be said of an element beyond its state: note, working, cleanliness, number, material, promise, place.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { duplicated, move } from "../visit/arrange.js";
import { about, EXCEPTIONS } from "../visit/room-progress.js";
import { elementName, materialName, word } from "../visit/words.js";
import { counter, oneOf } from "./choices.js";
import { advisedBefore, assessment, stillToRepair, worksBetween } from "./exit-details.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import { syncBadge } from "./sync.js";
import { say } from "./toast.js";
import { typedElement } from "./typed-entry.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

const DAY = 86_400_000;

/** `<fa-element-details .draft .catalogue .element>` writes each answer as it is given. */
export class ElementDetails extends Light {
  static properties = {
    draft: { attribute: false },
    catalogue: { attribute: false },
    element: { attribute: false },
    exit: { attribute: false },
    entry: { attribute: false },
    advice: { attribute: false },
    origin: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Draft | null} */
    this.draft = null;
    /** @type {any} */
    this.catalogue = null;
    /** @type {Item} */
    this.element = { id: "" };
    /** Whether this is a move-out. */
    this.exit = false;
    /** Whether it is the visit before the exit. */
    this.advice = false;
    /** What the entry says of it. @type {Record<string, any> | null} */
    this.entry = null;
    /** Where what the entry says comes from. @type {import("../rules/entry.js").Origin | ""} */
    this.origin = "";
  }

  /** @override */
  render() {
    const { draft, catalogue, element } = this;
    if (!draft) return nothing;
    const name = elementName(catalogue, element);
    const kind = about(catalogue, element);
    return html`
      ${this.origin === "imported" ? typedElement(draft, catalogue, element, name) : nothing}
      <fa-text .label=${t("Note : {name}", { name })} .rows=${2} .value=${element.note ?? ""}
        .save=${(/** @type {string} */ text) => this.#set("note", text)}></fa-text>
      ${
        kind.works
          ? oneOf({
              legend: t("Essai"),
              options: this.#options("workings"),
              value: element.working,
              choose: (code) => this.#set("working", code),
              clear: () => this.#set("working", null),
            })
          : nothing
      }
      ${oneOf({
        legend: t("Propreté"),
        options: this.#options("cleanliness"),
        value: element.cleanliness,
        choose: (code) => this.#set("cleanliness", code),
        clear: () => this.#set("cleanliness", null),
      })}
      ${counter({
        legend: t("Combien"),
        value: element.quantity,
        start: this.entry?.quantity ?? 0,
        choose: (value) => this.#set("quantity", value),
        words: { less: t("Un de moins : {name}", { name }), more: t("Un de plus : {name}", { name }) },
      })}
      ${this.#material(kind)}
      ${this.advice ? stillToRepair(draft, element) : nothing} ${advisedBefore(element)}
      ${this.exit ? worksBetween(draft, element) : EXCEPTIONS.includes(element.state) ? this.#promise() : nothing}
      ${this.exit ? assessment(draft, "element", element.id, name) : nothing}
      <details class="fold">
        <summary>${icon("next")} ${t("Renommer, dupliquer, déplacer, retirer")}</summary>
        <fa-text .label=${t("Nom")} .value=${name} .save=${(/** @type {string} */ text) => text.trim() && this.#set("label", text.trim())}></fa-text>
        <div class="row">
          <button class="button plain" type="button" @click=${() => this.#move(-1)}>${icon("up")} ${t("Monter")}</button>
          <button class="button plain" type="button" @click=${() => this.#move(1)}>${icon("down")} ${t("Descendre")}</button>
          <button class="button plain" type="button" @click=${this.#duplicate}>${icon("copy")} ${t("Dupliquer")}</button>
          <button class="button plain" type="button" @click=${this.#remove}>${icon("trash")} ${t("Retirer")}</button>
        </div>
      </details>
      <p>${syncBadge(draft.where(element.id))}</p>
    `;
  }

  /** @param {ReturnType<typeof about>} kind */
  #material(kind) {
    const { catalogue, element } = this;
    const fitting = catalogue.materials.filter((/** @type {any} */ material) =>
      kind.surface ? material.surfaces.includes(kind.surface) : material.elements?.includes(kind.code),
    );
    return html`<fa-text .label=${t("Matériau et couleur")} .value=${materialName(catalogue, element.material)}
      .list=${fitting.map((/** @type {any} */ material) => word(catalogue, "materials", material.code))}
      .save=${(/** @type {string} */ text) => this.#say(text.trim())}></fa-text>`;
  }

  /** @param {string} material */
  #say(material) {
    const { element } = this;
    return this.draft?.setMany([
      { entityId: element.id, kind: "element", field: "material", value: material },
      { entityId: element.id, kind: "element", field: "material_confirmed", value: material !== "" },
    ]);
  }

  #promise() {
    const { catalogue, element } = this;
    const promise = element.promise;
    if (!promise) {
      return html`<div class="asked">
        <p class="legend-like">${t("Le bailleur promet une réparation")}</p>
        <div class="chips">
          ${catalogue.promises.map(
            (/** @type {any} */ each) => html`<button class="chip" type="button"
            @click=${() => this.#set("promise", { text: word(catalogue, "promises", each.code), due: dayIn(each.days) })}>
            ${icon("plus")} ${word(catalogue, "promises", each.code)}
          </button>`,
          )}
        </div>
      </div>`;
    }
    return html`<div class="promise">
      <fa-text .label=${t("Réparation promise par le bailleur")} .value=${promise.text}
        .save=${(/** @type {string} */ text) => this.#set("promise", { ...promise, text })}></fa-text>
      <fa-text .label=${t("Au plus tard le")} .type=${"date"} .value=${promise.due ?? ""}
        .save=${(/** @type {string} */ due) => this.#set("promise", { ...promise, due: due || null })}></fa-text>
      <button class="button quiet" type="button" @click=${() => this.#set("promise", null)}>${t("Retirer la promesse")}</button>
    </div>`;
  }

  /** @param {string} table */
  #options(table) {
    return this.catalogue[table].map((/** @type {any} */ each) => ({
      code: each.code,
      text: word(this.catalogue, table, each.code),
    }));
  }

  /** @param {string} field @param {unknown} value */
  #set(field, value) {
    return this.draft?.set(this.element.id, "element", field, value);
  }

  #siblings() {
    return (this.draft?.list("element") ?? []).filter((each) => each.room_id === this.element.room_id);
  }

  /** @param {-1 | 1} by */
  #move(by) {
    return this.draft?.setMany(move("element", this.#siblings(), this.element.id, by));
  }

  async #duplicate() {
    const { draft, element } = this;
    if (!draft) return;
    const { id, changes } = duplicated(() => draft.newId(), this.#siblings(), element);
    await draft.setMany(changes);
    say(t("{name} dupliqué.", { name: elementName(this.catalogue, element) }), {
      undo: () => draft.set(id, "element", "deleted", true),
    });
  }

  #remove() {
    const { draft, element } = this;
    if (!draft) return;
    void draft.set(element.id, "element", "deleted", true);
    say(t("{name} retiré.", { name: elementName(this.catalogue, element) }), {
      undo: () => draft.set(element.id, "element", "deleted", false),
    });
  }
}

/** @param {number} days from today */
function dayIn(days) {
  return new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
}

customElements.define("fa-element-details", ElementDetails);
