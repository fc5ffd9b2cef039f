/** Asks for the code again when the tablet was put away for a while. */

/** Long enough to carry the tablet from one dwelling to the next. */
const AWAY_MS = 15 * 60 * 1000;

/**
 * Locks the desk when the page comes back after having been hidden for long; an open inventory goes on.
 * @param {{lock: () => void}} desk
 * @param {() => number} now milliseconds since 1970
 */
export function lockWhenAway(desk, now) {
  let hiddenAt = Number.POSITIVE_INFINITY;
  globalThis.document?.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hiddenAt = now();
    else if (now() - hiddenAt >= AWAY_MS) desk.lock();
  });
}
