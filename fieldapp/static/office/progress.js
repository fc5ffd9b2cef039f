/** Follows a long import in its place: its numbers are asked for, and the page is opened anew once, at the end. */

const EVERY = 1500;
/** In percent: a screen reader hears each quarter, and nothing between. */
const SPOKEN = 25;

const part = /** @type {HTMLElement} */ (document.querySelector("[data-progress]"));
const bar = /** @type {HTMLProgressElement} */ (part.querySelector("progress"));
const count = /** @type {HTMLElement} */ (part.querySelector("[data-count]"));
const spoken = /** @type {HTMLElement} */ (part.querySelector("[data-told]"));

/** @param {{read: number, total: number}} progress */
function show({ read, total }) {
  if (total === 0) return;
  bar.max = total;
  bar.value = read;
  count.textContent = `${read} / ${total}`;
  const quarter = Math.floor((100 * read) / total / SPOKEN) * SPOKEN;
  const sentence = quarter > 0 ? `${quarter} %` : "";
  if (spoken.textContent !== sentence) spoken.textContent = sentence;
}

async function look() {
  try {
    const answer = await fetch(part.dataset.progress ?? "", { redirect: "error" });
    const progress = answer.ok ? await answer.json() : { busy: answer.status >= 500 };
    if (!progress.busy) return location.replace(location.href);
    if (answer.ok) show(progress);
  } catch {
    // No network, or nobody is signed in any more: the page stays as it is, its link asks again.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
