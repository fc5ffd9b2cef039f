// The line to sign on: what the finger or the pen draws becomes whole numbers, with their times.

import { html, svg } from "lit";
import { t } from "../i18n.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";

const WIDTH = 3000;
const HEIGHT = 1150;
const LONGEST = 20_000; // points a stroke, 1000 strokes: what the server takes
const MOST = 1000;

/** @typedef {[number, number, number]} Point x and y in the box, ms since the first point */

/**
 * Where an event is in the box.
 * @param {{clientX: number, clientY: number}} event
 * @param {{left: number, top: number, width: number, height: number}} frame of the box on the screen
 * @returns {[number, number]}
 */
export function placed({ clientX, clientY }, { left, top, width, height }) {
  /** @param {number} share @param {number} whole */
  const within = (share, whole) => Math.round(Math.min(1, Math.max(0, share)) * whole);
  return [within((clientX - left) / width, WIDTH), within((clientY - top) / height, HEIGHT)];
}

/**
 * A stroke as the path of an SVG.
 * @param {number[][]} stroke
 */
export function strokePath(stroke) {
  const [first, ...rest] = stroke;
  if (!first) return "";
  // A dot is a line of no length: round ends make it seen.
  return `M${first[0]} ${first[1]}${rest.map(([x, y]) => `L${x} ${y}`).join("") || "h0"}`;
}

/** `<fa-signature-box .strokes .name .problem>` tells `drawn` with the strokes after each one. */
export class SignatureBox extends Light {
  static properties = { strokes: { attribute: false }, name: { attribute: false }, problem: { attribute: false } };

  /** @type {number | null} the pointer that draws */
  #pointer = null;
  /** The line under it, ours until it is lifted: whoever draws the page again would give us back the strokes before. @type {Point[]} */
  #line = [];
  /** @type {number | null} */
  #start = null;

  constructor() {
    super();
    /** @type {Point[][]} */
    this.strokes = [];
    /** Whose signature it is. */
    this.name = "";
    /** The id of the sentence that says what is wrong, or "". */
    this.problem = "";
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (this.#pointer !== null || this.strokes.length >= MOST) return;
    event.preventDefault();
    this.#pointer = event.pointerId;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    if (this.strokes.length === 0) this.#start = event.timeStamp;
    this.#line = [this.#point(event)];
    this.requestUpdate();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer) return;
    const events = event.getCoalescedEvents?.() ?? [];
    const stroke = this.#line;
    for (const each of events.length > 0 ? events : [event]) {
      const point = this.#point(each);
      const last = stroke.at(-1);
      if (stroke.length < LONGEST && (point[0] !== last?.[0] || point[1] !== last?.[1])) stroke.push(point);
    }
    this.requestUpdate();
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.strokes = [...this.strokes, this.#line];
    this.#line = [];
    this.tell("drawn", this.strokes);
  }

  /** @param {PointerEvent} event @returns {Point} */
  #point(event) {
    const [x, y] = placed(event, /** @type {Element} */ (this.querySelector("svg.box")).getBoundingClientRect());
    return [x, y, Math.max(0, Math.round(event.timeStamp - (this.#start ?? event.timeStamp)))];
  }

  #clear() {
    this.strokes = [];
    this.#line = [];
    this.#pointer = null;
    this.tell("drawn", this.strokes);
  }

  /** @override */
  render() {
    const drawn = this.#line.length > 0 ? [...this.strokes, this.#line] : this.strokes;
    const words =
      drawn.length > 0
        ? t("Signature dessinée de {name}", { name: this.name })
        : t("Cadre vide, pour la signature de {name}", { name: this.name });
    return html`<div class="pad">
      <svg class="box" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${words}
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}>
        ${svg`<path class="line" d="M150 ${HEIGHT - 250}H${WIDTH - 150}"></path>`}
        ${drawn.map((stroke) => svg`<path d=${strokePath(stroke)}></path>`)}
      </svg>
      <p class="row apart">
        <span class="soft">${t("Signez avec le doigt ou le stylet.")}</span>
        <button class="button quiet" type="button" @click=${this.#clear}>${icon("undo")} ${t("Effacer")}</button>
      </p>
    </div>`;
  }
}

customElements.define("fa-signature-box", SignatureBox);
