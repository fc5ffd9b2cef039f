// Starts the application on the tablet.

import "./app.js";
import { speak } from "./i18n.js";
import { wear } from "./preferences.js";
import { startWorker } from "./register.js";
import { openStore } from "./tablet.js";

wear();
const app = /** @type {import("./app.js").App} */ (document.createElement("fa-app"));
(document.getElementById("app") ?? document.body).append(app);

try {
  const store = await openStore();
  const { language } = store.status();
  if (language === "en") await speak("en");
  app.start(store);
  startWorker({ mayUpdate: () => !app.busy, writing: () => store.status().writing });
} catch (error) {
  app.fail(error);
}
