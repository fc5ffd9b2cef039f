/** Fetches the day pack when it changed. */

import { catalogueGaps, keepHouseCatalogue, keepPack } from "../store/packs.js";
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
  // First the catalogues that the pack names: each is fetched once, and a pack that is kept never lacks one.
  for (const sha256 of await catalogueGaps(ledger, pack.house_catalogues?.all ?? [])) {
    const document = await readJson(await api.send("GET", `/catalogues/${sha256}`));
    await keepHouseCatalogue(ledger, sha256, document);
  }
  await keepPack(ledger, pack, response.headers.get("ETag"));
  device.catalogueVersion = pack.catalogue.version;
}
