// The keys and other means of access, each with what it opens and how many are handed over.

import { html, nothing } from "lit";
import { shoot } from "../elements/camera.js";
import { counter, oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { keysReturn, todayThere } from "../elements/keys-return.js";
import { photoStrip } from "../elements/photo-strip.js";
import { openSheet } from "../elements/sheet.js";
import { placeMark } from "../elements/sync.js";
import { say } from "../elements/toast.js";
import { typedKey } from "../elements/typed-entry.js";
import { visitFrame } from "../elements/visit-frame.js";
import { n, t } from "../i18n.js";
import { go } from "../router.js";
import { lastPosition } from "../visit/arrange.js";
import { isAdvice, lookOf } from "../visit/exit.js";
import { addressAfter } from "../visit/walk.js";
import { itemName, word } from "../visit/words.js";
import { VisitScreen } from "./visit-screen.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Item} Item */
/** @typedef {import("../visit/exit.js").Look} Look */

/** `<fa-keys-screen>` */
export class KeysScreen extends VisitScreen {
  get heading() {
    return t("Clés");
  }

  /** @override */
  render() {
    const { draft, catalogue } = this;
    const keys = draft.list("key");
    const total = keys.reduce((sum, key) => sum + (key.quantity ?? 0), 0);
    const undecided = keys.filter((key) => !key.confirmed);
    const handed = draft.header.keys_handed_at;
    const look = lookOf(draft, catalogue);
    if (look) return this.#returned(look, keys, undecided.length);
    return visitFrame({
      draft,
      catalogue,
      here: "keys",
      title: this.heading,
      content: html`
        <p class="soft">${n("{count} clé ou moyen d’accès à remettre.", "{count} clés ou moyens d’accès à remettre.", total)}</p>
        <div>${keys.map((key) => this.#key(key))}</div>
        <p><button class="button plain" type="button" @click=${this.#add}>${icon("plus")} ${t("Ajouter une clé")}</button></p>
        ${
          handed
            ? html`<fa-text .label=${t("Clés remises le")} .type=${"datetime-local"} .value=${localMinute(handed)}
              .save=${(/** @type {string} */ text) => text && draft.set(draft.id, "inventory", "keys_handed_at", new Date(text).toISOString())}></fa-text>`
            : nothing
        }
        ${this.#other(undecided.length > 0, handed)}
      `,
      actions:
        undecided.length > 0
          ? html`<button class="button" type="button" @click=${() => this.#all(new Date().toISOString())}><span>${t("Tout est remis comme indiqué")} <small>${n("{count} ligne", "{count} lignes", keys.length)}</small></span></button>`
          : html`<a class="button" href=${addressAfter(draft.id, "keys")}><span>${t("Suite")} <small>${t("Équipements")}</small></span></a>`,
    });
  }

  /** The keys of an exit: counted against those of the entry, with the day on which they came back. @param {Look} look @param {Item[]} keys @param {number} undecided */
  #returned(look, keys, undecided) {
    const { draft, catalogue } = this;
    // Nothing comes back on a visit before the exit: it may be counted, or left out.
    const advice = isAdvice(draft);
    return visitFrame({
      draft,
      catalogue,
      here: "keys",
      title: this.heading,
      content: html`
        <p class="soft">${advice ? t("Rien n’est rendu aujourd’hui : comptez ce qui est là, ou passez.") : t("Comptez ce qui est rendu : la ligne dit ce qui avait été remis à l’entrée.")}</p>
        <div>${keys.map((key) => this.#key(key, look))}</div>
        <p><button class="button plain" type="button" @click=${this.#add}>${icon("plus")} ${t("Ajouter une clé")}</button></p>
        ${advice ? nothing : keysReturn(draft, catalogue)}
      `,
      actions:
        undecided > 0 && !advice
          ? html`<button class="button" type="button" @click=${() => this.#allBack(look)}><span>${t("Tout est rendu, en main propre")} <small>${n("{count} ligne", "{count} lignes", undecided)}</small></span></button>`
          : html`<a class="button" href=${addressAfter(draft.id, "keys")}><span>${t("Suite")} <small>${t("Équipements")}</small></span></a>`,
    });
  }

  /** One tap: what nobody counted came back as it was handed over, today. @param {Look} look */
  async #allBack(look) {
    const { draft } = this;
    const keys = draft.list("key");
    /** @type {import("./draft.js").Change[]} */
    const changes = keys.flatMap((key) => {
      const quantity = key.quantity ?? look.of("key", key)?.quantity;
      if (!Number.isInteger(quantity) || !key.destination?.trim() || key.confirmed) return [];
      const said = { entityId: key.id, kind: "key" };
      return [
        { ...said, field: "quantity", value: quantity },
        { ...said, field: "confirmed", value: true },
      ];
    });
    if (!draft.header.keys_returned) {
      const value = { how: "in_hand", on: todayThere(draft), proof: "" };
      changes.push({ entityId: draft.id, kind: "inventory", field: "keys_returned", value });
    }
    await draft.setMany(changes);
    if (draft.list("key").every((key) => key.confirmed)) go(addressAfter(draft.id, "keys"));
    else say(t("Il manque la destination ou le nombre d’une ligne : la loi le demande."));
  }

  /** The other answer about the handover: counted but kept, handed over later, or not after all. @param {boolean} undecided @param {string | null | undefined} handed */
  #other(undecided, handed) {
    if (this.draft.list("key").length === 0) return nothing;
    const [words, act] = undecided
      ? [t("Clés comptées, pas remises maintenant"), () => this.#all(null)]
      : handed
        ? [t("Les clés ne sont pas remises"), () => this.#handed(null)]
        : [t("Les clés sont remises maintenant"), () => this.#handed(new Date().toISOString())];
    return html`<p><button class="button plain" type="button" @click=${act}>${words}</button></p>`;
  }

  /** @param {string | null} at */
  #handed(at) {
    return this.draft.set(this.draft.id, "inventory", "keys_handed_at", at);
  }

  /** @param {Item} key @param {Look} [look] */
  #key(key, look) {
    const { draft, catalogue } = this;
    const name = itemName(catalogue, "keys", key, "key_kind");
    const full = [name, key.destination].filter(Boolean).join(", ");
    const entry = look?.of("key", key);
    const lacking = look?.lacking(key) ?? null;
    return html`<section class="thing key ${key.confirmed ? "done" : ""}" aria-label=${full}>
      <header>
        <h2>${name}</h2>
        <p class="soft">${key.destination || t("destination à dire")}${key.number ? `, ${t("n° {number}", { number: key.number })}` : ""}</p>
        ${entry ? html`<p class="soft">${t("À l’entrée : {count}", { count: entry.quantity ?? "?" })}${lacking ? `, ${lacking > 0 ? t("il en manque {count}", { count: lacking }) : t("{count} de plus", { count: -lacking })}` : ""}</p>` : nothing}
        ${key.confirmed ? html`<span class="status">${icon("check")} ${look ? t("Compté") : draft.header.keys_handed_at ? t("Remis") : t("Compté")}</span>` : nothing}
      </header>
      ${counter({
        legend: t("Nombre"),
        value: key.quantity,
        start: entry?.quantity ?? 0,
        choose: (value) => (look ? this.#count(key, value) : this.#set(key, "quantity", value)),
        words: { less: t("Un de moins : {name}", { name: full }), more: t("Un de plus : {name}", { name: full }) },
      })}
      <button class="tool ${draft.photos(key.id).length > 0 ? "has" : ""}" type="button"
        @click=${() => shoot({ draft, name: full, subject: { subjectKind: "key", subjectId: key.id, roomId: null } })}>
        ${icon("camera")} ${draft.photos(key.id).length || t("Photo")}<span class="spoken"> : ${full}</span>
      </button>
      ${look?.origin === "imported" ? typedKey(draft, key, full) : nothing}
      <details class="fold" ?open=${!key.destination}>
        <summary>${icon("next")} ${t("Destination, numéro")} <small>${placeMark(draft.where(key.id))}</small></summary>
        <div class="pair">
          <fa-text .label=${t("Ce qu’elle ouvre")} .value=${key.destination ?? ""} .save=${(/** @type {string} */ text) => this.#set(key, "destination", text.trim())}></fa-text>
          <fa-text .label=${t("Numéro de la clé ou du badge")} .value=${key.number ?? ""} .save=${(/** @type {string} */ text) => this.#set(key, "number", text.trim())}></fa-text>
        </div>
        ${photoStrip(draft, key.id, full)}
        <p><button class="button plain" type="button" @click=${() => this.#remove(key, name)}>${icon("trash")} ${t("Retirer cette ligne")}</button></p>
      </details>
    </section>`;
  }

  /** One tap: every line is as written, and handed over at that moment or not yet. @param {string | null} at */
  async #all(at) {
    const { draft } = this;
    const keys = draft.list("key");
    const unsaid = keys.find((key) => !key.destination?.trim() || key.quantity == null);
    const said = keys.filter((key) => key.destination?.trim() && key.quantity != null && !key.confirmed);
    /** @type {{entityId: string, kind: string, field: string, value: unknown}[]} */
    const changes = said.map((key) => ({
      entityId: key.id,
      kind: "key",
      field: "confirmed",
      value: true,
    }));
    if (!at !== !draft.header.keys_handed_at) {
      changes.push({ entityId: draft.id, kind: "inventory", field: "keys_handed_at", value: at });
    }
    await draft.setMany(changes);
    if (unsaid) say(t("Il manque la destination ou le nombre d’une ligne : la loi le demande."));
    else go(addressAfter(draft.id, "keys"));
  }

  /** At an exit what is counted is confirmed: nothing else is left to say of it. @param {Item} key @param {number} value */
  #count(key, value) {
    const said = { entityId: key.id, kind: "key" };
    return this.draft.setMany([
      { ...said, field: "quantity", value },
      { ...said, field: "confirmed", value: Boolean(key.destination?.trim()) },
    ]);
  }

  /** @param {Item} key @param {string} field @param {unknown} value */
  #set(key, field, value) {
    return this.draft.set(key.id, "key", field, value);
  }

  /** @param {Item} key @param {string} name */
  #remove(key, name) {
    void this.#set(key, "deleted", true);
    say(t("{name} : ligne retirée.", { name }), { undo: () => this.#set(key, "deleted", false) });
  }

  async #add() {
    const { draft, catalogue } = this;
    const code = await openSheet(t("Ajouter une clé"), (sheet) =>
      oneOf({
        legend: t("Quel moyen d’accès ?"),
        options: catalogue.keys.map((/** @type {any} */ each) => ({
          code: each.code,
          text: word(catalogue, "keys", each.code),
        })),
        value: null,
        choose: sheet.close,
      }),
    );
    if (typeof code !== "string") return;
    await draft.add("key", {
      key_kind: code,
      label: "",
      destination: "",
      quantity: 1,
      number: "",
      confirmed: false,
      position: lastPosition(draft.list("key")),
    });
  }
}

/** What a datetime field shows, on the tablet's clock. @param {string} instant */
function localMinute(instant) {
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

customElements.define("fa-keys-screen", KeysScreen);
