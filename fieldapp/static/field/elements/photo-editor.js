// A photo on which arrows and circles are laid, and in which people, papers and belongings are blurred.

import { html, nothing, svg } from "lit";
import { t } from "../i18n.js";
import { BOX, MOST } from "../rules/photo-mark.js";
import { areaOf, centred, isDrawn, markOf, nudged, whole } from "../visit/placing.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import { boxOf, drawn, marksSaid } from "./marks-layer.js";
import { say } from "./toast.js";
import { troubleNotice } from "./trouble.js";
import "./thumb.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../rules/photo-mark.js").Mark} Mark */
/** @typedef {import("../visit/placing.js").Tool} Tool */
/** @typedef {import("../visit/placing.js").Nudge} Nudge */
/** @typedef {import("../visit/placing.js").Drag} Drag */

/** `<fa-photo-editor .draft .photoId .name>` tells `replaced` with the id of the photo that was blurred. */
export class PhotoEditor extends Light {
  static properties = {
    draft: { attribute: false },
    photoId: { attribute: false },
    name: { attribute: false },
    tool: { state: true },
    busy: { state: true },
    trouble: { state: true },
  };

  /** @type {number | null} the pointer that draws */
  #pointer = null;
  /** The shape that is not laid yet. @type {Drag | null} */
  #drag = null;

  constructor() {
    super();
    /** @type {Draft | null} */
    this.draft = null;
    this.photoId = "";
    this.name = "";
    /** @type {Tool | ""} */
    this.tool = "";
    this.busy = false;
    /** @type {unknown} */
    this.trouble = null;
  }

