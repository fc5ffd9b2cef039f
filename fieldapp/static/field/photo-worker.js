/** The worker that develops photographs, one message at a time. */

import { canDevelopOffscreen, developHere } from "./photos/darkroom.js";

const scope = /** @type {any} */ (globalThis);

scope.addEventListener("message", async (/** @type {MessageEvent} */ { data: { number, source, areas } }) => {
  try {
    const developed = await developHere(source, areas);
    const buffers = Object.values(developed).map((print) => print.bytes);
    scope.postMessage({ number, developed }, buffers);
  } catch (error) {
    const { code = "encoder_failed", message = String(error) } = /** @type {{code?: string, message?: string}} */ (
      error
    );
    scope.postMessage({ number, fault: { code, message } });
  }
});

scope.postMessage({ ready: canDevelopOffscreen() });
