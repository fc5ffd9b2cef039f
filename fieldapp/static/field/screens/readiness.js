// Whether the tablet may leave: data, pictures to compare with, battery, storage, camera.

import { cameraPermission } from "../elements/camera-stream.js";
import { driftWords } from "../elements/clock-notice.js";
import { figure, n, t } from "../i18n.js";

/** @typedef {{ok: boolean, words: string}} Fact */
const GIGABYTE = 1e9;
/** Below this a day of work does not end with the lamp on. */
const ENOUGH_BATTERY = 0.3;

/**
 * @param {import("../store/session.js").Store} store
 * @param {import("../store/session.js").Appointment[]} appointments
 * @param {string | null} day of the pack
 * @returns {Promise<Fact[]>}
 */
export async function readiness(store, appointments, day) {
  const storage = await store.prepareStorage();
  const battery = await /** @type {any} */ (navigator).getBattery?.().catch(() => null);
  const camera = await cameraPermission();
  const files = appointments.filter((appointment) => appointment.inventory_id ?? appointment.visit).length;
  /** @type {Fact[]} */
  const facts = [
    day
      ? { ok: true, words: n("{count} dossier sur la tablette", "{count} dossiers sur la tablette", files) }
      : { ok: false, words: t("Journée pas encore chargée") },
  ];
  const pictures = fetched(appointments);
  if (pictures.all > 0) {
    facts.push({
      ok: pictures.away === 0,
      words:
        pictures.away === 0
          ? n("{count} photo à comparer", "{count} photos à comparer", pictures.all)
          : t("Photos à comparer : {here} sur {all}", { here: pictures.all - pictures.away, all: pictures.all }),
    });
  }
  if (battery) {
    const percent = Math.round(battery.level * 100);
    facts.push({
      ok: battery.charging || battery.level >= ENOUGH_BATTERY,
      words: t("Batterie {percent} %", { percent }),
    });
  }
  if (storage.free !== null) {
    facts.push({
      ok: storage.enough !== false,
      words: t("{size} Go libres", { size: figure(storage.free / GIGABYTE) }),
    });
  }
  const { clock } = store.transfer.state();
  if (clock) facts.push({ ok: false, words: driftWords(clock) });
  facts.push({
    ok: camera !== "denied" && camera !== "missing",
    words: {
      granted: t("Caméra autorisée"),
      prompt: t("Caméra à autoriser à la première photo"),
      denied: t("Caméra refusée"),
      missing: t("Pas de caméra ici"),
    }[camera],
  });
  return facts;
}

/** Pictures that come from the server. @param {import("../store/session.js").Appointment[]} appointments */
function fetched(appointments) {
  const sum = { all: 0, away: 0 };
  for (const { summary } of appointments) {
    sum.all += summary?.pictures.all ?? 0;
    sum.away += summary?.pictures.away ?? 0;
  }
  return sum;
}
