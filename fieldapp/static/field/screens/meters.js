// The meters: index as it is written on the dial, or why it cannot be read, and its photo.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { photoStrip } from "../elements/photo-strip.js";
import { openSheet } from "../elements/sheet.js";
import { placeMark } from "../elements/sync.js";
import { say } from "../elements/toast.js";
import { typedMeter } from "../elements/typed-entry.js";
import { visitFrame } from "../elements/visit-frame.js";
import { label, t } from "../i18n.js";
import { lastPosition } from "../visit/arrange.js";
import { lookOf } from "../visit/exit.js";
import { meterDone } from "../visit/tally.js";
import { addressAfter } from "../visit/walk.js";
import { itemName, word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/shooter.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-meters-screen>` */
export class MetersScreen extends VisitScreen {
  /** The meter whose viewfinder is open; the first without photo when nobody chose. */
  #chosen = "";

  get heading() {
    return t("Compteurs");
  }

  /** @override */
  render() {
    const { draft, catalogue } = this;
    const meters = draft.list("meter");
    const look = lookOf(draft, catalogue);
    const armed = this.#chosen || meters.find((meter) => wantsPhoto(meter) && draft.photos(meter.id).length === 0)?.id;
    return visitFrame({
      draft,
      catalogue,
      here: "meters",
      title: this.heading,
      content: html`
        <p class="soft">${t("Recopiez tous les chiffres, les zéros du début aussi.")}</p>
        ${meters.map((meter) => this.#meter(meter, meter.id === armed, look))}
        <p><button class="button plain" type="button" @click=${this.#add}>${icon("plus")} ${t("Ajouter un compteur")}</button></p>
      `,
      actions: html`<a class="button" href=${addressAfter(draft.id, "meters")}><span>${t("Suite")} <small>${t("Clés")}</small></span></a>`,
    });
  }

  /** @param {Item} meter @param {boolean} armed @param {import("../visit/exit.js").Look | null} look */
  #meter(meter, armed, look) {
    const { draft, catalogue } = this;
    const kind = catalogue.meters.find((/** @type {any} */ each) => each.code === meter.meter_kind);
    const name = itemName(catalogue, "meters", meter, "meter_kind");
    const [high, low] = kind?.index_labels ?? [];
    const unit = meter.unit || label(kind?.unit);
    const read = !meter.state || meter.state === "read";
    return html`<section class="thing ${meterDone(meter) ? "done" : ""}" aria-labelledby="meter-${meter.id}">
      <header>
        <h2 id="meter-${meter.id}">${name}</h2>
        <p class="soft">${[meter.place, meter.serial && t("n° {number}", { number: meter.serial }), meter.point && `${kind?.point ?? ""} ${meter.point}`].filter(Boolean).join(", ")}</p>
        ${meterDone(meter) ? html`<span class="status">${icon("check")} ${t("Complet")}</span>` : nothing}
      </header>
      ${look?.origin === "imported" ? typedMeter(draft, kind, meter, name) : nothing} ${this.#entry(meter, look)}
      <div class="thing-body">
        <div class="stack">
          ${
            read
              ? html`<div class="indexes">
                <fa-text class="index" .label=${`${high ? `${t("Index")}, ${label(high).toLocaleLowerCase()}` : t("Index")} (${unit})`} .mode=${"decimal"}
                  .value=${meter.index ?? ""} .save=${(/** @type {string} */ text) => this.#read(meter, "index", text)}></fa-text>
                ${
                  kind?.two_indexes
                    ? html`<fa-text class="index" .label=${`${t("Index")}, ${label(low).toLocaleLowerCase()} (${unit})`} .mode=${"decimal"}
                      .value=${meter.index_low ?? ""} .save=${(/** @type {string} */ text) => this.#read(meter, "index_low", text)}></fa-text>`
                    : nothing
                }
              </div>`
              : html`<fa-text .label=${t("Pourquoi")} .value=${meter.reason ?? ""} .list=${reasons()[meter.state] ?? []}
                  .save=${(/** @type {string} */ text) => this.#set(meter, "reason", text)}></fa-text>
                ${meter.reason ? nothing : html`<div class="chips">${(reasons()[meter.state] ?? []).map((text) => html`<button class="chip" type="button" @click=${() => this.#set(meter, "reason", text)}>${icon("plus")} ${text}</button>`)}</div>`}`
          }
          ${oneOf({
            legend: t("Relevé : {name}", { name }),
            quiet: true,
            options: catalogue.meter_states.map((/** @type {any} */ state) => ({
              code: state.code,
              text: label(state.label),
            })),
            value: meter.state,
            choose: (code) => this.#set(meter, "state", code),
          })}
        </div>
        <div class="stack">
          ${
            armed
              ? html`<fa-shooter class="inline" .draft=${draft} .name=${name} .subject=${{ subjectKind: "meter", subjectId: meter.id, roomId: null }}
                @photo=${() => this.#arm("")}></fa-shooter>`
              : html`<button class="button plain" type="button" @click=${() => this.#arm(meter.id)}>${icon("camera")} ${t("Photo")}<span class="spoken"> : ${name}</span></button>`
          }
          ${photoStrip(draft, meter.id, name)}
        </div>
      </div>
      <details class="fold">
        <summary>${icon("next")} ${t("Numéro, emplacement")} <small>${placeMark(draft.where(meter.id))}</small></summary>
        <div class="pair">
          <fa-text .label=${t("Numéro de série")} .value=${meter.serial ?? ""} .save=${(/** @type {string} */ text) => this.#set(meter, "serial", text)}></fa-text>
          ${kind?.point ? html`<fa-text .label=${kind.point} .mode=${"numeric"} .value=${meter.point ?? ""} .save=${(/** @type {string} */ text) => this.#set(meter, "point", text)}></fa-text>` : nothing}
          <fa-text .label=${t("Emplacement")} .value=${meter.place ?? ""} .save=${(/** @type {string} */ text) => this.#set(meter, "place", text)}></fa-text>
        </div>
        <p><button class="button plain" type="button" @click=${() => this.#remove(meter, name)}>${icon("trash")} ${t("Retirer ce compteur")}</button></p>
      </details>
    </section>`;
  }

  /** What it showed at the entry, and a warning when it stands lower now. @param {Item} meter @param {import("../visit/exit.js").Look | null} look */
  #entry(meter, look) {
    const entry = look?.of("meter", meter);
    if (!look || !entry) return nothing;
    const shown = [entry.index, entry.index_low].filter(Boolean).join(" / ");
    return html`<p class="soft">${shown ? t("À l’entrée : {index}", { index: shown }) : t("Pas lu à l’entrée")}${entry.serial && meter.serial && entry.serial !== meter.serial ? `, ${t("compteur n° {number}", { number: entry.serial })}` : ""}</p>
      ${look.below(meter) ? html`<p class="alarm" role="alert">${icon("alert")} ${t("Plus bas qu’à l’entrée : relisez le cadran, ou dites que le compteur a été changé (son numéro).")}</p>` : nothing}`;
  }

  /** @param {string} id */
  #arm(id) {
    this.#chosen = id;
    this.requestUpdate();
  }

  /** An index that is typed is an index that was read. @param {Item} meter @param {"index" | "index_low"} field @param {string} text */
  #read(meter, field, text) {
    /** @type {import("./draft.js").Change[]} */
    const changes = [{ entityId: meter.id, kind: "meter", field, value: text.trim() }];
    if (meter.state !== "read") changes.push({ entityId: meter.id, kind: "meter", field: "state", value: "read" });
    return this.draft.setMany(changes);
  }

  /** @param {Item} meter @param {string} field @param {unknown} value */
  #set(meter, field, value) {
    return this.draft.set(meter.id, "meter", field, value);
  }

  /** @param {Item} meter @param {string} name */
  #remove(meter, name) {
    void this.#set(meter, "deleted", true);
    say(t("{name} retiré.", { name }), { undo: () => this.#set(meter, "deleted", false) });
  }

  async #add() {
    const { draft, catalogue } = this;
    const code = await openSheet(t("Ajouter un compteur"), (sheet) =>
      oneOf({
        legend: t("Quel compteur ?"),
        options: catalogue.meters.map((/** @type {any} */ each) => ({
          code: each.code,
          text: word(catalogue, "meters", each.code),
        })),
        value: null,
        choose: sheet.close,
      }),
    );
    if (typeof code !== "string") return;
    const kind = catalogue.meters.find((/** @type {any} */ each) => each.code === code);
    await draft.add("meter", {
      meter_kind: code,
      label: "",
      unit: kind?.unit?.fr ?? "",
      position: lastPosition(draft.list("meter")),
    });
  }
}

/** @param {Item} meter */
function wantsPhoto(meter) {
  return meter.state !== "absent";
}

/** Usual reasons, one tap each. @returns {Record<string, string[]>} */
function reasons() {
  return {
    inaccessible: [t("Local technique fermé"), t("Compteur hors de portée"), t("Cadran illisible")],
    absent: [t("Pas de compteur individuel"), t("Compteur déposé")],
    cut: [t("Coupé par le distributeur"), t("Coupé au départ du locataire précédent")],
  };
}

customElements.define("fa-meters-screen", MetersScreen);
