// Who is there, in which quality, and with what mandate.

import { html, nothing } from "lit";
import { shoot } from "../elements/camera.js";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { newAddress } from "../elements/new-address.js";
import { photoStrip } from "../elements/photo-strip.js";
import { openSheet } from "../elements/sheet.js";
import { placeMark } from "../elements/sync.js";
import { say } from "../elements/toast.js";
import { visitFrame } from "../elements/visit-frame.js";
import { t } from "../i18n.js";
import { path } from "../router.js";
import { TENANTS } from "../rules/record-exit.js";
import { lastPosition } from "../visit/arrange.js";
import { isAdvice, isExit } from "../visit/exit.js";
import { partyDone } from "../visit/tally.js";
import { addressAfter } from "../visit/walk.js";
import { word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */

/** `<fa-parties-screen>` */
export class PartiesScreen extends VisitScreen {
  get heading() {
    return t("Personnes");
  }

  /** @override */
  render() {
    const { draft, catalogue } = this;
    const parties = draft.list("party");
    const agent = draft.header.context?.agent;
    const seeded = parties.some((party) => party.quality === "agent");
    return visitFrame({
      draft,
      catalogue,
      here: "parties",
      title: this.heading,
      content: html`
        ${parties.map((party) => this.#party(party, parties))}
        ${
          agent && !seeded
            ? html`<section class="thing done" aria-label=${agent.name}><header><h2>${agent.name}</h2><p class="soft">${word(catalogue, "qualities", "agent")}</p></header></section>`
            : nothing
        }
        <p><button class="button plain" type="button" @click=${this.#add}>${icon("plus")} ${t("Ajouter une personne")}</button></p>
      `,
      actions: isAdvice(draft)
        ? html`<a class="button" href=${path(draft.id, "advice")}><span>${t("Suite")} <small>${t("Terminer la visite conseil")}</small></span></a>`
        : html`<a class="button" href=${addressAfter(draft.id, "parties")}><span>${t("Suite")} <small>${t("Vérifier et faire signer")}</small></span></a>`,
    });
  }

  /** @param {Item} party @param {Item[]} parties */
  #party(party, parties) {
    const { draft, catalogue } = this;
    const quality = party.quality;
    const mandated = quality === "proxy" || quality === "guardian";
    const name = party.name || t("Personne sans nom");
    const represented = parties.find((each) => each.id === party.represents);
    const bound = TENANTS.includes(quality)
      ? bondBetween(
          party,
          parties.filter((each) => each.id !== party.id && TENANTS.includes(each.quality)),
        )
      : null;
    return html`<section class="thing ${partyDone(party) ? "done" : ""}" aria-labelledby="party-${party.id}">
      <header>
        <h2 id="party-${party.id}">${name}</h2>
        <p class="soft">${word(catalogue, "qualities", quality)}${represented ? `, ${quality === "curator" ? t("assiste {name}", { name: represented.name }) : t("pour {name}", { name: represented.name })}` : ""}${bound ? `, ${t("lien avec {name} : {bond}", { name: bound.other.name, bond: word(catalogue, "bonds", bound.bond) })}` : ""}</p>
        ${partyDone(party) && quality !== "agent" ? html`<span class="status">${icon("check")} ${party.present ? t("Présent") : t("Absent")}</span>` : nothing}
      </header>
      ${
        quality === "agent"
          ? nothing
          : oneOf({
              legend: t("Présence : {name}", { name }),
              quiet: true,
              options: [
                { code: "yes", text: t("Présent") },
                { code: "no", text: t("Absent") },
              ],
              value: party.present == null ? null : party.present ? "yes" : "no",
              choose: (code) => draft.set(party.id, "party", "present", code === "yes"),
            })
      }
      ${isExit(draft) && !isAdvice(draft) && TENANTS.includes(quality) ? newAddress(draft, catalogue, party, name) : nothing}
      ${mandated && party.present !== false ? this.#mandate(party, parties, name) : nothing}
      ${quality === "curator" && party.present !== false ? this.#assistance(party, parties) : nothing}
      ${
        quality === "agent"
          ? nothing
          : html`<details class="fold" ?open=${!party.name}>
        <summary>${icon("next")} ${t("Nom, coordonnées, pièce d’identité")} <small>${placeMark(draft.where(party.id))}</small></summary>
        <div class="pair">
          <fa-text .label=${t("Nom et prénom")} .value=${party.name ?? ""} .save=${this.#keep(party, "name")}></fa-text>
          <fa-text .label=${t("Adresse e-mail")} .type=${"email"} .mode=${"email"} .value=${party.email ?? ""} .save=${this.#keep(party, "email")}></fa-text>
          <fa-text .label=${t("Téléphone")} .type=${"tel"} .mode=${"tel"} .value=${party.phone ?? ""} .save=${this.#keep(party, "phone")}></fa-text>
        </div>
        ${this.#bond(party, parties, name)}
        ${mandated ? nothing : this.#identity(party)}
        <p><button class="button plain" type="button" @click=${() => this.#remove(party, name)}>${icon("trash")} ${t("Retirer cette personne")}</button></p>
      </details>`
      }
    </section>`;
  }

  /** @param {Item} party @param {Item[]} parties @param {string} name */
  #mandate(party, parties, name) {
    const { draft, catalogue } = this;
    return html`
      ${this.#whom(party, parties, t("Pour qui signe cette personne ?"))}
      <div class="pair">
        <fa-text .label=${t("Mandat écrit, ou jugement : date et nature")} .value=${party.mandate ?? ""} .save=${this.#keep(party, "mandate")}></fa-text>
        <fa-text .label=${t("Domicile")} .value=${party.domicile ?? ""} .save=${this.#keep(party, "domicile")}></fa-text>
      </div>
      ${this.#identity(party)}
      <p class="row"><button class="button plain" type="button" @click=${() => shoot({ draft, name: t("Mandat de {name}", { name }), hint: t("Le mandat seulement, pas la pièce d’identité."), subject: { subjectKind: "party", subjectId: party.id, roomId: null } })}>${icon("camera")} ${t("Photographier le mandat")}</button></p>
      ${photoStrip(draft, party.id, t("Mandat de {name}", { name }))}
      <p class="soft">${word(catalogue, "qualities", party.quality)} : ${t("sans mandat ni pièce d’identité vue, cette signature n’engage pas le locataire.")}</p>
    `;
  }

  /** Who assists and what was seen; never why: that is nobody's business here. @param {Item} party @param {Item[]} parties */
  #assistance(party, parties) {
    return html`
      ${this.#whom(party, parties, t("Qui cette personne assiste-t-elle ?"))}
      <fa-text .label=${t("Document vu : date et numéro, sans le motif")} .value=${party.mandate ?? ""} .save=${this.#keep(party, "mandate")}></fa-text>
      <p class="soft">${t("Le locataire signe. La signature du curateur est conseillée ; rien ne l’attend.")}</p>
    `;
  }

  /** @param {Item} party @param {Item[]} parties @param {string} legend */
  #whom(party, parties, legend) {
    return oneOf({
      legend,
      options: parties
        .filter((each) => each.id !== party.id && ["tenant", "co_tenant"].includes(each.quality))
        .map((each) => ({ code: each.id, text: each.name })),
      value: party.represents,
      choose: (id) => this.draft.set(party.id, "party", "represents", id),
    });
  }

  /** Of two holders of the lease who are married or bound by a PACS, one may sign for both. @param {Item} party @param {Item[]} parties @param {string} name */
  #bond(party, parties, name) {
    const others = parties.filter((each) => each.id !== party.id && TENANTS.includes(each.quality));
    if (!TENANTS.includes(party.quality) || others.length === 0) return nothing;
    const found = bondBetween(party, others);
    return html`${oneOf({
      legend: t("Mariage ou PACS : {name}", { name }),
      options: others.flatMap((other) => [
        { code: `married ${other.id}`, text: t("Mariage avec {name}", { name: other.name }) },
        { code: `pacs ${other.id}`, text: t("PACS avec {name}", { name: other.name }) },
      ]),
      value: found && `${found.bond} ${found.other.id}`,
      choose: (code) => this.draft.setMany(bind(party, others, code)),
      clear: () => this.draft.setMany(bind(party, others, null)),
    })}
    <p class="soft">${t("L’un des deux peut alors signer pour les deux.")}</p>`;
  }

  /** @param {Item} party */
  #identity(party) {
    const { draft, catalogue } = this;
    return oneOf({
      legend: t("Pièce d’identité vue"),
      options: catalogue.identities.map((/** @type {any} */ each) => ({
        code: each.code,
        text: word(catalogue, "identities", each.code),
      })),
      value: party.identity_seen,
      choose: (code) => draft.set(party.id, "party", "identity_seen", code),
      clear: () => draft.set(party.id, "party", "identity_seen", null),
    });
  }

  /** @param {Item} party @param {string} field */
  #keep(party, field) {
    return (/** @type {string} */ text) => this.draft.set(party.id, "party", field, text.trim());
  }

  /** @param {Item} party @param {string} name */
  #remove(party, name) {
    void this.draft.set(party.id, "party", "deleted", true);
    say(t("{name} : retiré de la liste.", { name }), {
      undo: () => this.draft.set(party.id, "party", "deleted", false),
    });
  }

  async #add() {
    const { draft, catalogue } = this;
    const quality = await openSheet(t("Ajouter une personne"), (sheet) =>
      oneOf({
        legend: t("En quelle qualité ?"),
        options: ["proxy", "co_tenant", "guardian", "curator", "witness"].map((code) => ({
          code,
          text: word(catalogue, "qualities", code),
        })),
        value: null,
        choose: sheet.close,
      }),
    );
    if (typeof quality !== "string") return;
    const parties = draft.list("party");
    const forSomebody = ["proxy", "guardian", "curator"].includes(quality);
    const tenants = parties.filter((party) => party.quality === "tenant");
    await draft.add("party", {
      name: "",
      quality,
      present: true,
      position: lastPosition(parties),
      ...(forSomebody && tenants.length === 1 ? { represents: tenants[0]?.id } : {}),
    });
  }
}

/** To whom a holder of the lease is bound, on whichever of the two it was written. @param {Item} party @param {Item[]} others */
function bondBetween(party, others) {
  const named = party.bond && others.find((other) => other.id === party.spouse);
  if (named) return { other: named, bond: party.bond };
  const naming = others.find((other) => other.bond && other.spouse === party.id);
  return naming ? { other: naming, bond: naming.bond } : null;
}

/** The writes that bind two people, or untie them: the bond stands on one of them only. @param {Item} party @param {Item[]} others @param {string | null} code */
function bind(party, others, code) {
  const [bond = null, spouse = null] = code?.split(" ") ?? [];
  const untied = others.filter((other) => other.spouse === party.id).map((other) => other.id);
  return [{ id: party.id, bond, spouse }, ...untied.map((id) => ({ id, bond: null, spouse: null }))].flatMap(
    ({ id, ...fields }) =>
      Object.entries(fields).map(([field, value]) => ({ entityId: id, kind: "party", field, value })),
  );
}

customElements.define("fa-parties-screen", PartiesScreen);
