// The whole record on a page: what the agent reads before signing, and what each party is handed.

import { html, nothing } from "lit";
import { t } from "../i18n.js";
import {
  address,
  dayInWords,
  entrySaid,
  equipmentSaid,
  keyName,
  meterName,
  moment,
  observations,
  oneTouch,
  reading,
  sentences,
  stateTile,
} from "./record-words.js";

/** @typedef {Record<string, any>} Json */
const TENANT_SIDE = ["tenant", "co_tenant", "proxy", "guardian"];

/** @typedef {(photo: Json) => unknown} Picture draws one photo of the record */

/**
 * @param {Json} record
 * @param {Picture} picture
 * @param {Json[] | null} [acts] what was answered; null while nobody has
 */
export function recordView(record, picture, acts = null) {
  return html`${recordHead(record, acts)} ${recordThings(record, picture)}
    ${record.rooms.map((/** @type {Json} */ room) => roomView(record, room, picture))} ${recordRights(record)}`;
}

/** Type, dates, place, parties: clauses a to e. @param {Json} record @param {Json[] | null} [acts] */
export function recordHead(record, acts = null) {
  const { landlord = {}, agent = {}, dwelling = {}, tenancy = {} } = record.context;
  return html`<section class="stack">
    <dl class="ledger facts-of-record">
      ${fact(t("Type"), [record.labels.kind, record.labels.lease_kind].filter(Boolean).join(", "))}
      ${fact(t("Numéro"), record.number)}
      ${fact(t("Fait le"), moment(record, record.established_at))}
      ${keysHanded(record, acts)}
      ${fact(t("Adresse"), address(record))}
      ${fact(t("Logement"), [dwelling.kind, dwelling.area && t("{area} m²", { area: decimal(dwelling.area) }), dwelling.annexes, dwelling.reference].filter(Boolean).join(", "))}
      ${fact(t("Chauffage"), dwelling.heating?.text)}
      ${fact(t("Bailleur"), [landlord.name, landlord.kind, seat(landlord.seat)].filter(Boolean).join(", "))}
      ${fact(t("Représenté par"), [agent.name, agent.quality, agent.mandate, agent.domicile].filter(Boolean).join(", "))}
      ${record.parties.filter((/** @type {Json} */ party) => party.quality !== "agent").map((/** @type {Json} */ party) => fact(party.quality_label, partySaid(record, party)))}
      ${fact(t("Bail"), tenancy.reference)}
      ${exitFacts(record)}
      ${record.insurance ? fact(t("Assurance vue"), [record.insurance.insurer, record.insurance.expires && t("jusqu’au {day}", { day: dayInWords(record.insurance.expires) })].filter(Boolean).join(", ")) : nothing}
    </dl>
    <p>${record.legal.together}</p>
    ${oneTouch(record)}
    ${record.alerts.map(
      (/** @type {Json} */ alert) =>
        html`<p><strong>${alert.reason_label}</strong> ${alert.text} ${alert.decision?.outcome === "proceed" ? t("Le bureau a dit de continuer.") : ""} ${alert.decision?.reason ?? ""}</p>`,
    )}
  </section>`;
}

/** Meters, keys and equipment: clauses f and g. @param {Json} record @param {Picture} picture */
export function recordThings(record, picture) {
  const shown = record.photos.filter((/** @type {Json} */ photo) => !["room", "element"].includes(photo.subject_kind));
  return html`<section class="stack">
    <h2>${t("Compteurs")}</h2>
    ${things(record.meters, meterName, reading, t("Aucun compteur individuel"))}
    <h2>${t("Clés et moyens d’accès")}</h2>
    ${things(record.keys, keyName, (key) => String(key.quantity ?? "–"), t("Aucune clé"))}
    ${record.equipment.length > 0 ? html`<h2>${t("Équipements")}</h2> ${things(record.equipment, (thing) => thing.label || thing.kind_label, equipmentSaid, "")}` : nothing}
    ${pictures(shown, picture)} ${record.remark ? html`<p>${record.remark}</p>` : nothing}
  </section>`;
}

/** One room, each element a row. @param {Json} record @param {Json} room @param {Picture} picture */
export function roomView(record, room, picture) {
  const marks = new Set([...room.photos, ...room.elements.flatMap((/** @type {Json} */ element) => element.photos)]);
  return html`<section class="stack room-of-record">
    <h2>${room.no}. ${room.label}</h2>
    ${roomRows(record, room)}
    ${pictures(
      record.photos.filter((/** @type {Json} */ photo) => marks.has(photo.mark)),
      picture,
    )}
  </section>`;
}

/** @param {Json} record @param {Json} room */
export function roomRows(record, room) {
  return html`<ul class="rows-of-record">
    ${room.elements.map(
      (/** @type {Json} */ element) => html`<li>
        <span class="ref">${element.ref}</span>
        <span class="what"><strong>${element.label}</strong>${element.material ? html`, ${element.material}` : nothing}</span>
        <span class="seen">${stateTile(record, element)} ${element.filled_at_one_touch ? html`<span aria-hidden="true">•</span><span class="spoken">${t("Rempli d’un seul geste")}</span>` : nothing}</span>
        ${said(element)}
      </li>`,
    )}
  </ul>`;
}

