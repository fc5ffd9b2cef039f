// How this tablet is held and seen: theme, contrast, hand. Nothing personal, so it may stay in clear.

/** @typedef {"theme" | "contrast" | "hand" | "order"} Preference */

/** @type {Record<Preference, readonly string[]>} First value: what nobody chose. */
export const CHOICES = {
  theme: ["auto", "light", "dark"],
  contrast: ["auto", "more"],
  hand: ["right", "left"],
  order: ["time", "route"],
};

/**
 * @param {Preference} name
 * @returns {string}
 */
export function preference(name) {
  // biome-ignore lint/style/noRestrictedGlobals: a theme is not personal, and is wanted before the store opens
  const kept = localStorage.getItem(`fieldapp.${name}`);
  return kept && CHOICES[name].includes(kept) ? kept : /** @type {string} */ (CHOICES[name][0]);
}

/**
 * @param {Preference} name
 * @param {string} value
 */
export function prefer(name, value) {
  // biome-ignore lint/style/noRestrictedGlobals: likewise
  localStorage.setItem(`fieldapp.${name}`, value);
  wear();
}

/** Puts every preference on `<html>`, where the style sheets read them. */
export function wear() {
  for (const name of /** @type {Preference[]} */ (Object.keys(CHOICES))) {
    const value = preference(name);
    if (value === CHOICES[name][0]) delete document.documentElement.dataset[name];
    else document.documentElement.dataset[name] = value;
  }
}

/**
 * Gives the page the landlord's two colours.
 * @param {{brand?: string, signal?: string} | null | undefined} colours
 */
export function dress(colours) {
  const root = document.documentElement.style;
  if (colours?.brand) root.setProperty("--landlord", colours.brand);
  if (colours?.signal) root.setProperty("--landlord-signal", colours.signal);
}
