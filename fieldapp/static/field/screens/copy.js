// The copy that a party is handed at the moment of signature: printed here, or saved as one file.

import { html, nothing } from "lit";
import { actsView } from "../elements/acts-view.js";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { marksLayer } from "../elements/marks-layer.js";
import { photoWords, recordView } from "../elements/record-view.js";
import { save, selfContained } from "../elements/self-contained.js";
import { troubleNotice } from "../elements/trouble.js";
import { speak, spoken, t } from "../i18n.js";
import { path } from "../router.js";
import { handedWords, handOver, handoverTo } from "./handed.js";
import { ceremonyOf } from "./sign-ceremony.js";
import { leaveLater } from "./sign-frame.js";
import { decisionWords } from "./sign-who.js";
import { VisitScreen } from "./visit-screen.js";

/** @typedef {Record<string, any>} Json */

/** `<fa-copy-screen>` at `#/inventory/<id>/copy[/<partyId>]`. */
export class CopyScreen extends VisitScreen {
  /** Photos by id, once they are open. @type {Map<string, {url: string, bytes: Uint8Array<ArrayBuffer>}>} */
  #pictures = new Map();
  #ready = false;
  /** True once the copy was printed or saved: then only a person knows who holds it. */
  #made = false;
  /** @type {unknown} */
  #trouble = null;

  get heading() {
    return t("La copie");
  }

  get ceremony() {
    return ceremonyOf(this.draft, this.catalogue, this.legal);
  }

  /** @override */
  connectedCallback() {
    super.connectedCallback();
    this.endings.push(() => leaveLater(this.store));
    this.#open()
      .catch((error) => {
        this.#trouble = error;
      })
      .finally(() => this.requestUpdate());
  }

  /** @override */
  disconnectedCallback() {
    super.disconnectedCallback();
    for (const { url } of this.#pictures.values()) URL.revokeObjectURL(url);
    this.#pictures.clear();
  }

  /** Photos are opened before anything is printed: a picture that comes late is missing on paper. */
  async #open() {
    const { record } = await this.ceremony.resume(spoken());
    // The copy is in the language of the record, whoever holds the tablet; this screen is then drawn again.
    if (record.language !== spoken()) await speak(record.language);
    for (const photo of record.photos) {
      const found = await this.draft.inventory.photoBytes(photo.id, "report");
      if (!found) continue;
      const bytes = new Uint8Array(found);
      this.#pictures.set(photo.id, { bytes, url: URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" })) });
    }
    this.#ready = true;
    this.requestUpdate();
    await this.updateComplete;
    await Promise.all([...this.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
  }

  #print() {
    window.print();
    this.#made = true;
    this.requestUpdate();
  }

  #save() {
    const { record } = this.ceremony.frozen ?? { record: /** @type {Json} */ ({}) };
    const part = this.querySelector("main");
    if (!part) return;
    const pictures = new Map([...this.#pictures].map(([id, { bytes }]) => [id, bytes]));
    const title = `${record.labels.kind} ${record.number}`;
    save(selfContained(part, { title, language: record.language, pictures }), `${record.number || "copie"}.html`);
    this.#made = true;
    this.requestUpdate();
  }

  /** @param {string} partyId */
  async #held(partyId) {
    await handOver(this.draft, partyId);
    this.#made = false;
    this.requestUpdate();
  }

  /** @override */
  render() {
    const { frozen } = this.ceremony;
    return html`
      <header class="appbar not-in-copy">
        <a class="back" href=${path(this.draft.id, "receipt")}>${icon("back")} <span class="spoken">${t("Retour à")} </span>${t("Reçu")}</a>
      </header>
      <main id="main" class="page narrow stack wide record copy">
        ${troubleNotice(this.#trouble ?? this.draft.problem, () => this.draft.retry())}
        ${frozen && this.#ready ? this.#document(frozen.record, frozen.sha256) : html`<h1>${t("La copie")}</h1><p>${t("Préparation des photos…")}</p>`}
      </main>
      <footer class="actions not-in-copy">
        <button class="button plain" type="button" ?disabled=${!this.#ready} @click=${() => this.#save()}>${icon("document")} ${t("Enregistrer le fichier")}</button>
        <button class="button" type="button" ?disabled=${!this.#ready} @click=${() => this.#print()}>${icon("document")} ${t("Imprimer")}</button>
      </footer>
    `;
  }

  /** @param {Json} record @param {string} sha256 */
  #document(record, sha256) {
    return html`
      <div class="stack">
        <p class="soft">${record.context.landlord?.name ?? ""}</p>
        <h1>${record.labels.kind} ${record.number}</h1>
        <p>${t("Code de contrôle :")} ${fingerprint(sha256)}</p>
        ${record.context.demonstration ? html`<p><strong>${t("Démonstration : sans valeur.")}</strong></p>` : nothing}
      </div>
      ${this.#handed()} ${recordView(record, (photo) => this.#picture(photo), this.ceremony.acts())} ${actsView(record, this.ceremony.acts(), decisionWords)}
      <section class="stack"><h2>${t("Pour vérifier ce document")}</h2>
        <p>${t("Le code de contrôle entier est : {code}", { code: sha256 })}</p>
        <p>${record.legal.photographs}</p>
      </section>
    `;
  }

  #handed() {
    const people = this.ceremony.people().filter((person) => person.quality !== "agent");
    return html`<section class="notice not-in-copy" data-tone=${people.every((person) => handoverTo(this.draft, person.id)?.done) ? "safe" : nothing} aria-labelledby="handed">
      <h2 id="handed">${t("Qui a sa copie ?")}</h2>
      ${people.map((person) => {
        const handover = handoverTo(this.draft, person.id);
        return html`<p><strong>${person.name}</strong><br />${handedWords(handover, this.draft.header.context?.dwelling?.zone)}</p>
          ${handover?.done || !this.#made ? nothing : html`<p><button class="button plain" type="button" @click=${() => this.#held(person.id)}>${icon("check")} ${t("{name} a sa copie", { name: person.name })}</button></p>`}`;
      })}
      ${this.#made ? nothing : html`<p class="soft">${t("Imprimez ou enregistrez, puis dites qui l’a reçue.")}</p>`}
    </section>`;
  }

  /** @param {Json} photo */
  #picture(photo) {
    const picture = this.#pictures.get(photo.id);
    if (!picture) return html`<p class="soft">${t("Photo gardée sur le serveur")}</p>`;
    return html`<span class="marked"><img src=${picture.url} alt=${photoWords(photo)} data-photo=${photo.id} width=${photo.report.width} height=${photo.report.height} />${marksLayer(photo.marks, photo.report)}</span>`;
  }
}

customElements.define("fa-copy-screen", CopyScreen);
