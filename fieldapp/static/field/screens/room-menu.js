// What may be done with a whole room: name, order, copy, removal, a new element, and the two ways out of a visit.

import { html, nothing } from "lit";
import { oneOf } from "../elements/choices.js";
import { icon } from "../elements/icon.js";
import { openSheet } from "../elements/sheet.js";
import { say } from "../elements/toast.js";
import { n, t } from "../i18n.js";
import { go, path } from "../router.js";
import { copyOfElement, freeName, lastPosition, move, roomWith } from "../visit/arrange.js";
import { isExit } from "../visit/exit.js";
import { offeredElements } from "../visit/furnishing.js";
import { emptyFilled, emptyUnchanged } from "../visit/room-fill.js";
import { lineage, merged } from "../visit/room-identity.js";
import { roomViews } from "../visit/rooms.js";
import { elementName, roomName, word } from "../visit/words.js";
import "../elements/text-field.js";

/** @typedef {import("./draft.js").Draft} Draft */
/** @typedef {import("../visit/rooms.js").RoomView} RoomView */

/**
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {RoomView} view
 */
export async function openRoomMenu(draft, catalogue, view) {
  const { room, name, elements } = view;
  const filled = elements.filter((element) => element.filled_at_one_touch).length;
  const chosen = await openSheet(name, (sheet) => {
    /** @param {string} what @param {string} drawing @param {unknown} words */
    const entry = (what, drawing, words) => html`<li>
      <button class="entry" type="button" @click=${() => sheet.close(what)}>${icon(drawing)} ${words}</button>
    </li>`;
    return html`
      <fa-text .label=${t("Nom de la pièce")} .value=${name}
        .save=${(/** @type {string} */ text) => text.trim() && draft.set(room.id, "room", "label", text.trim())}></fa-text>
      <ul class="menu">
        ${entry("add", "plus", t("Ajouter un élément"))}
        ${entry("wide", "wide", t("Photo d’ensemble"))}
        ${
          filled > 0
            ? entry(
                "empty",
                "undo",
                n(
                  "Annuler le remplissage d’un coup ({count} ligne)",
                  "Annuler le remplissage d’un coup ({count} lignes)",
                  filled,
                ),
              )
            : nothing
        }
        ${entry("up", "up", t("Monter dans la liste des pièces"))}
        ${entry("down", "down", t("Descendre dans la liste des pièces"))}
        ${entry("copy", "copy", t("Dupliquer la pièce"))}
        ${
          isExit(draft)
            ? html`${entry("split", "copy", t("Cette pièce a été divisée en deux"))} ${entry("merge", "list", t("Réunie avec une autre pièce"))}`
            : nothing
        }
        ${entry("remove", "trash", t("Retirer la pièce"))}
      </ul>
      <ul class="menu">
        ${entry("alert", "alert", t("Danger"))}
        ${entry("interrupt", "clock", t("J’interromps la visite"))}
      </ul>
    `;
  });
  if (chosen === "add") await addElement(draft, catalogue, view);
  if (chosen === "empty") await draft.setMany(isExit(draft) ? emptyUnchanged(elements) : emptyFilled(elements));
  if (chosen === "up") await draft.setMany(move("room", draft.list("room"), room.id, -1));
  if (chosen === "down") await draft.setMany(move("room", draft.list("room"), room.id, 1));
  if (chosen === "copy") await duplicateRoom(draft, catalogue, view);
  if (chosen === "split") await duplicateRoom(draft, catalogue, view, true);
  if (chosen === "merge") await mergeRooms(draft, catalogue, view);
  if (chosen === "remove") await removeRoom(draft, view);
  if (chosen === "alert" || chosen === "interrupt") go(path(draft.id, chosen));
  return chosen;
}

/**
 * Asks which element, then adds it at the end of the room.
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {RoomView} view
 */