/** @param {Json} element */
function said(element) {
  const words = sentences([...observations(element), entrySaid(element)]);
  if (!words && element.photos.length === 0) return nothing;
  return html`<span class="said">${words} ${element.photos.length > 0 ? html`<span class="soft">${element.photos.join(", ")}</span>` : nothing}</span>`;
}

/** What may still be asked, and until when. @param {Json} record */
export function recordRights(record) {
  const { ten_days: tenDays, heating, conciliation } = record.legal.rights;
  const rights = [tenDays, heating, conciliation].filter(Boolean);
  if (rights.length === 0) return nothing;
  return html`<section class="stack">
    <h2>${t("Vous pourrez encore compléter")}</h2>
    <ul class="ledger rights">${rights.map((text) => html`<li><span>${text}</span></li>`)}</ul>
  </section>`;
}

/** @param {Json[]} list @param {(thing: Json) => string} name @param {(thing: Json) => string} value @param {string} none */
export function things(list, name, value, none) {
  if (list.length === 0) return html`<p class="soft">${none}</p>`;
  return html`<dl class="ledger">
    ${list.map((thing) => html`<div><dt>${name(thing)}${thing.photos.length > 0 ? html` <span class="soft">${thing.photos.join(", ")}</span>` : nothing}</dt><dd>${value(thing)}</dd></div>`)}
  </dl>`;
}

/** @param {Json[]} photos @param {Picture} picture */
function pictures(photos, picture) {
  if (photos.length === 0) return nothing;
  return html`<ul class="pictures-of-record">
    ${photos.map(
      (photo) =>
        html`<li><figure>${picture(photo)}<figcaption>${photo.mark}, ${photoWords(photo)}</figcaption></figure></li>`,
    )}
  </ul>`;
}

/** What a photo shows, in words. @param {Json} photo @returns {string} */
export function photoWords(photo) {
  const words = [photo.room_label, photo.subject_label, photo.caption].filter(Boolean).join(", ");
  return words || t("Photo {mark}", { mark: photo.mark });
}

/** @param {string} name @param {string | undefined} value */
function fact(name, value) {
  return value ? html`<div><dt>${name}</dt><dd>${value}</dd></div>` : nothing;
}

/** What an exit says beyond an entry: on what it stands, when the keys came back, where the tenant goes. @param {Json} record */
function exitFacts(record) {
  const { entry, keys_returned: returned } = record;
  if (!entry) return nothing;
  const entered = entry.established_on
    ? t("{label}, {day}", { label: entry.origin_label, day: dayInWords(entry.established_on) })
    : entry.origin_label;
  const back = returned.on
    ? t("{label}, {day}", { label: returned.how_label, day: dayInWords(returned.on) })
    : returned.how_label;
  return html`${record.contractual ? nothing : fact(t("Valeur"), t("Visite conseil : rien n’est signé, rien n’est dû."))}
    ${fact(t("Entrée"), entered)} ${fact(t("Retour des clés"), [back, returned.proof].filter(Boolean).join(", "))}
    ${record.parties.filter((/** @type {Json} */ party) => party.new_address?.answer).map((/** @type {Json} */ party) => fact(t("Nouvelle adresse de {name}", { name: party.name }), party.new_address.text || party.new_address.answer_label))}`;
}

/** Keys are said to be handed over only to somebody of the tenant's side who signed. @param {Json} record @param {Json[] | null} acts */
function keysHanded(record, acts) {
  const received =
    acts === null || acts.some((act) => TENANT_SIDE.includes(act.quality) && act.decision.startsWith("signed"));
  if (record.keys_handed_at && received) return fact(t("Clés remises le"), moment(record, record.keys_handed_at));
  if (record.entry) return nothing;
  return record.keys.length > 0 ? fact(t("Clés"), t("Clés préparées pour la remise, non remises")) : nothing;
}

/** @param {Json} record @param {Json} party */
function partySaid(record, party) {
  const of = record.parties.find((/** @type {Json} */ other) => other.id === party.represents);
  const beside = party.quality === "curator";
  const whom = of && (beside ? t("assiste {name}", { name: of.name }) : t("pour {name}", { name: of.name }));
  const spouse = record.parties.find((/** @type {Json} */ other) => other.id === party.spouse);
  const bond = spouse && t("lien avec {name} : {bond}", { name: spouse.name, bond: party.bond_label });
  return [party.name, whom, bond, party.mandate, party.domicile, party.identity_label].filter(Boolean).join(", ");
}

/** @param {Json | undefined} where */
function seat(where) {
  return where ? [where.street, [where.postcode, where.town].filter(Boolean).join(" ")].filter(Boolean).join(", ") : "";
}

/** A decimal text with the comma of the language. @param {string} text */
function decimal(text) {
  return document.documentElement.lang === "en" ? text : text.replace(".", ",");
}
