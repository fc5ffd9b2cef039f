// The viewfinder with its shutter: one press is one durable photo of the chosen subject.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { cameraExists, openCamera } from "./camera-stream.js";
import { takenOn } from "./entry-said.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import { troubleNotice } from "./trouble.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Subject} Subject */

/** `<fa-shooter .draft .subject .name>` tells `photo` with its id once the photo is durable. */
export class Shooter extends Light {
  static properties = {
    draft: { attribute: false },
    subject: { attribute: false },
    name: { attribute: false },
    earlier: { attribute: false },
    ghost: { state: true },
    view: { state: true },
    trouble: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {Draft | null} */
    this.draft = null;
    /** @type {Subject | null} */
    this.subject = null;
    /** What is photographed, in words. */
    this.name = "";
    /** The entry's photo of the same, to stand where it was taken from. @type {import("../visit/exit.js").Before | null} */
    this.earlier = null;
    /** Whether it lies over what the camera sees. */
    this.ghost = false;
    /** @type {"starting" | "live" | "refused" | "missing"} */
    this.view = "starting";
    /** @type {unknown} */
    this.trouble = null;
    this.busy = false;
    /** @type {(() => void) | undefined} */
    this.off = undefined;
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.off = this.draft?.subscribe(() => this.requestUpdate());
    void this.#start();
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    this.off?.();
    const video = this.querySelector("video");
    if (video) video.srcObject = null;
  }

  async #start() {
    try {
      const stream = await openCamera();
      this.view = "live";
      await this.updateComplete;
      const video = this.querySelector("video");
      if (!video || !this.isConnected) return;
      video.srcObject = stream;
      stream.getVideoTracks()[0]?.addEventListener("ended", () => void this.#restart(), { once: true });
      await video.play();
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (name === "AbortError") return;
      this.view = name === "NotAllowedError" ? "refused" : "missing";
    }
  }

  async #restart() {
    if (!this.isConnected) return;
    this.view = "starting";
    await this.#start();
  }

  async #press() {
    const video = this.querySelector("video");
    if (this.busy || !video) return;
    this.busy = true;
    try {
      // The size is known before the first frame is: a picture of nothing is refused.
      if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA)
        await new Promise((seen) => video.addEventListener("loadeddata", seen, { once: true }));
      await this.#keep({ blob: await createImageBitmap(video), source: "camera" });
    } catch (error) {
      this.trouble = error;
    } finally {
      this.busy = false;
    }
  }

  /** @param {Event} event */
  async #choose(event) {
    const input = /** @type {HTMLInputElement} */ (event.currentTarget);
    this.busy = true;
    for (const file of input.files ?? []) await this.#keep({ blob: file, source: "file" });
    input.value = "";
    this.busy = false;
  }

  /** @param {{blob: Blob | ImageBitmap, source: "camera" | "file"}} frame */
  async #keep(frame) {
    const { draft, subject } = this;
    if (!draft || !subject) return;
    this.trouble = null;
    try {
      this.tell("photo", { photoId: await draft.addPhoto({ ...subject, ...frame }) });
    } catch (error) {
      this.trouble = error;
    }
  }

  /** A picture that was refused is taken again; one that finds no place is in the draft's hand, and only waits. */
  #trouble() {
    if (this.trouble)
      return troubleNotice(
        this.trouble,
        () => {
          this.trouble = null;
        },
        t("Reprendre la photo"),
      );
    return this.busy ? troubleNotice(this.draft?.problem, () => this.draft?.retry()) : nothing;
  }

  #caption() {
    return this.earlier && this.ghost ? t("Maintenant, avec l’entrée en transparence") : this.name;
  }

  /** The same at the entry, and the wish to see through it. @param {import("../visit/exit.js").Before} before */
  #beside(before) {
    return html`<figure class="viewfinder entry">
        <fa-thumb .draft=${this.draft} .photoId=${before.id} .size=${"report"} .words=${t("Photo d’entrée : {name}", { name: this.name })} .marks=${before.marks} .picture=${before.report}></fa-thumb>
        <figcaption>${takenOn(before)}</figcaption>
      </figure>
      <button class="tool ghost-switch" type="button" aria-pressed=${this.ghost} @click=${this.#haunt}>${icon("ghost")} ${t("Fantôme")}<span class="spoken"> : ${t("l’entrée en transparence")}</span></button>`;
  }

  #haunt() {
    this.ghost = !this.ghost;
  }

  /** @override */
  render() {
    const live = this.view === "live" || this.view === "starting";
    return html`
      ${
        live && cameraExists()
          ? html`<figure class="viewfinder live">
              <video muted playsinline aria-label=${t("Ce que voit la caméra : {name}", { name: this.name })}></video>
              ${this.earlier && this.ghost ? html`<fa-thumb class="ghost" aria-hidden="true" .draft=${this.draft} .photoId=${this.earlier.id} .size=${"report"}></fa-thumb>` : nothing}
              <figcaption>${this.busy ? t("Enregistrement…") : this.#caption()}</figcaption>
            </figure>
            ${this.earlier ? this.#beside(this.earlier) : nothing}
            <button class="shutter" type="button" aria-label=${t("Prendre la photo : {name}", { name: this.name })}
              aria-busy=${this.busy} @click=${this.#press}><span aria-hidden="true">${t("Photo")}</span></button>`
          : html`<div class="no-camera">
            <p>${
              this.view === "refused"
                ? t(
                    "La caméra est refusée dans les réglages du navigateur. Prenez la photo avec l’appareil de la tablette.",
                  )
                : t("Pas de caméra ici. Prenez la photo avec l’appareil de la tablette, ou choisissez un fichier.")
            }</p>
            <label class="button">${icon("camera")} ${this.busy ? t("Enregistrement…") : t("Prendre une photo")}
              <span class="spoken"> : ${this.name}</span>
              <input type="file" accept="image/*" capture="environment" @change=${this.#choose} />
            </label>
          </div>`
      }
      ${this.#trouble()}
    `;
  }
}

customElements.define("fa-shooter", Shooter);
