// How and when the keys came back: the deposit's clock runs from that day, so it is said and proved.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import { localDay } from "../rules/local-day.js";
import { word } from "../visit/words.js";
import { oneOf } from "./choices.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */

/** The day where the dwelling stands. @param {Draft} draft */
export function todayThere(draft) {
  return localDay(new Date().toISOString(), draft.header.context?.dwelling?.zone ?? "Europe/Paris");
}

/**
 * @param {Draft} draft
 * @param {any} catalogue
 */
export function keysReturn(draft, catalogue) {
  const said = draft.header.keys_returned ?? null;
  /** @param {Record<string, unknown>} more */
  const keep = (more) =>
    draft.set(draft.id, "inventory", "keys_returned", { how: "in_hand", on: null, proof: "", ...said, ...more });
  const how = said?.how ?? null;
  return html`<section class="thing ${how ? "done" : ""}" aria-labelledby="keys-returned">
    <header><h2 id="keys-returned">${t("Comment les clés sont rendues")}</h2></header>
    ${oneOf({
      legend: t("Comment les clés sont rendues"),
      quiet: true,
      options: catalogue.key_returns.map((/** @type {any} */ each) => ({
        code: each.code,
        text: word(catalogue, "key_returns", each.code),
      })),
      value: how,
      choose: (code) => keep({ how: code, on: code === "not_yet" ? null : (said?.on ?? todayThere(draft)) }),
    })}
    ${
      how && how !== "not_yet"
        ? html`<div class="pair">
          <fa-text .label=${t("Rendues le")} .type=${"date"} .value=${said?.on ?? ""} .save=${(/** @type {string} */ on) => keep({ on: on || null })}></fa-text>
          ${how === "in_hand" ? nothing : html`<fa-text .label=${t("Preuve : reçu, numéro du recommandé")} .value=${said?.proof ?? ""} .save=${(/** @type {string} */ proof) => keep({ proof: proof.trim() })}></fa-text>`}
        </div>`
        : nothing
    }
  </section>`;
}
