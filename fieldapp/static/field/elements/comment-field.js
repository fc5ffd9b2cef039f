// A comment about the dwelling: kept while it is typed, with a warning when it seems to be about a person.

import { html, nothing } from "lit";
import { label, t } from "../i18n.js";
import { privateSubjects } from "../rules/private-words.js";
import { icon } from "./icon.js";
import { Light } from "./light.js";
import "./text-field.js";

/** `<fa-comment .label .value .visits .save>`; what is found warns, and never blocks. */
export class CommentField extends Light {
  static properties = {
    label: { attribute: false },
    hint: { attribute: false },
    value: { attribute: false },
    visits: { attribute: false },
    save: { attribute: false },
  };

  constructor() {
    super();
    this.label = "";
    this.hint = "";
    this.value = "";
    /** @type {Record<string, any>} */
    this.visits = {};
    /** @type {(text: string) => unknown} */
    this.save = () => {};
    this.classList.add("stack");
  }

  /** @override */
  render() {
    const found = privateSubjects(this.value, this.visits);
    const subjects = (this.visits.private_words ?? [])
      .filter((/** @type {any} */ { code }) => found.includes(code))
      .map((/** @type {any} */ row) => label(row.label));
    return html`<fa-text .label=${this.label} .hint=${this.hint || t("Sur le logement seulement. Rien sur la personne, sa santé, son origine ou sa religion.")}
        .rows=${3} .value=${this.value} .save=${this.save}></fa-text>
      ${
        subjects.length > 0
          ? html`<div class="notice" data-tone="stop" role="status"><p>${icon("alert")} ${t("Ceci parle peut-être de {subjects}. Retirez ce qui concerne une personne.", { subjects: subjects.join(", ") })}</p></div>`
          : nothing
      }`;
  }
}

customElements.define("fa-comment", CommentField);
