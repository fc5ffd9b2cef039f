/** Fetches the day pack when it changed. */

import { keepPack } from "../store/packs.js";
import { readJson } from "./api.js";

/**
 * @param {import('../store/desk.js').Open} open
 * @param {import('./api.js').Api} api
 */
export async function fetchPack({ ledger, device }, api) {
  const etag = (await ledger.meta("pack"))?.etag ?? null;
  const headers = etag === null ? {} : { "If-None-Match": etag };
  const response = await api.send("GET", "/pack", { headers, expects: [304] });
  if (response.status === 304) return;
  const pack = await readJson(response);
  await keepPack(ledger, pack, response.headers.get("ETag"));
  device.catalogueVersion = pack.catalogue.version;
}
