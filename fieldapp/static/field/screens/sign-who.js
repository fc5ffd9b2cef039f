// Who holds the tablet: one button a person, and what each one has answered.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { t } from "../i18n.js";
import { path } from "../router.js";

/** @typedef {import("./sign-ceremony.js").Ceremony} Ceremony */
/** @typedef {import("./sign-ceremony.js").Signatory} Signatory */

/** @param {Ceremony} ceremony @param {string} inventoryId @param {() => void} finish without those who only assist */
export function who(ceremony, inventoryId, finish) {
  const people = ceremony.people();
  const record = ceremony.frozen?.record ?? {};
  return html`
    <h1>${people.some((person) => person.act) ? t("Qui signe maintenant ?") : t("Qui signe ?")}</h1>
    <p>${t("{kind}. Rien n’est signé avant que vous le disiez.", { kind: record.labels?.kind ?? "" })}</p>
    ${
      ceremony.outdated
        ? html`<section class="notice" data-tone="stop"><p>${t("Ce qui est noté a changé depuis une première réponse. Chacun relit et répond à nouveau.")}</p></section>`
        : nothing
    }
    <ul class="signers">
      ${people.map((person) => html`<li>${person.act ? answered(person) : waiting(person, inventoryId)}</li>`)}
    </ul>
    ${
      ceremony.onlyAdvised
        ? html`<p>${t("La signature du curateur est conseillée. L’état des lieux est valable sans elle.")}</p>
          <p><button class="button plain" type="button" @click=${finish}>${t("Terminer sans la signature du curateur")}</button></p>`
        : nothing
    }
  `;
}

/** @param {Signatory} person @param {string} inventoryId */
function waiting(person, inventoryId) {
  const agent = person.quality === "agent";
  return html`<a class="button plain signer" href=${path(inventoryId, "sign", agent ? "sign" : "read", person.id)}>
      ${icon(agent ? "sign" : "people")}
      <span>${person.name} <small>${quality(person)}</small></span>
    </a>
    ${
      agent
        ? nothing
        : html`<a class="button quiet" href=${path(inventoryId, "sign", "absent", person.id)}>${t("N’est pas là")}<span class="spoken"> : ${person.name}</span></a>`
    }`;
}

/** @param {Signatory} person */
function answered(person) {
  return html`<p class="signer done">${icon("check")} <span>${person.name} <small>${decisionWords(person.act?.decision)}</small></span></p>`;
}

/** @param {Signatory} person */
function quality(person) {
  if (person.represented && person.quality === "curator")
    return t("{quality}, assiste {name}", { quality: person.label, name: person.represented });
  return person.represented
    ? t("{quality}, pour {name}", { quality: person.label, name: person.represented })
    : person.label;
}

/** What somebody answered, in words. @param {string} decision */
export function decisionWords(decision) {
  switch (decision) {
    case "signed":
      return t("A signé");
    case "signed_with_reservations":
      return t("A signé avec ses remarques");
    case "refused":
      return t("N’a pas signé");
    default:
      return t("N’était pas là");
  }
}
