/** Moving appointments in the week: dragged, or taken with a button and led by the arrow keys; the server decides. */

const table = /** @type {HTMLTableElement | null} */ (document.querySelector(".week table"));
const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#move"));
const told = document.querySelector("[data-told]");

/** @type {HTMLElement | null} */
let taken = null;
/** @type {HTMLTableCellElement | null} */
let target = null;

/** @param {string} sentence */
function tell(sentence) {
  if (told) told.textContent = sentence;
}

/** @param {HTMLTableCellElement | null} cell */
function aim(cell) {
  target?.removeAttribute("data-target");
  target = cell;
  if (!cell || !table) return;
  cell.setAttribute("data-target", "");
  const said = table.dataset.here ?? "";
  tell(said.replace("{agent}", cell.dataset.agentName ?? "").replace("{day}", cell.dataset.dayName ?? ""));
}

/** @param {HTMLElement} card @param {HTMLTableCellElement} cell */
function move(card, cell) {
  if (!form || card.closest("td") === cell) return;
  const answers = { appointment: card.dataset.appointment, agent: cell.dataset.agent, day: cell.dataset.day };
  for (const [name, value] of Object.entries(answers)) {
    const input = form.elements.namedItem(name);
    if (input instanceof HTMLInputElement) input.value = value ?? "";
  }
  form.submit();
}

/** @param {EventTarget | null} place */
function cellOf(place) {
  const found = place instanceof Element ? place.closest("td[data-day]") : null;
  return found instanceof HTMLTableCellElement ? found : null;
}

/** @param {HTMLElement} card */
function take(card) {
  taken = card;
  card.setAttribute("data-held", "");
  aim(cellOf(card));
  tell((table?.dataset.taken ?? "").replace("{what}", card.dataset.what ?? ""));
}

function leave() {
  taken?.removeAttribute("data-held");
  taken = null;
  aim(null);
}

/** @param {HTMLTableCellElement} cell @param {number} lines @param {number} days */
function beside(cell, lines, days) {
  const line = /** @type {HTMLTableRowElement} */ (cell.parentElement);
  const body = /** @type {HTMLTableSectionElement} */ (line.parentElement);
  const next = body.rows[Math.min(Math.max(line.sectionRowIndex + lines, 0), body.rows.length - 1)];
  const at = Math.min(Math.max(cell.cellIndex + days, 1), line.cells.length - 1);
  return /** @type {HTMLTableCellElement} */ (next?.cells[at] ?? cell);
}

/** @type {Readonly<Record<string, readonly [number, number]>>} */
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (!taken || !target) return;
  const step = STEPS[event.key];
  if (step) aim(beside(target, ...step));
  else if (event.key === "Enter") move(taken, target);
  else if (event.key === "Escape") {
    leave();
    tell(table?.dataset.left ?? "");
  } else return;
  event.preventDefault();
}

if (table && form) {
  for (const hidden of document.querySelectorAll("[data-take], [data-how]")) hidden.removeAttribute("hidden");
  table.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-take]") : null;
    const card = button?.closest("article");
    if (card instanceof HTMLElement && !taken) take(card);
  });
  document.addEventListener("keydown", onKey);
  table.addEventListener("focusout", (event) => {
    if (taken && !taken.contains(/** @type {Node | null} */ (event.relatedTarget))) leave();
  });
  table.addEventListener("dragstart", (event) => {
    const card = event.target instanceof Element ? event.target.closest("article[draggable]") : null;
    if (!(card instanceof HTMLElement) || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.what ?? "");
    take(card);
  });
  table.addEventListener("dragover", (event) => {
    const cell = cellOf(event.target);
    if (!taken || !cell) return;
    event.preventDefault();
    if (cell !== target) aim(cell);
  });
  table.addEventListener("drop", (event) => {
    const cell = cellOf(event.target);
    if (!taken || !cell) return;
    event.preventDefault();
    move(taken, cell);
  });
  table.addEventListener("dragend", leave);
}
