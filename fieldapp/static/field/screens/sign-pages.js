// Which page of the ceremony a step shows, and the buttons below it.

import { html, nothing } from "lit";
import { clockNotice } from "../elements/clock-notice.js";
import { troubleNotice } from "../elements/trouble.js";
import { t } from "../i18n.js";
import { path } from "../router.js";
import { itemWords } from "./check-words.js";
import { steps } from "./sign-frame.js";
import { Changed, Incomplete } from "./sign-freezing.js";
import { read } from "./sign-read.js";
import { absent, copy, free, refuse, sign } from "./sign-steps.js";
import { who } from "./sign-who.js";
import "../elements/code-form.js";

/** @typedef {Record<string, any>} Json */
/** @typedef {"who" | "read" | "remark" | "copy" | "sign" | "refuse" | "absent"} Step */
/**
 * The screen as its pages see it: who stands before it, what is half said, and what the buttons do.
 * @typedef {object} Desk
 * @property {import("./sign-ceremony.js").Ceremony} ceremony
 * @property {import("./draft.js").Draft} draft
 * @property {Json} catalogue
 * @property {Json} legal
 * @property {import("../store/session.js").Store} store
 * @property {Step} step
 * @property {import("./sign-people.js").Signatory | null} person
 * @property {import("./sign-steps.js").Pen} pen
 * @property {import("./sign-steps.js").No} no
 * @property {string} email
 * @property {string} emailProblem
 * @property {(step: Step) => void} go
 * @property {(change: Partial<import("./sign-steps.js").Pen>) => void} write
 * @property {(change: Partial<import("./sign-steps.js").No>) => void} deny
 * @property {(subject: import("./sign-remarks.js").Subject, text: string) => unknown} remark
 * @property {(text: string) => void} mail
 * @property {(wanted: import("./sign-ceremony.js").Copy) => void} wantCopy
 * @property {() => void} sign
 * @property {() => void} refuse
 * @property {() => void} absent
 * @property {() => void} finish without those who only assist
 * @property {() => void} confirm that what was answered before still stands
 */

const STEPS = 6;

/** @param {Desk} desk */
export function page(desk) {
  const { ceremony, person, step, catalogue, legal } = desk;
  if (!person || step === "who")
    return html`${steps(1, STEPS, t("qui signe"))} ${who(ceremony, desk.draft.id, desk.finish, desk.confirm)}
      ${clockNotice(desk.store.transfer.state().clock, zoneOf(desk.draft))}`;
  switch (step) {
    case "read":
      return html`${steps(2, STEPS, t("lire"))} ${read({ ceremony, draft: desk.draft, partyId: person.id, record: ceremony.frozen?.record ?? {}, remark: desk.remark })}`;
    case "remark":
      return html`${steps(3, STEPS, t("votre remarque"))}
        ${free(ceremony.remarks(person.id).find((each) => each.subject_id === null)?.text ?? "", (text) => desk.remark({ subject_kind: "inventory", subject_id: null }, text))}`;
    case "copy":
      return html`${steps(4, STEPS, t("votre copie"))}
        ${copy(ceremony.copyOf(person.id), desk.email, desk.emailProblem, { email: desk.mail, choose: desk.wantCopy })}`;
    case "refuse":
      return html`${steps(5, STEPS, t("signer"))} ${refuse(ceremony, catalogue, legal, desk.no, desk.deny)}`;
    case "absent":
      if (desk.store.status().locked)
        return html`<fa-code-form .store=${desk.store} .why=${t("Pour dire que {name} n’est pas là", { name: person.name })}></fa-code-form>`;
      return absent(ceremony, person, catalogue, desk.no, desk.deny);
    default:
      return html`${steps(5, STEPS, t("signer"))} ${sign(ceremony, person, desk.pen, desk.write, () => desk.go("read"))}`;
  }
}

/** @param {Desk} desk */
export function footer({ person, step, store, go, sign: signNow, refuse: refuseNow, absent: sayAbsent }) {
  const back = (/** @type {Step} */ to) =>
    html`<button class="button plain" type="button" @click=${() => go(to)}>${t("Revenir")}</button>`;
  const next = (/** @type {Step} */ to, /** @type {string} */ words) =>
    html`<button class="button" type="button" @click=${() => go(to)}>${words}</button>`;
  const equal = (/** @type {string} */ words, /** @type {() => void} */ act) =>
    html`<button class="button equal" type="button" @click=${act}>${words}</button>`;
  switch (person ? step : "who") {
    case "read":
      return html`<footer class="actions">${back("who")} ${next("remark", t("J’ai lu, continuer"))}</footer>`;
    case "remark":
      return html`<footer class="actions">${back("read")} ${next("copy", t("Continuer"))}</footer>`;
    case "copy":
      return html`<footer class="actions">${back("remark")}</footer>`;
    case "sign":
      return html`<footer class="actions">
        ${person?.quality === "agent" ? equal(t("Revenir"), () => go("who")) : equal(t("Je ne signe pas"), () => go("refuse"))} ${equal(t("Je signe"), signNow)}
      </footer>`;
    case "refuse":
      return html`<footer class="actions">${equal(t("Revenir"), () => go("sign"))} ${equal(t("Je confirme : je ne signe pas"), refuseNow)}</footer>`;
    case "absent":
      return html`<footer class="actions">
        ${equal(t("Revenir"), () => go("who"))} ${store.status().locked ? nothing : equal(t("Confirmer l’absence"), sayAbsent)}
      </footer>`;
    default:
      return nothing;
  }
}

/** What stands in the way of signing, in words, with the way on. @param {unknown} error @param {import("./draft.js").Draft} draft @param {() => void} again */
export function hindrance(error, draft, again) {
  if (error instanceof Changed) {
    return html`<section class="notice" data-tone="stop" role="alert"><p>${t("Ce qui est noté vient de changer. Relisez avant de signer.")}</p></section>`;
  }
  if (error instanceof Incomplete) {
    const zone = zoneOf(draft);
    return html`<section class="notice" data-tone="stop" role="alert"><h2>${t("L’agent doit d’abord compléter")}</h2>
      <ul>${error.items.map((item) => html`<li>${itemWords(item, zone)}</li>`)}</ul>
      <p><a class="button plain" href=${path(draft.id, "check")}>${t("Rendre la tablette à l’agent")}</a></p></section>`;
  }
  return troubleNotice(error ?? draft.problem, () => (error ? again() : draft.retry()));
}

/** Where the dwelling is: its hours are shown. @param {import("./draft.js").Draft} draft @returns {string} */
function zoneOf(draft) {
  return draft.header.context?.dwelling?.zone ?? "Europe/Paris";
}
