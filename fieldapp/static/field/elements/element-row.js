// One element of a room: its five answers, its defects, its camera and its note.

import { html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import { label, n, t } from "../i18n.js";
import { isAdvice } from "../visit/exit.js";
import { about, EXCEPTIONS, OTHERS } from "../visit/room-progress.js";
import { elementName, materialName, word } from "../visit/words.js";
import { anyOf, oneOf } from "./choices.js";
import { entryState, entryThumb } from "./entry-said.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import { officeSays } from "./office-says.js";
import { photoStrip } from "./photo-strip.js";
import { placeMark } from "./sync.js";
import "./element-details.js";
import "./shooter.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

/** The four states with a tile of their own. */
const TILES = ["new", "good", "worn", "poor"];

/**
 * `<fa-element-row>` tells `state` {state}, `other`, `defects` {codes}, `shoot`, `details`; the room writes.
 */
export class ElementRow extends Light {
  static properties = {
    draft: { attribute: false },
    catalogue: { attribute: false },
    element: { attribute: false },
    photos: { attribute: false },
    place: { attribute: false },
    opened: { attribute: false },
    armed: { attribute: false },
    beside: { attribute: false },
    entry: { attribute: false },
    change: { attribute: false },
    earlier: { attribute: false },
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
    this.photos = 0;
    /** Where the row is; drawn again when it moves. @type {import("./sync.js").Place} */
    this.place = "tablet";
    /** What is open below the row. @type {"" | "defects" | "others" | "details"} */
    this.opened = "";
    this.armed = false;
    /** Defects and details stand beside the list, not below the row. */
    this.beside = false;
    /** What the entry says of it; null when it says nothing. @type {Record<string, any> | null} */
    this.entry = null;
    /** What became of it since the entry; "" for an entry. @type {"" | import("../rules/change.js").Change} */
    this.change = "";
    /** What the entry showed of it. @type {import("../visit/exit.js").Before[]} */
    this.earlier = [];
    /** Where what the entry says comes from. @type {import("../rules/entry.js").Origin | ""} */
    this.origin = "";
    this.setAttribute("role", "listitem");
    this.classList.add("element");
  }

  /** @override */
  willUpdate() {
    this.classList.toggle("changed", this.#differs);
    this.classList.toggle("exit", this.change !== "" || Boolean(this.element.proposed));
    this.classList.toggle("here", this.opened !== "");
    this.toggleAttribute("data-safety", this.#wanted);
    this.dataset.element = this.element.id;
  }

  /** At an exit: from the entry, of which the same is quiet however bad. At an entry: from good order. */
  get #differs() {
    const { state } = this.element;
    if (!state) return false;
    if (this.change === "") return state !== "new" && state !== "good";
    return (
      this.change === "changed" || this.change === "created" || (!this.entry && state !== "new" && state !== "good")
    );
  }

  /** A safety row that nobody looked at. */
  get #wanted() {
    return Boolean(about(this.catalogue, this.element).safety) && !this.element.state;
  }

  /** @override */
  render() {
    const { catalogue, element, draft } = this;
    if (!draft) return nothing;
    const name = elementName(catalogue, element);
    return html`
      <p class="name" id="name-${element.id}"><strong>${name}</strong> ${this.#facts()}</p>
      ${officeSays(draft, element.id)}
      ${this.change === "" && element.proposed ? html`<div class="was">${entryState(catalogue, element.proposed, "proposed")}</div>` : nothing}
      ${this.change === "" ? nothing : html`<div class="was">${this.entry ? entryState(catalogue, this.entry, this.origin) : nothing} ${entryThumb(draft, this.earlier, name)}</div>`}
      ${this.#states()}
      <button class="tool shot ${this.photos ? "has" : ""}" type="button" @click=${() => this.tell("shoot", this.element)}>
        ${icon("camera")} ${
          this.photos
            ? html`${this.photos}<span class="spoken"> ${n("photo", "photos", this.photos)}</span>`
            : t("Photo")
        }<span class="spoken"> : ${name}</span>
      </button>
      <button class="tool note ${element.note ? "has" : ""}" type="button" aria-expanded=${this.opened === "details"}
        @click=${() => this.tell("details", this.element)}>
        ${icon("note")} ${t("Note")}<span class="spoken"> : ${name}</span>
      </button>
      ${this.opened && !(this.beside && this.opened !== "others") ? html`<div class="more">${this.#more(name)}</div>` : nothing}
    `;
  }

  #facts() {
    const { catalogue, element } = this;
    const material = materialName(catalogue, element.material);
    const surface = about(catalogue, element).surface && element.state !== "absent";
    const facts = [
      this.#wanted && t("Sécurité : à regarder"),
      material && (surface && !element.material_confirmed ? t("{material}, à confirmer", { material }) : material),
      surface && !material && t("matériau à dire"),
      OTHERS.includes(element.state) && word(catalogue, "states", element.state),
      ...(this.opened === "defects"
        ? []
        : (element.defects ?? []).map((/** @type {string} */ code) => word(catalogue, "defects", code))),
      element.quantity != null && `× ${element.quantity}`,
      this.entry?.quantity > 1 && t("{count} à l’entrée", { count: this.entry?.quantity }),
      element.cleanliness === "to_clean" && word(catalogue, "cleanliness", "to_clean"),
      element.promise && t("réparation promise"),
      this.change === "created" && word(catalogue, "changes", "created"),
      element.works && word(catalogue, "changes", "replaced"),
      element.advice && t("à réparer avant la sortie"),
      element.advised?.text && t("conseillé : {text}", { text: element.advised.text }),
    ].filter(Boolean);
    return html`<small>${facts.join(", ")} ${element.state ? placeMark({ place: this.place }) : nothing}</small>`;
  }

  #states() {
    const { catalogue, element } = this;
    const other = OTHERS.includes(element.state);
    return html`<div class="states" role="radiogroup" aria-labelledby="name-${element.id}">
      ${TILES.map((code) => {
        const state = catalogue.states.find((/** @type {any} */ each) => each.code === code);
        return html`<label data-state=${code} title=${label(state?.words)}>
          <input type="radio" name="state-${element.id}" value=${code} .checked=${live(element.state === code)}
            @click=${() => this.tell("state", { element, state: code })} />
          <b aria-hidden="true">${label(state?.letter)}</b><span>${label(state?.label)}</span>
        </label>`;
      })}
      <label data-state="other">
        <input type="radio" name="state-${element.id}" value="other" .checked=${live(other)}
          @click=${() => this.tell("other", element)} />
        <b aria-hidden="true">${other ? this.#letter() : "–"}</b>
        <span>${t("Autre")}<span class="spoken">${other ? ` : ${word(catalogue, "states", element.state)}` : ""}</span></span>
      </label>
    </div>`;
  }

  #letter() {
    return label(this.catalogue.states.find((/** @type {any} */ each) => each.code === this.element.state)?.letter);
  }

  /** @param {string} name */
  #more(name) {
    const { draft, catalogue, element } = this;
    if (!draft) return nothing;
    if (this.opened === "others")
      return otherStates(catalogue, element, name, (state) => this.tell("state", { element, state }));
    return html`
      ${
        EXCEPTIONS.includes(element.state)
          ? defectChips(catalogue, element, name, (codes) => this.tell("defects", { element, codes }))
          : nothing
      }
      ${
        this.armed
          ? html`<fa-shooter class="inline" .draft=${draft} .name=${name} .earlier=${this.earlier[0] ?? null}
            .subject=${{ subjectKind: "element", subjectId: element.id, roomId: element.room_id }}></fa-shooter>`
          : nothing
      }
      ${photoStrip(draft, element.id, name)}
      ${
        this.opened === "details"
          ? html`<fa-element-details .draft=${draft} .catalogue=${catalogue} .element=${element} .exit=${this.change !== ""} .advice=${isAdvice(draft)} .entry=${this.entry} .origin=${this.origin}></fa-element-details>`
          : nothing
      }
    `;
  }
}

/**
 * The answers behind *Autre*.
 * @param {any} catalogue
 * @param {Item} element
 * @param {string} name
 * @param {(state: string) => unknown} choose
 */
function otherStates(catalogue, element, name, choose) {
  const works = about(catalogue, element).works;
  return oneOf({
    legend: t("Autre état : {name}", { name }),
    quiet: true,
    options: OTHERS.filter((code) => works || code !== "out_of_order").map((code) => ({
      code,
      text: word(catalogue, "states", code),
    })),
    value: element.state,
    choose,
  });
}

/**
 * The defects that this kind of element may have.
 * @param {any} catalogue
 * @param {Item} element
 * @param {string} name
 * @param {(codes: string[]) => unknown} choose
 */
export function defectChips(catalogue, element, name, choose) {
  const usual = about(catalogue, element).defects;
  const codes = usual?.length ? usual : catalogue.defects.map((/** @type {any} */ defect) => defect.code);
  const values = element.defects ?? [];
  return anyOf({
    legend: t("Défauts : {name}", { name }),
    quiet: true,
    options: [...new Set([...codes, ...values])].map((code) => ({
      code,
      text: word(catalogue, "defects", code).toLocaleLowerCase(),
    })),
    values,
    choose,
  });
}

customElements.define("fa-element-row", ElementRow);
