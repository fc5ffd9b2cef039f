// The whole screen as a camera, for one subject.

import { html, nothing } from "lit";
import { n, t } from "../i18n.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import { photoStrip } from "./photo-strip.js";
import { syncBadge } from "./sync.js";
import "./shooter.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Subject} Subject */
/**
 * @typedef {object} Wish
 * @property {Draft} draft
 * @property {Subject} subject
 * @property {string} name of the subject, in words
 * @property {string} [hint] what a good picture shows
 * @property {import("../visit/exit.js").Before | null} [before] the entry's photo of the same
 * @property {boolean} [once] close by itself after the first photo
 */

/** `<fa-camera>` lives in the page while it is open; use `shoot`. */
export class Camera extends Light {
  static properties = { wish: { attribute: false } };

  constructor() {
    super();
    /** @type {Wish | null} */
    this.wish = null;
    /** @type {string | null} */
    this.last = null;
    /** @type {(() => void) | undefined} */
    this.off = undefined;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.off = this.wish?.draft.subscribe(() => this.requestUpdate());
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.off?.();
  }

  /** @override */
  async firstUpdated() {
    await /** @type {Light | null} */ (this.querySelector("fa-shooter"))?.updateComplete;
    this.querySelector("dialog")?.showModal();
  }

  close() {
    this.querySelector("dialog")?.close();
  }

  /** @param {CustomEvent<{photoId: string}>} event */
  #taken(event) {
    event.stopPropagation();
    this.last = event.detail.photoId;
    if (this.wish?.once) this.close();
    else this.requestUpdate();
  }

  /** @override */
  render() {
    if (!this.wish) return nothing;
    const { draft, subject, name, hint, once, before = null } = this.wish;
    const count = draft.photos(subject.subjectId).length;
    return html`<dialog class="camera" aria-label=${t("Photo : {name}", { name })} @close=${() => this.tell("closed", this.last)}>
      <header class="appbar">
        <h2>${name}</h2>
        ${count > 0 ? syncBadge({ place: "tablet" }, n("{count} photo", "{count} photos", count)) : nothing}
      </header>
      <div class="views">
        ${hint ? html`<p class="hint">${hint}</p>` : nothing}
        <fa-shooter .draft=${draft} .subject=${subject} .name=${name} .earlier=${before} @photo=${this.#taken}></fa-shooter>
      </div>
      ${once ? nothing : photoStrip(draft, subject.subjectId, name)}
      <button class="tool leave" type="button" @click=${this.close}>
        ${icon(count > 0 ? "check" : "next")} ${count > 0 ? t("Terminé") : t("Plus tard")}
      </button>
    </dialog>`;
  }
}

customElements.define("fa-camera", Camera);

/**
 * Opens the camera and waits until it closes.
 * @param {Wish} wish
 * @returns {Promise<string | null>} the id of the last photo, or null
 */
export function shoot(wish) {
  const camera = /** @type {Camera} */ (document.createElement("fa-camera"));
  camera.wish = wish;
  const before = document.activeElement;
  document.body.append(camera);
  return new Promise((done) => {
    camera.addEventListener("closed", () => {
      camera.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      done(camera.last);
    });
  });
}