  get #photo() {
    return this.draft?.get(this.photoId)?.fields ?? {};
  }

  /** @returns {Mark[]} */
  get #marks() {
    return this.#photo.marks ?? [];
  }

  /** Where the box of this photo ends. */
  get #end() {
    const [, , x = BOX, y = BOX] = boxOf(this.#photo.body.report).split(" ").map(Number);
    return { x, y };
  }

  /** @param {Tool} tool */
  #choose(tool) {
    this.tool = this.tool === tool ? "" : tool;
    this.#drag = this.tool ? centred(this.tool, this.#end) : null;
    this.trouble = null;
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (!this.tool || this.#pointer !== null || this.busy) return;
    event.preventDefault();
    this.#pointer = event.pointerId;
    /** @type {Element} */ (event.currentTarget).setPointerCapture(event.pointerId);
    const from = this.#placed(event);
    this.#drag = { from, to: from };
    this.requestUpdate();
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerId !== this.#pointer || !this.#drag) return;
    this.#drag = { from: this.#drag.from, to: this.#placed(event) };
    this.requestUpdate();
  }

  /** A mark is laid as the finger leaves; what cannot be undone waits for a second word. @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#pointer || !this.#drag || !this.tool) return;
    this.#pointer = null;
    if (!isDrawn(this.#drag)) this.#drag = centred(this.tool, this.#end);
    else if (this.tool !== "blur") void this.#lay();
    this.requestUpdate();
  }

  /** @param {PointerEvent} event */
  #placed({ clientX, clientY }) {
    const layer = /** @type {SVGSVGElement} */ (/** @type {unknown} */ (this.querySelector("svg.marks")));
    const point = new DOMPoint(clientX, clientY).matrixTransform(layer.getScreenCTM()?.inverse());
    return whole(point, this.#end);
  }

  /** @param {Nudge} nudge */
  #nudge(nudge) {
    if (!this.tool || !this.#drag) return;
    this.#drag = nudged(this.tool, this.#drag, nudge, this.#end);
    this.requestUpdate();
  }

  async #lay() {
    if (!this.#drag || !this.tool || this.tool === "blur") return;
    const before = this.#marks;
    const marks = [...before, markOf(this.tool, this.#drag)].slice(-MOST);
    this.tool = "";
    this.#drag = null;
    await this.#write(marks);
    say(t("Marque posée. La photo reste intacte dessous."), { undo: () => this.#write(before) });
  }

  /** @param {Mark[]} marks */
  async #write(marks) {
    await this.draft?.set(this.photoId, "photo", "marks", marks.length > 0 ? marks : null);
    this.requestUpdate();
  }

  async #blur() {
    if (!this.#drag || this.busy || !this.draft) return;
    this.busy = true;
    this.trouble = null;
    try {
      const blurred = await this.draft.blurPhoto(this.photoId, [areaOf(this.#drag)]);
      this.photoId = blurred;
      this.tool = "";
      this.#drag = null;
      say(t("Zone floutée. La photo d’origine est effacée."));
      this.tell("replaced", { photoId: blurred });
    } catch (error) {
      this.trouble = error;
    }
    this.busy = false;
  }

  /** @override */
  render() {
    const { draft, photoId, name } = this;
    if (!draft || !this.#photo.body) return nothing;
    const fixed = draft.begun;
    return html`
      <figure class="viewfinder large" ?data-drawing=${this.tool !== ""}>
        <fa-thumb .draft=${draft} .photoId=${photoId} .size=${"report"} .words=${name}></fa-thumb>
        ${this.#layer()}
      </figure>
      ${fixed ? nothing : this.#tools()} ${this.tool && !fixed ? this.#placing(this.tool) : nothing}
      ${troubleNotice(this.trouble)}
    `;
  }

  #layer() {
    const marks = this.#marks;
    return html`<svg class="marks" viewBox=${boxOf(this.#photo.body.report)} role="img" aria-label=${marksSaid(marks) || t("Aucune marque sur la photo")}
      @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up}>
      ${marks.map(drawn)} ${this.#shape()}
    </svg>`;
  }

  #shape() {
    if (!this.#drag || !this.tool) return nothing;
    if (this.tool !== "blur") return svg`<g class="draft">${drawn(markOf(this.tool, this.#drag))}</g>`;
    const { x, y, w, h } = areaOf(this.#drag);
    return svg`<rect class="area" x=${x} y=${y} width=${w} height=${h}></rect>`;
  }

  #tools() {
    const tools = /** @type {[Tool, string][]} */ ([
      ["arrow", t("Flèche")],
      ["circle", t("Cercle")],
      ["blur", t("Flouter")],
    ]);
    return html`<div class="marks-bar row" role="group" aria-label=${t("Marquer ou flouter la photo")}>
      ${tools.map(
        ([
          tool,
          word,
        ]) => html`<button class="tool" type="button" aria-pressed=${this.tool === tool} @click=${() => this.#choose(tool)}>
          ${icon(tool)} ${word}
        </button>`,
      )}
      ${
        this.#marks.length > 0
          ? html`<button class="tool" type="button" @click=${() => this.#write(this.#marks.slice(0, -1))}>
            ${icon("undo")} ${t("Effacer")}<span class="spoken"> ${t("la dernière marque")}</span>
          </button>`
          : nothing
      }
    </div>`;
  }

  /** The same by buttons: for a keyboard, a switch, a voice. @param {Tool} tool */
  #placing(tool) {
    const moves = /** @type {[Nudge, string, string][]} */ ([
      ["left", "←", t("À gauche")],
      ["up", "↑", t("Plus haut")],
      ["down", "↓", t("Plus bas")],
      ["right", "→", t("À droite")],
      ["smaller", "−", t("Plus petit")],
      ["larger", "+", t("Plus grand")],
    ]);
    if (tool === "arrow") moves.push(["turn", "↻", t("Tourner")]);
    return html`<section class="stack placing" aria-label=${t("Placer")}>
      <p>${
        tool === "blur"
          ? t("Entourez du doigt un visage, un papier ou un objet personnel, ou placez le cadre avec les boutons.")
          : t("Tracez du doigt sur la photo, ou placez avec les boutons.")
      }</p>
      <div class="row">
        ${moves.map(
          ([nudge, sign, words]) =>
            html`<button class="tool" type="button" aria-label=${words} @click=${() => this.#nudge(nudge)}><span aria-hidden="true">${sign}</span></button>`,
        )}
      </div>
      ${
        tool === "blur"
          ? html`<p><small>${t("L’image d’origine sera effacée, ici et sur le serveur. On ne revient pas en arrière.")}</small></p>
            <p><button class="button" type="button" aria-busy=${this.busy} @click=${this.#blur}>${icon("blur")} ${this.busy ? t("Floutage…") : t("Flouter cette zone")}</button></p>`
          : html`<p><button class="button plain" type="button" @click=${this.#lay}>${icon("check")} ${t("Poser")}</button></p>`
      }
    </section>`;
  }
}

customElements.define("fa-photo-editor", PhotoEditor);
