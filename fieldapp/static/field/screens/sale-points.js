// The checklist of a technical visit: yes, no or does not apply, with a word and a photograph where it is no.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { t } from "../i18n.js";
import { TechnicalScreen } from "./technical-screen.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-sale-points-screen>` at `#/visit/<id>/points`. */
export class SalePointsScreen extends TechnicalScreen {
  get heading() {
    return t("Points à contrôler");
  }

  /** @override */
  render() {
    const points = this.draft.list("point");
    const open = points.filter(({ answer }) => !answer);
    return this.frame(
      this.heading,
      html`${points.map((point) => this.#point(point))}
        ${open.length > 1 ? html`<p><button class="button plain" type="button" @click=${() => void this.#rest(open)}>${icon("check")} ${t("Le reste : oui")}</button></p>` : nothing}
        <fa-comment .label=${t("Remarque sur l’ensemble")} .value=${this.draft.header.words ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ words) => void this.note({ words })}></fa-comment>`,
    );
  }

  /** @param {Item} point */
  #point(point) {
    const name = this.word("technical_points", point.code);
    const set = (/** @type {string} */ field, /** @type {unknown} */ value) =>
      void this.say(point.id, "point", { [field]: value });
    return html`<section class="thing ${point.answer ? "done" : ""}" aria-labelledby="point-${point.id}">
      <header><h2 id="point-${point.id}">${name}</h2></header>
      ${oneOf({ legend: name, quiet: true, options: this.options("point_answers"), value: point.answer, choose: (code) => set("answer", code), clear: () => set("answer", null) })}
      ${
        point.answer === "no"
          ? html`<fa-comment .label=${t("Ce que vous voyez")} .value=${point.note ?? ""} .visits=${this.tables} .save=${(/** @type {string} */ text) => set("note", text)}></fa-comment>
            ${this.shots("point", point.id, name)}`
          : nothing
      }
    </section>`;
  }

  /** @param {Item[]} open */
  async #rest(open) {
    if (!this.draft.header.started_at) void this.note({});
    await this.draft.setMany(open.map(({ id }) => ({ entityId: id, kind: "point", field: "answer", value: "yes" })));
  }
}

customElements.define("fa-sale-points-screen", SalePointsScreen);
