// Here is what we noted: what differs first, with its photos; everything else a tap away; a remark on any line.

import { html, nothing } from "lit";
import { icon } from "../elements/icon.js";
import { photoWords, roomRows, things } from "../elements/record-view.js";
import {
  dayInWords,
  equipmentSaid,
  keyName,
  meterName,
  observations,
  oneTouch,
  reading,
  sentences,
  stateTile,
} from "../elements/record-words.js";
import { n, t } from "../i18n.js";
import { exceptions } from "../rules/exceptions.js";
import { exitChanges, exitRemoved, repairable } from "../visit/exit-changes.js";
import "../elements/remark.js";
import "../elements/thumb.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {import("./sign-ceremony.js").Ceremony} Ceremony */
/** @typedef {import("./sign-remarks.js").Subject} Subject */
/** @typedef {{ceremony: Ceremony, draft: import("./draft.js").Draft, partyId: string, record: Json, remark: (subject: Subject, text: string) => unknown}} Page */

/** @param {Page} page */
export function read(page) {
  const { record } = page;
  const { rooms, elements, meters, keys } = record.counts;
  return html`
    ${record.entry ? exitRead(page) : entryRead(page)}
    <section class="stack" aria-labelledby="rest">
      <h2 id="rest">${t("Tout le reste, si vous voulez le relire")}</h2>
      ${oneTouch(record)}
      <div>
        ${record.rooms.map((/** @type {Json} */ room) =>
          fold(
            room.label,
            n("{count} élément", "{count} éléments", room.elements.length),
            html`
          ${roomPicture(page, room)} ${roomRows(record, room)} ${remarkOn(page, { subject_kind: "room", subject_id: room.id }, room.label)}`,
          ),
        )}
        ${fold(
          t("Les compteurs"),
          n("{count} compteur", "{count} compteurs", meters),
          html`
          ${things(record.meters, meterName, reading, t("Aucun compteur individuel"))}
          ${record.meters.map((/** @type {Json} */ meter) => remarkOn(page, { subject_kind: "meter", subject_id: meter.id }, meterName(meter)))}`,
        )}
        ${fold(
          t("Les clés"),
          record.entry ? n("{count} rendue", "{count} rendues", keys) : n("{count} remise", "{count} remises", keys),
          html`
          ${things(record.keys, keyName, (key) => String(key.quantity ?? "–"), t("Aucune clé"))}
          ${record.keys.map((/** @type {Json} */ key) => remarkOn(page, { subject_kind: "key", subject_id: key.id }, keyName(key)))}`,
        )}
        ${
          record.equipment.length > 0
            ? fold(
                t("Les équipements"),
                "",
                html`${things(record.equipment, (thing) => thing.label || thing.kind_label, equipmentSaid, "")}
          ${record.equipment.map((/** @type {Json} */ thing) => remarkOn(page, { subject_kind: "equipment", subject_id: thing.id }, thing.label || thing.kind_label))}`,
              )
            : nothing
        }
      </div>
      <p class="soft">${t("{rooms} pièces, {elements} éléments", { rooms, elements })}. ${record.legal.photographs}</p>
    </section>
  `;
}

/** @param {Page} page */
function entryRead(page) {
  const found = exceptions(page.record);
  return html`<h1>${t("Voici ce que nous avons noté")}</h1>
    <p>${found.length > 0 ? n("Voici {count} point à regarder.", "Voici {count} points à regarder.", found.length) : t("Nous n’avons noté aucun défaut.")}
      ${t("Si vous n’êtes pas d’accord, touchez Ma remarque.")}</p>
    <div>${found.map(({ room, element }) => noted(page, room, element))}</div>`;
}

/** Changes first, the entry beside them; nothing of why, nothing of what it costs. @param {Page} page */
function exitRead(page) {
  const { record } = page;
  const found = record.contractual === false ? repairable(record) : exitChanges(record);
  const gone = exitRemoved(record);
  const count = found.length + gone.length;
  const advice = record.contractual === false;
  return html`<h1>${advice ? t("Ce qui peut encore être réparé") : t("Voici ce qui a changé")}</h1>
    ${advice ? html`<p class="exit-notice"><strong>${t("Visite conseil : rien n’est signé, rien n’est dû.")}</strong></p>` : nothing}
    ${record.entry.origin === "sealed" ? nothing : html`<p class="exit-notice">${record.entry.origin_words}</p>`}
    <p>${count > 0 ? n("Voici {count} point à regarder.", "Voici {count} points à regarder.", count) : t("Rien n’a changé depuis l’entrée.")}
      ${t("Si vous n’êtes pas d’accord, touchez Ma remarque.")}</p>
    ${advice ? nothing : html`<p><strong>${t("Signer, ce n’est pas accepter de payer : il n’y a ici ni cause ni prix.")}</strong></p>`}
    <div>${found.map(({ room, element }) => changed(page, room, element))}</div>
    ${gone.length > 0 ? html`<h2>${t("Ce qui n’est plus là")}</h2><ul>${gone.map(({ room, element }) => html`<li>${t("{room} : {element}", { room: room.label, element: element.label })}</li>`)}</ul>` : nothing}`;
}

