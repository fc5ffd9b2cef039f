/** The numbered photographs of a record, in the order in which its rooms and things are read. */

import { marksOf } from "./photo-mark.js";
import { compare } from "./snapshot.js";

/** @typedef {import("./snapshot.js").Entity} Entity */

/** What a photographed page of an entry inventory on paper is about; its subject is the inventory itself. */
const PAGE = "entry";
const AFTER_THE_ROOMS = ["meter", "key", "equipment", "party", "alert"];
/** @type {Record<string, [string, string]>} */
const LABELS = {
  element: ["elements", "element_kind"],
  meter: ["meters", "meter_kind"],
  key: ["keys", "key_kind"],
  equipment: ["equipment", "equipment_kind"],
};

/** Gives each living photo of a living subject its mark: P01, P02… (P100 after P99). */
export class Marks {
  /** @type {import("./wording.js").Wording} */ #wording;
  /** @type {Entity[]} */ #all;
  /** @type {Map<string, string[]>} */ #bySubject = new Map();

  /** @param {import("./snapshot.js").Snapshot} snapshot @param {import("./wording.js").Wording} wording */
  constructor(snapshot, wording) {
    this.#wording = wording;
    this.#all = snapshot.all("photo");
    /** @type {Record<string, any>[]} */
    this.photos = [];
    for (const room of snapshot.all("room")) {
      const label = wording.own(room.text("label"), "rooms", room.value("room_kind"));
      this.#take(room, label, "");
      for (const element of snapshot.elementsOf(room)) this.#take(element, label, this.#label(element));
    }
    for (const kind of AFTER_THE_ROOMS)
      for (const thing of snapshot.all(kind)) this.#take(thing, "", this.#label(thing));
    this.#take(snapshot.inventory, "", "");
  }

  /** The marks of one subject's photos. @param {string} subjectId @returns {string[]} */
  of(subjectId) {
    return this.#bySubject.get(subjectId) ?? [];
  }

  /** @param {Entity} subject @param {string} roomLabel @param {string} label */
  #take(subject, roomLabel, label) {
    const mine = this.#all
      .filter((photo) => photo.body.subject_id === subject.id)
      .sort((a, b) => compare(a.body.taken_at ?? "", b.body.taken_at ?? "") || compare(a.id, b.id));
    for (const photo of mine) {
      const drawn = marksOf(photo.value("marks"));
      const mark = `P${String(this.photos.length + 1).padStart(2, "0")}`;
      this.#bySubject.set(subject.id, [...this.of(subject.id), mark]);
      this.photos.push({
        mark,
        id: photo.id,
        subject_kind: photo.body.subject_kind === PAGE ? PAGE : subject.kind,
        subject_id: subject.id,
        room_label: roomLabel,
        subject_label: label,
        caption: photo.text("caption"),
        taken_at: photo.body.taken_at ?? null,
        archive: file(photo.body.archive),
        report: file(photo.body.report),
        // A photograph that nobody drew on reads as it did before there were marks.
        ...(drawn.length > 0 ? { marks: drawn } : {}),
      });
    }
  }

  /** @param {Entity} thing @returns {string} */
  #label(thing) {
    if (thing.kind === "party") return thing.text("name");
    if (thing.kind === "alert") return this.#wording.label("alert_reasons", thing.body.reason);
    const [table, field] = LABELS[thing.kind] ?? ["", ""];
    return this.#wording.own(thing.text("label"), table, thing.value(field));
  }
}

/** @param {any} value */
function file(value) {
  if (!value || typeof value !== "object") return null;
  return {
    sha256: value.sha256 ?? null,
    bytes: value.bytes ?? null,
    width: value.width ?? null,
    height: value.height ?? null,
  };
}
