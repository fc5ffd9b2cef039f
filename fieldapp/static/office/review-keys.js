/** The keyboard of a file: J and K go through the changes, C comments, A and R lead to the answers, ? tells all of it. */

import { onKeys } from "./keys.js";

const changes = [...document.querySelectorAll("[data-change]")];
const help = document.querySelector("#keys-help");

function current() {
  return changes.find((change) => change.contains(document.activeElement));
}

/** @param {number} step */
function go(step) {
  const here = current();
  const at = here ? changes.indexOf(here) + step : step > 0 ? 0 : changes.length - 1;
  const next = changes[Math.min(Math.max(at, 0), changes.length - 1)];
  if (!(next instanceof HTMLElement)) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** Opens the form of the change in hand and writes in it. */
function comment() {
  const change = current() ?? document;
  const fold = change.querySelector("details.ask");
  if (!(fold instanceof HTMLDetailsElement)) return;
  fold.open = true;
  const text = fold.querySelector("textarea");
  text?.focus();
  text?.scrollIntoView({ block: "center" });
}

function compare() {
  const range = (current() ?? document).querySelector("[data-slider] input");
  if (range instanceof HTMLElement) range.focus();
}

/** An answer is never given by one key: the key leads to it, Enter gives it. @param {string} key */
function lead(key) {
  const button = document.querySelector(`[data-key="${key}"]`);
  if (!(button instanceof HTMLElement)) return;
  const fold = button.closest("details");
  if (fold) {
    fold.open = true;
    fold.querySelector("textarea")?.focus();
  } else button.focus();
}

/** @param {string} selector */
function follow(selector) {
  const link = document.querySelector(selector);
  if (link instanceof HTMLAnchorElement) link.click();
}

onKeys({
  j: () => go(1),
  k: () => go(-1),
  c: comment,
  s: compare,
  a: () => lead("a"),
  r: () => lead("r"),
  v: () => lead("v"),
  l: () => lead("l"),
  n: () => follow("[data-next]"),
  g: () => follow("[data-list]"),
  "?": () => help instanceof HTMLDialogElement && help.showModal(),
});
document.querySelector("[data-help]")?.addEventListener("click", () => {
  if (help instanceof HTMLDialogElement) help.showModal();
});
for (const hint of document.querySelectorAll("[data-keys]")) hint.removeAttribute("hidden");
