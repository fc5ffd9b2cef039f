/** Single keys that act: never while somebody writes, chooses or holds another key down. */

/** @param {EventTarget | null} at */
function isWriting(at) {
  return (
    at instanceof HTMLTextAreaElement ||
    at instanceof HTMLSelectElement ||
    (at instanceof HTMLInputElement && !["radio", "checkbox", "button", "submit"].includes(at.type))
  );
}

/** @param {Record<string, () => unknown>} actions what each key does, by its lower-case letter */
export function onKeys(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isWriting(event.target)) return;
    const act = actions[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