export async function addElement(draft, catalogue, { room, elements }) {
  const { usual, others } = offeredElements(catalogue, room.room_kind);
  const offered = [...usual, ...others];
  /** @param {import("../visit/furnishing.js").Furnished[]} some */
  const options = (some) =>
    some.map((each) => ({ code: String(offered.indexOf(each)), text: elementName(catalogue, each) }));
  const chosen = await openSheet(
    t("Ajouter un élément"),
    (sheet) => html`
    ${oneOf({ legend: t("Habituels dans cette pièce"), options: options(usual), value: null, choose: sheet.close })}
    ${oneOf({ legend: t("Autres"), options: options(others), value: null, choose: sheet.close })}
  `,
  );
  const element = offered[Number(chosen ?? -1)];
  if (!element) return;
  const taken = elements.map((each) => elementName(catalogue, each));
  const wanted = elementName(catalogue, element);
  const label = freeName(wanted, taken);
  const id = await draft.add("element", {
    ...element,
    room_id: room.id,
    label: label === wanted ? element.label : label,
    position: lastPosition(elements),
  });
  say(t("{name} ajouté.", { name: label }), { undo: () => draft.set(id, "element", "deleted", true) });
}

/**
 * The same room again; since the entry it was `split`, when both come from the one that the entry knew.
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {RoomView} view
 * @param {boolean} [split]
 */
async function duplicateRoom(draft, catalogue, { room, name, elements }, split = false) {
  const rooms = draft.list("room");
  const label = freeName(
    name,
    rooms.map((each) => roomName(catalogue, each)),
  );
  /** @param {import("./draft.js").Item} thing */
  const source = (thing) => (split ? { from: lineage(thing) } : {});
  const { id, changes } = roomWith(
    () => draft.newId(),
    { room_kind: room.room_kind, label, position: lastPosition(rooms), ...source(room) },
    elements.map((element) => ({ ...copyOfElement(element, element.position ?? 0), ...source(element) })),
  );
  await draft.setMany(changes);
  go(path(draft.id, "room", id));
  say(t("{name} ajoutée, avec les mêmes éléments.", { name: label }), {
    undo: async () => {
      await draft.set(id, "room", "deleted", true);
      go(path(draft.id, "room", room.id));
    },
  });
}

/**
 * Asks which other room this one was joined with, and takes it in.
 * @param {Draft} draft
 * @param {any} catalogue
 * @param {RoomView} view
 */
async function mergeRooms(draft, catalogue, view) {
  const others = roomViews(draft, catalogue).filter((each) => each.id !== view.id);
  const id = await openSheet(t("Réunie avec quelle pièce ?"), (sheet) =>
    oneOf({
      legend: t("Réunie avec quelle pièce ?"),
      quiet: true,
      options: others.map((each) => ({ code: each.id, text: each.name })),
      value: null,
      choose: sheet.close,
    }),
  );
  const other = others.find((each) => each.id === id);
  if (!other) return;
  const { forth, back } = merged(view, other);
  await draft.setMany(forth);
  say(t("{one} et {other} sont réunies.", { one: view.name, other: other.name }), { undo: () => draft.setMany(back) });
}

/**
 * @param {Draft} draft
 * @param {RoomView} view
 */
async function removeRoom(draft, { room, name }) {
  await draft.set(room.id, "room", "deleted", true);
  go(path(draft.id));
  say(t("{name} retirée.", { name }), { undo: () => draft.set(room.id, "room", "deleted", false) });
}

/**
 * Asks which kind of room, then adds it with its usual elements and opens it.
 * @param {Draft} draft
 * @param {any} catalogue
 */
export async function addRoom(draft, catalogue) {
  const code = await openSheet(t("Ajouter une pièce"), (sheet) =>
    oneOf({
      legend: t("Quelle pièce ou partie ?"),
      options: catalogue.rooms.map((/** @type {any} */ each) => ({
        code: each.code,
        text: word(catalogue, "rooms", each.code),
      })),
      value: null,
      choose: sheet.close,
    }),
  );
  if (typeof code !== "string") return;
  const rooms = draft.list("room");
  const label = freeName(
    word(catalogue, "rooms", code),
    rooms.map((each) => roomName(catalogue, each)),
  );
  const { id, changes } = roomWith(
    () => draft.newId(),
    { room_kind: code, label, position: lastPosition(rooms) },
    offeredElements(catalogue, code).usual.map((element, index) => ({ ...element, position: index + 1 })),
  );
  await draft.setMany(changes);
  go(path(draft.id, "room", id));
}