/** @param {Page} page @param {Json} room @param {Json} element */
function changed(page, room, element) {
  const now = page.record.photos.filter((/** @type {Json} */ photo) => element.photos.includes(photo.mark));
  const before = (element.entry?.photos ?? []).flatMap(
    (/** @type {string} */ mark) =>
      page.record.entry.photos.find((/** @type {Json} */ photo) => photo.mark === mark) ?? [],
  );
  const name = t("{room} : {element}", { room: room.label, element: element.label });
  return html`<article class="noted compared">
    <div class="stack">
      <h2>${name}</h2>
      <div class="versus">
        ${side(page, t("À l’entrée"), element.entry, before, element.entry)}
        ${side(page, t("Aujourd’hui"), element, now)}
      </div>
      ${element.works ? html`<p>${element.works.on ? t("Remplacé ou refait le {day}", { day: dayInWords(element.works.on) }) : t("Remplacé ou refait pendant le bail")}</p>` : nothing}
      ${element.change === "not_comparable" || element.change === "created" ? html`<p class="soft">${element.change_reason_label || element.change_label}</p>` : nothing}
      ${remarkOn(page, { subject_kind: "element", subject_id: element.id }, name)}
    </div>
  </article>`;
}

/** One of both columns. @param {Page} page @param {string} title @param {Json | null} said @param {Json[]} photos @param {Json | null} [entry] */
function side(page, title, said, photos, entry) {
  return html`<section class="stack">
    <h3>${title}</h3>
    ${photos.map((photo) => picture(page, photo))}
    ${
      said
        ? html`<p>${stateTile(page.record, said, said === entry)}</p><p>${sentences([said.material, ...observations({ promise: null, ...said })])}</p>`
        : html`<p class="soft">${t("Rien de noté")}</p>`
    }
  </section>`;
}

/** @param {Page} page @param {Json} room @param {Json} element */
function noted(page, room, element) {
  const photos = page.record.photos.filter((/** @type {Json} */ photo) => element.photos.includes(photo.mark));
  const name = t("{room} : {element}", { room: room.label, element: element.label });
  return html`<article class="noted">
    ${photos.length > 0 ? html`<div class="stack">${photos.map((/** @type {Json} */ photo) => picture(page, photo))}</div>` : html`<p class="soft no-photo">${t("Sans photo")}</p>`}
    <div class="stack">
      <h2>${name}</h2>
      <p>${stateTile(page.record, element)}</p>
      <p>${sentences([element.material, ...observations(element)])}</p>
      ${remarkOn(page, { subject_kind: "element", subject_id: element.id }, name)}
    </div>
  </article>`;
}

/** @param {Page} page @param {Json} room */
function roomPicture(page, room) {
  const photo = page.record.photos.find((/** @type {Json} */ each) => room.photos.includes(each.mark));
  return photo ? picture(page, photo) : nothing;
}

/** @param {Page} page @param {Json} photo */
function picture({ draft }, photo) {
  return html`<fa-thumb .draft=${draft} .photoId=${photo.id} .words=${photoWords(photo)} .size=${"report"} .marks=${photo.marks} .picture=${photo.report}></fa-thumb>`;
}

/** @param {Page} page @param {Subject} subject @param {string} about */
function remarkOn({ ceremony, partyId, remark }, subject, about) {
  const said = ceremony.remarks(partyId).find((each) => each.subject_id === subject.subject_id);
  return html`<fa-remark .about=${about} .value=${said?.text ?? ""} @remark=${(/** @type {CustomEvent<string>} */ event) => remark(subject, event.detail)}></fa-remark>`;
}

/** @param {string} title @param {string} count @param {unknown} content */
function fold(title, count, content) {
  return html`<details class="fold">
    <summary>${icon("next")} ${title} <small>${count}</small></summary>
    <div class="stack">${content}</div>
  </details>`;
}
