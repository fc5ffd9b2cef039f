// One row of an entry inventory on paper: its state is read there, typed here, and confirmed by itself.

import { html, nothing } from "lit";
import { label, t } from "../i18n.js";
import { oneOf } from "./choices.js";
import { icon } from "./icon.js";

/** @typedef {import("../screens/draft.js").Draft} Draft */
/** @typedef {import("../screens/draft.js").Item} Item */

/**
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {Item} element
 * @param {string} name
 */
export function typedEntry(draft, catalogue, element, name) {
  const typed = element.typed_entry ?? null;
  /** @param {Record<string, unknown>} more */
  const keep = (more) => draft.set(element.id, "element", "typed_entry", { confirmed: false, ...typed, ...more });
  return html`<section class="typed-entry" aria-label=${t("Entrée sur papier : {name}", { name })}>
    ${oneOf({
      legend: t("État écrit sur l’entrée"),
      options: catalogue.states.map((/** @type {any} */ state) => ({ code: state.code, text: label(state.label) })),
      value: typed?.state ?? null,
      choose: (state) => keep({ state, confirmed: false }),
    })}
    ${
      typed?.state
        ? html`<p class="row">
          <button class="button plain" type="button" aria-pressed=${typed.confirmed} @click=${() => keep({ confirmed: !typed.confirmed })}>
            ${icon("check")} ${typed.confirmed ? t("Recopié et confirmé") : t("Confirmer : c’est bien écrit ainsi")}
          </button>
        </p>`
        : nothing
    }
  </section>`;
}
