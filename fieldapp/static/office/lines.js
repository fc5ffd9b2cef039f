/** The keyboard of an assessment: J and K go from line to line, Tab then enters the line. */

const lines = [...document.querySelectorAll(".diff")];

/** @param {number} step */
function go(step) {
  const here = lines.findIndex((line) => line.contains(document.activeElement));
  const next = lines[Math.min(Math.max(here + step, 0), lines.length - 1)];
  if (!(next instanceof HTMLElement)) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "start" });
}

document.addEventListener("keydown", (event) => {
  const at = event.target;
  const writing =
    at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
  if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j" || event.key === "J") go(1);
  else if (event.key === "k" || event.key === "K") go(-1);
});
