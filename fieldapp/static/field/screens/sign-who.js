// Who holds the tablet: one button a person, and what each one has answered.

import { html, nothing } from "lit";
import { fingerprint } from "../elements/fingerprint.js";
import { icon } from "../elements/icon.js";
import { t } from "../i18n.js";
import { path } from "../router.js";

/** @typedef {import("./sign-ceremony.js").Ceremony} Ceremony */
/** @typedef {import("./sign-people.js").Signatory} Signatory */

/**
 * @param {Ceremony} ceremony
 * @param {string} inventoryId
 * @param {() => void} finish without those who only assist
 * @param {() => void} confirm that what was answered before the document was opened again still stands
 */
export function who(ceremony, inventoryId, finish, confirm) {
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
    ${ceremony.standing ? standing(ceremony, confirm) : nothing}
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

/** The document was opened again and is the very same: a signature is over its code, so it still stands. @param {Ceremony} ceremony @param {() => void} confirm */
function standing(ceremony, confirm) {
  return html`<section class="notice" aria-labelledby="standing">
    <h2 id="standing">${t("Le document n’a pas changé")}</h2>
    <p>${t("Son code de contrôle est le même. Ce que chacun a répondu vaut toujours, personne ne signe deux fois.")}</p>
    <p>${fingerprint(ceremony.frozen?.sha256 ?? "")}</p>
    ${ceremony.answered ? html`<p><button class="button" type="button" @click=${confirm}>${icon("check")} ${t("Terminer avec ces réponses")}</button></p>` : nothing}
  </section>`;
}

/** @param {Signatory} person */
function answered(person) {
  return html`<p class="signer done">${icon("check")} <span>${person.name} <small>${answerWords(person)}</small></span></p>`;
}

/** What was answered, and by whom. @param {Signatory} person @returns {string} */
export function answerWords(person) {
  return person.by ? t("{name} a signé pour les deux", { name: person.by }) : decisionWords(person.act?.decision);
}

/** @param {Signatory} person */
function quality(person) {
  if (person.represented && person.quality === "curator")
    return t("{quality}, assiste {name}", { quality: person.label, name: person.represented });
  if (person.spouse)
    return t("{quality} ; lien avec {name} : {bond}", {
      quality: person.label,
      name: person.spouse.name,
      bond: person.spouse.bond,
    });
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
