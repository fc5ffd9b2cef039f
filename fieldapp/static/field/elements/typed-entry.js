// What an entry inventory on paper says of one thing: read there, typed here, and confirmed by itself.

import { html, nothing } from "lit";
import { label, t } from "../i18n.js";
import { word } from "../visit/words.js";
import { counter, oneOf } from "./choices.js";
import { icon } from "./icon.js";
import "./text-field.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */
/** @typedef {Record<string, any>} Typed */
/** Writes what was read: whatever changes is to be confirmed anew. @typedef {(more: Typed) => Promise<unknown>} Keep */

/**
 * @param {Draft} draft
 * @param {string} kind
 * @param {Item} item
 * @param {string} name
 * @param {(typed: Typed, keep: Keep) => unknown} questions
 */
function typedThing(draft, kind, item, name, questions) {
  /** @type {Typed} */
  const typed = item.typed_entry ?? {};
  /** @param {Typed} more */
  const write = (more) => draft.set(item.id, kind, "typed_entry", { confirmed: false, ...typed, ...more });
  const said = Object.entries(typed).some(([field, value]) => field !== "confirmed" && value !== null && value !== "");
  return html`<section class="typed-entry" aria-label=${t("Entrée sur papier : {name}", { name })}>
    <p class="soft">${t("Entrée importée : écrite d’après le papier")}</p>
    ${questions(typed, (more) => write({ ...more, confirmed: false }))}
    ${
      said
        ? html`<p class="row">
          <button class="button plain" type="button" aria-pressed=${typed.confirmed === true} @click=${() => write({ confirmed: !typed.confirmed })}>
            ${icon("check")} ${typed.confirmed ? t("Recopié et confirmé") : t("Confirmer : c’est bien écrit ainsi")}<span class="spoken"> : ${name}</span>
          </button>
        </p>`
        : nothing
    }
  </section>`;
}

/** @param {Draft} draft @param {any} catalogue @param {Item} element @param {string} name */
export function typedElement(draft, catalogue, element, name) {
  return typedThing(draft, "element", element, name, (typed, keep) =>
    oneOf({
      legend: t("État écrit sur l’entrée"),
      options: catalogue.states.map((/** @type {any} */ state) => ({ code: state.code, text: label(state.label) })),
      value: typed.state ?? null,
      choose: (state) => keep({ state }),
    }),
  );
}

/** @param {Draft} draft @param {any} kind of the catalogue @param {Item} meter @param {string} name */
export function typedMeter(draft, kind, meter, name) {
  return typedThing(
    draft,
    "meter",
    meter,
    name,
    (typed, keep) => html`<div class="pair">
    <fa-text .label=${t("Index écrit sur l’entrée")} .mode=${"decimal"} .value=${typed.index ?? ""}
      .save=${(/** @type {string} */ text) => keep({ index: text.trim(), state: "read" })}></fa-text>
    ${
      kind?.two_indexes
        ? html`<fa-text .label=${t("Second index écrit sur l’entrée")} .mode=${"decimal"} .value=${typed.index_low ?? ""}
      .save=${(/** @type {string} */ text) => keep({ index_low: text.trim() })}></fa-text>`
        : nothing
    }
    <fa-text .label=${t("Numéro de série écrit sur l’entrée")} .value=${typed.serial ?? ""}
      .save=${(/** @type {string} */ text) => keep({ serial: text.trim() })}></fa-text>
  </div>`,
  );
}

/** @param {Draft} draft @param {Item} key @param {string} name */
export function typedKey(draft, key, name) {
  return typedThing(draft, "key", key, name, (typed, keep) =>
    counter({
      legend: t("Remises à l’entrée"),
      value: typed.quantity,
      choose: (quantity) => keep({ quantity }),
      words: {
        less: t("Une de moins à l’entrée : {name}", { name }),
        more: t("Une de plus à l’entrée : {name}", { name }),
      },
    }),
  );
}

/** @param {Draft} draft @param {any} catalogue @param {Item} thing @param {string} name */
export function typedEquipment(draft, catalogue, thing, name) {
  const detector = thing.equipment_kind === "smoke_detector";
  return typedThing(
    draft,
    "equipment",
    thing,
    name,
    (typed, keep) => html`
    ${oneOf({
      legend: t("Présence écrite sur l’entrée"),
      options: [
        { code: "yes", text: t("Présent") },
        { code: "no", text: t("Absent") },
      ],
      value: typed.present == null ? null : typed.present ? "yes" : "no",
      choose: (code) => keep({ present: code === "yes" }),
    })}
    ${
      detector
        ? oneOf({
            legend: t("Essai écrit sur l’entrée"),
            options: catalogue.tests.map((/** @type {any} */ each) => ({
              code: each.code,
              text: word(catalogue, "tests", each.code),
            })),
            value: typed.tested ?? null,
            choose: (tested) => keep({ tested }),
            clear: () => keep({ tested: null }),
          })
        : html`<fa-text .label=${t("Dernier entretien écrit sur l’entrée")} .type=${"date"} .value=${typed.last_maintenance ?? ""}
          .save=${(/** @type {string} */ text) => keep({ last_maintenance: text || null })}></fa-text>`
    }`,
  );
}
