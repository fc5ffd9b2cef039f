// What a record says about one thing, in a few words; the same on every screen and on the copy.

import { html, nothing } from "lit";
import { clock, spoken, t } from "../i18n.js";
import { localDay, longDay } from "../rules/local-day.js";

/** @typedef {Record<string, any>} Json */

/** A state: its letter, then its word; outlined when it is the entry's. @param {Json} record @param {Json} element @param {boolean} [before] */
export function stateTile(record, element, before = false) {
  if (!element.state) return html`<span class="state">–</span>`;
  return html`<span class=${before ? "state" : "state now"} data-state=${element.state}>
    <b aria-hidden="true">${record.labels.letters[element.state] ?? ""}</b> ${element.state_label}
  </span>`;
}

/** Defects, working, cleanliness, quantity, note and promise of an element, as sentences. @param {Json} element @returns {string[]} */
export function observations(element) {
  const facts = [
    ...element.defect_labels,
    element.working_label,
    element.cleanliness_label,
    (element.quantity ?? 1) === 1 ? "" : t("{count} pièces", { count: element.quantity }),
  ].filter(Boolean);
  const promise = element.promise;
  const said = promise?.due
    ? t("Promis par le bailleur : {text}, avant le {day}", { text: promise.text, day: dayInWords(promise.due) })
    : promise?.text && t("Promis par le bailleur : {text}", { text: promise.text });
  const advice = element.advice?.text && t("À réparer avant la sortie : {text}", { text: element.advice.text });
  return [facts.join(", "), element.note, said, advice].filter(Boolean);
}

/** What the entry said of an element, where it differs from today, in a few words. @param {Json} element @returns {string} */
export function entrySaid(element) {
  const { entry, change, change_label: label } = element;
  if (!change || change === "same") return "";
  if (!entry) return label;
  const words = [entry.state_label, ...(entry.defect_labels ?? []), entry.material].filter(Boolean).join(", ");
  return t("À l’entrée : {words}", { words });
}

/** What a meter shows, or why it shows nothing. @param {Json} meter @returns {string} */
export function reading(meter) {
  if (meter.state !== "read") return [meter.state_label, meter.reason].filter(Boolean).join(" : ");
  if (!meter.index_low) return `${meter.index} ${meter.unit}`;
  return t("{index} {unit} ; heures creuses {low} {unit}", {
    index: meter.index,
    low: meter.index_low,
    unit: meter.unit,
  });
}

/** @param {Json} meter @returns {string} */
export function meterName(meter) {
  const number = meter.serial ? t("n° {serial}", { serial: meter.serial }) : "";
  return [meter.label || meter.kind_label, number, meter.point, meter.place].filter(Boolean).join(", ");
}

/** @param {Json} key @returns {string} */
export function keyName(key) {
  const number = key.number ? t("n° {serial}", { serial: key.number }) : "";
  return [key.label || key.kind_label, key.destination, number].filter(Boolean).join(", ");
}

/** What was seen of a piece of equipment. @param {Json} thing @returns {string} */
export function equipmentSaid(thing) {
  const presence = { true: t("Présent"), false: t("Absent") }[String(thing.present)] ?? "";
  const maintained = thing.last_maintenance
    ? t("dernier entretien : {day}", { day: dayInWords(thing.last_maintenance) })
    : "";
  const installed = thing.installed_on ? t("posé : {day}", { day: dayInWords(thing.installed_on) }) : "";
  const certificate =
    { true: t("attestation vue"), false: t("attestation pas vue") }[String(thing.certificate_seen)] ?? "";
  return [presence, thing.place, installed, thing.tested_label, maintained, certificate, thing.note]
    .filter(Boolean)
    .join(", ");
}

/** The address of a dwelling of a record, in one line. @param {Json} record @returns {string} */
export function address(record) {
  const { street, detail, postcode, town } = record.context.dwelling ?? {};
  return [street, detail, [postcode, town].filter(Boolean).join(" ")].filter(Boolean).join(", ");
}

/** A day inside a sentence: no capital, its weekday, because it may oblige. @param {string} iso `2026-11-21` */
export function dayInWords(iso) {
  return longDay(iso, spoken());
}

/** A moment where the dwelling stands, inside a sentence. @param {Json} record @param {string | null} at */
export function moment(record, at) {
  const day = localDay(at, record.zone);
  return at && day ? t("{day} à {time}", { day: dayInWords(day), time: clock(at, record.zone) }) : "";
}

/** How many elements were filled at one touch. @param {Json} record */
export function oneTouch(record) {
  const { filled_at_one_touch: count, elements } = record.counts;
  if (count === 0) return nothing;
  return html`<p class="one-touch">
    ${
      record.entry
        ? t(
            "{count} éléments sur {elements} ont été laissés d’un seul geste comme à l’entrée (« Inchangé »). Ils sont marqués •.",
            { count, elements },
          )
        : t(
            "{count} éléments sur {elements} ont été remplis d’un seul geste (« Le reste : bon état »). Ils sont marqués •.",
            { count, elements },
          )
    }
  </p>`;
}

/** The day on which the record was made, inside a sentence. @param {Json} record */
export function establishedOn(record) {
  const day = localDay(record.established_at, record.zone);
  return day ? dayInWords(day) : "";
}

/** Several things said, each ended once; what was written is not changed. @param {(string | null)[]} said */
export function sentences(said) {
  return said
    .filter((each) => each)
    .map((each) => (/[.!?…]$/.test(each ?? "") ? each : `${each}.`))
    .join(" ");
}
