// Where a tenant goes, or that it was not said: the law wants it on the exit, and refusing is an answer.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { word } from "../visit/words.js";
import { oneOf } from "./choices.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

/**
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {Item} party
 * @param {string} name
 */
export function newAddress(draft, catalogue, party, name) {
  const said = party.new_address ?? null;
  /** @param {{answer: string, text: string}} value */
  const keep = (value) => draft.set(party.id, "party", "new_address", value);
  const answers = catalogue.address_answers.filter(
    (/** @type {any} */ each) => each.code !== "given" && (each.code !== "not_asked" || party.present === false),
  );
  return html`<fa-text .label=${t("Nouvelle adresse, ou lieu d’hébergement : {name}", { name })} .rows=${2} .value=${said?.text ?? ""}
      .save=${(/** @type {string} */ text) => text.trim() && keep({ answer: "given", text: text.trim() })}></fa-text>
    ${
      said?.answer === "given"
        ? nothing
        : oneOf({
            legend: t("Sans adresse : {name}", { name }),
            quiet: true,
            options: answers.map((/** @type {any} */ each) => ({
              code: each.code,
              text: word(catalogue, "address_answers", each.code),
            })),
            value: said?.answer ?? null,
            choose: (answer) => keep({ answer, text: "" }),
          })
    }`;
}
