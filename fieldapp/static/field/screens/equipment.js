// What safety and the law want looked at apart from the rooms: smoke detector, heating, and the proof of insurance.

import { html, nothing } from "lit";
import { shoot } from "../elements/camera.js";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { photoStrip } from "../elements/photo-strip.js";
import { dayInWords } from "../elements/record-words.js";
import { placeMark } from "../elements/sync.js";
import { typedEquipment } from "../elements/typed-entry.js";
import { visitFrame } from "../elements/visit-frame.js";
import { t } from "../i18n.js";
import { lastPosition } from "../visit/arrange.js";
import { isExit, lookOf } from "../visit/exit.js";
import { equipmentDone, insuranceAsked, insuranceDone } from "../visit/tally.js";
import { addressAfter } from "../visit/walk.js";
import { itemName, word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */

/** What one tap says of a smoke detector. @type {Record<string, {present: boolean, tested: string | null}>} */
const SEEN = {
  works: { present: true, tested: "works" },
  fails: { present: true, tested: "fails" },
  not_tested: { present: true, tested: "not_tested" },
  absent: { present: false, tested: null },
};

/** `<fa-equipment-screen>` */
export class EquipmentScreen extends VisitScreen {
  get heading() {
    return t("Équipements");
  }

  /** @override */
  render() {
    const { draft, catalogue } = this;
    const things = draft.list("equipment");
    return visitFrame({
      draft,
      catalogue,
      here: "equipment",
      title: this.heading,
      content: html`
        ${things.map((thing) => this.#thing(thing))}
        <p class="row">${catalogue.equipment
          .filter(
            (/** @type {any} */ kind) =>
              kind.code === "smoke_detector" || !things.some((thing) => thing.equipment_kind === kind.code),
          )
          .map(
            (/** @type {any} */ kind) =>
              html`<button class="button plain" type="button" @click=${() => this.#add(kind.code)}>${icon("plus")} <span class="spoken">${t("Ajouter")} : </span>${word(catalogue, "equipment", kind.code)}</button>`,
          )}</p>
        ${insuranceAsked(draft, catalogue) ? this.#insurance() : nothing}
      `,
      actions: html`<a class="button" href=${addressAfter(draft.id, "equipment")}><span>${t("Suite")} <small>${t("Personnes")}</small></span></a>`,
    });
  }

  /** @param {Item} thing */
  #thing(thing) {
    const { draft, catalogue } = this;
    const detector = thing.equipment_kind === "smoke_detector";
    const name = itemName(catalogue, "equipment", thing, "equipment_kind");
    const look = lookOf(draft, catalogue);
    const entry = look?.of("equipment", thing);
    const facts = [
      thing.place,
      thing.scope && word(catalogue, "scopes", thing.scope),
      thing.energy && word(catalogue, "energies", thing.energy),
    ].filter(Boolean);
    return html`<section class="thing ${equipmentDone(thing) ? "done" : ""}" aria-labelledby="thing-${thing.id}">
      <header>
        <h2 id="thing-${thing.id}">${name}</h2>
        <p class="soft">${facts.join(", ")}</p>
        ${entry ? html`<p class="soft">${t("À l’entrée : {words}", { words: seen(catalogue, entry) })}</p>` : nothing}
        ${detector && equipmentDone(thing) ? html`<span class="status">${icon("check")} ${t("Complet")}</span>` : nothing}
      </header>
      ${look?.origin === "imported" ? typedEquipment(draft, catalogue, thing, name) : nothing}
      ${detector ? this.#detector(thing, name) : nothing}
      <details class="fold" ?open=${!detector && isExit(draft)}>
        <summary>${icon("next")} ${detector ? t("Emplacement, date, photo") : t("Préciser")} <small>${placeMark(draft.where(thing.id))}</small></summary>
        <div class="pair">
          <fa-text .label=${t("Emplacement")} .value=${thing.place ?? ""} .save=${this.#keep(thing, "place")}></fa-text>
          ${
            detector
              ? html`<fa-text .label=${t("Installé le")} .type=${"date"} .value=${thing.installed_on ?? ""} .save=${this.#keep(thing, "installed_on", true)}></fa-text>`
              : html`<fa-text .label=${t("Dernier entretien")} .type=${"date"} .value=${thing.last_maintenance ?? ""} .save=${this.#keep(thing, "last_maintenance", true)}></fa-text>`
          }
        </div>
        ${detector ? nothing : this.#energy(thing)}
        <fa-text .label=${t("Note : {name}", { name })} .rows=${2} .value=${thing.note ?? ""} .save=${this.#keep(thing, "note")}></fa-text>
        <p><button class="button plain" type="button" @click=${() => shoot({ draft, name, subject: { subjectKind: "equipment", subjectId: thing.id, roomId: null } })}>${icon("camera")} ${t("Photo")}<span class="spoken"> : ${name}</span></button></p>
        ${photoStrip(draft, thing.id, name)}
      </details>
    </section>`;
  }

  /** Present and tested are one answer. @param {Item} thing @param {string} name */
  #detector(thing, name) {
    const value = Object.keys(SEEN).find(
      (code) => SEEN[code]?.present === thing.present && (SEEN[code]?.tested ?? null) === (thing.tested ?? null),
    );
    return oneOf({
      legend: name,
      quiet: true,
      options: [
        { code: "works", text: t("Présent, essayé, sonne") },
        { code: "fails", text: t("Présent, ne sonne pas") },
        { code: "not_tested", text: t("Présent, pas essayé") },
        { code: "absent", text: t("Pas de détecteur") },
      ],
      value,
      choose: (code) =>
        this.draft.setMany(
          Object.entries(SEEN[code] ?? {}).map(([field, answer]) => ({
            entityId: thing.id,
            kind: "equipment",
            field,
            value: answer,
          })),
        ),
    });
  }

  /** @param {Item} thing */
  #energy(thing) {
    const { catalogue } = this;
    /** @param {string} table */
    const options = (table) =>
      catalogue[table].map((/** @type {any} */ each) => ({ code: each.code, text: word(catalogue, table, each.code) }));
    return html`
      ${oneOf({ legend: t("Individuel ou collectif"), options: options("scopes"), value: thing.scope, choose: this.#keep(thing, "scope") })}
      ${oneOf({ legend: t("Énergie"), options: options("energies"), value: thing.energy, choose: this.#keep(thing, "energy") })}
      ${oneOf({
        legend: t("Attestation d’entretien"),
        options: [
          { code: "yes", text: t("Vue") },
          { code: "no", text: t("Pas vue") },
        ],
        value: thing.certificate_seen == null ? null : thing.certificate_seen ? "yes" : "no",
        choose: (code) => this.draft.set(thing.id, "equipment", "certificate_seen", code === "yes"),
      })}
    `;
  }

  #insurance() {
    const { draft } = this;
    const insurance = draft.header.insurance ?? { seen: false };
    /** @param {Record<string, unknown>} more */
    const keep = (more) =>
      draft.set(draft.id, "inventory", "insurance", { ...(draft.header.insurance ?? { seen: false }), ...more });
    return html`<section class="thing ${insuranceDone(insurance) ? "done" : ""}" aria-labelledby="insurance">
      <header>
        <h2 id="insurance">${t("Avant les clés : l’assurance")}</h2>
        <p class="soft">${t("Le locataire montre son attestation d’assurance habitation.")}</p>
        ${insuranceDone(insurance) ? html`<span class="status">${icon("check")} ${t("Complet")}</span>` : nothing}
      </header>
      ${oneOf({
        legend: t("Attestation"),
        quiet: true,
        options: [
          { code: "yes", text: t("Attestation vue") },
          { code: "no", text: t("Pas encore vue") },
        ],
        value: insurance.seen ? "yes" : draft.header.insurance ? "no" : null,
        choose: (code) => keep({ seen: code === "yes" }),
      })}
      <div class="pair">
        <fa-text .label=${t("Assureur")} .value=${insurance.insurer ?? ""} .save=${(/** @type {string} */ text) => keep({ insurer: text.trim() })}></fa-text>
        <fa-text .label=${t("Valable jusqu’au")} .type=${"date"} .value=${insurance.expires ?? ""} .save=${(/** @type {string} */ text) => keep({ expires: text || null })}></fa-text>
      </div>
    </section>`;
  }

  /** @param {Item} thing @param {string} field @param {boolean} [date] an emptied date is null */
  #keep(thing, field, date = false) {
    return (/** @type {string} */ text) => this.draft.set(thing.id, "equipment", field, date ? text || null : text);
  }

  /** @param {string} kind */
  #add(kind) {
    return this.draft.add("equipment", {
      equipment_kind: kind,
      label: "",
      position: lastPosition(this.draft.list("equipment")),
    });
  }
}

/** What the entry saw of it, in words. @param {any} catalogue @param {Record<string, any>} entry @returns {string} */
function seen(catalogue, entry) {
  const presence = entry.present === false ? t("absent") : entry.present ? t("présent") : "";
  const maintained = entry.last_maintenance
    ? t("dernier entretien : {day}", { day: dayInWords(entry.last_maintenance) })
    : "";
  const said = [presence, word(catalogue, "tests", entry.tested).toLocaleLowerCase(), maintained]
    .filter(Boolean)
    .join(", ");
  return said || t("rien de noté");
}

customElements.define("fa-equipment-screen", EquipmentScreen);
