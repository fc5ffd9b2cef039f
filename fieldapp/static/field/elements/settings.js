// How the tablet speaks and looks: language, theme, contrast, hand.

import { html } from "lit";
import { speak, spoken, t } from "../i18n.js";
import { CHOICES, prefer, preference } from "../preferences.js";
import { oneOf } from "./choices.js";
import { icon } from "./icon.js";
import { openSheet } from "./sheet.js";

/** @typedef {import("../store/session.js").Store} Store */

/**
 * Speaks the other language, now and at the next start.
 * @param {Store} store
 * @param {import("../i18n.js").Language} [wanted]
 */
export async function switchLanguage(store, wanted = spoken() === "fr" ? "en" : "fr") {
  await store.changeLanguage(wanted);
  await speak(wanted);
}

/** @param {Store} store */
export function openSettings(store) {
  /** @returns {Record<string, string>} */
  const words = () => ({
    auto: t("Comme la tablette"),
    light: t("Clair"),
    dark: t("Sombre"),
    more: t("Fort"),
    right: t("Main droite"),
    left: t("Main gauche"),
  });
  /** @returns {[import("../preferences.js").Preference, string][]} */
  const questions = () => [
    ["theme", t("Couleurs")],
    ["contrast", t("Contraste")],
    ["hand", t("Boutons sous le pouce")],
  ];
  return openSheet(
    t("Réglages"),
    (sheet) => html`
    ${oneOf({
      legend: t("Langue"),
      options: [
        { code: "fr", text: "Français" },
        { code: "en", text: "English" },
      ],
      value: spoken(),
      choose: (code) => {
        sheet.close();
        void switchLanguage(store, /** @type {"fr" | "en"} */ (code));
      },
    })}
    ${questions().map(([name, legend]) =>
      oneOf({
        legend,
        options: CHOICES[name].map((code) => ({ code, text: words()[code] ?? code })),
        value: preference(name),
        choose: (code) => {
          prefer(name, code);
          sheet.redraw();
        },
      }),
    )}
    <ul class="menu">
      <li><button class="entry" type="button" @click=${() => {
        sheet.close();
        store.lock();
      }}>${icon("lock")} ${t("Verrouiller la tablette")}</button></li>
    </ul>
    <p><small>${t("Verrouiller ou changer de compte n’efface rien de ce qui attend d’être envoyé.")}</small></p>
  `,
  );
}
