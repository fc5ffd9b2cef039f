// The meters of a vacant dwelling: what they show today, or why they cannot be read.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { label, t } from "../i18n.js";
import { meterSaid } from "../visit/technical.js";
import { TechnicalScreen } from "./technical-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-sale-meters-screen>` at `#/visit/<id>/meters`. */
export class SaleMetersScreen extends TechnicalScreen {
  get heading() {
    return t("Compteurs");
  }

  /** @override */
  render() {
    return this.frame(
      this.heading,
      html`<p class="soft">${t("Recopiez tous les chiffres, les zéros du début aussi.")}</p>
        ${this.draft.list("meter").map((meter) => this.#meter(meter))}`,
    );
  }

  /** @param {Item} meter */
  #meter(meter) {
    const { about = {} } = meter;
    const name = about.label ?? "";
    const [high, low] = this.#kind(about.meter_kind)?.index_labels ?? [];
    const set = (/** @type {string} */ field, /** @type {unknown} */ value) =>
      void this.say(meter.id, "meter", { [field]: value });
    const index = (/** @type {string} */ field, /** @type {any} */ words) =>
      html`<fa-text class="index" .label=${`${words ? `${t("Index")}, ${label(words).toLocaleLowerCase()}` : t("Index")} (${about.unit})`} .mode=${"decimal"}
        .value=${meter[field] ?? ""} .save=${(/** @type {string} */ text) => set(field, text)}></fa-text>`;
    const read = !meter.state || meter.state === "read";
    return html`<section class="thing ${meterSaid(meter) ? "done" : ""}" aria-labelledby="meter-${meter.id}">
      <header><h2 id="meter-${meter.id}">${name}</h2>
        <p class="soft">${about.serial ? t("n° {number}", { number: about.serial }) : ""}</p></header>
      ${read ? html`<div class="indexes">${index("index", high)} ${about.two_indexes ? index("index_low", low) : nothing}</div>` : html`<fa-text .label=${t("Pourquoi")} .value=${meter.reason ?? ""} .save=${(/** @type {string} */ text) => set("reason", text)}></fa-text>`}
      ${oneOf({ legend: t("Relevé : {name}", { name }), quiet: true, options: this.#states(), value: meter.state ?? "read", choose: (code) => set("state", code) })}
      ${this.shots("meter", meter.id, name)}
    </section>`;
  }

  #states() {
    return (this.catalogue?.meter_states ?? []).map((/** @type {any} */ row) => ({
      code: row.code,
      text: label(row.label),
    }));
  }

  /** @param {string} code */
  #kind(code) {
    return (this.catalogue?.meters ?? []).find((/** @type {any} */ each) => each.code === code);
  }
}

customElements.define("fa-sale-meters-screen", SaleMetersScreen);
