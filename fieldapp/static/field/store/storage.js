/** The room on the disk: whether the browser keeps our data, and whether a day of photographs fits. */

/** 100 photographs in both sizes and their thumbnails, five times over. */
const ENOUGH = 250e6;

/** A random vault identifier, left where an eviction of IndexedDB does not reach. */
const MARKER = "fieldapp-vault";

/**
 * Measures the room left; each answer is null where the browser cannot say (WebKitGTK has no `navigator.storage`).
 * @returns {Promise<{persisted: boolean | null, free: number | null, enough: boolean | null}>}
 */
export async function measureStorage() {
  const storage = globalThis.navigator?.storage;
  const persisted = storage?.persisted ? await storage.persisted() : null;
  const { quota, usage } = storage?.estimate ? await storage.estimate() : {};
  const free = quota === undefined ? null : Math.max(0, quota - (usage ?? 0));
  return { persisted, free, enough: free === null ? null : free >= ENOUGH };
}

/** Asks the browser never to evict what this tablet holds. */
export async function askToPersist() {
  await globalThis.navigator?.storage?.persist?.();
}

/**
 * Leaves the marker by which a later start notices that the databases were erased.
 * @param {string} vaultId
 */
export function markStorage(vaultId) {
  marks()?.setItem(MARKER, vaultId);
}

/** Tells whether this browser once held a vault. */
export function wasMarked() {
  return (marks()?.getItem(MARKER) ?? null) !== null;
}

/** @returns {Storage | null} */
function marks() {
  try {
    // biome-ignore lint/style/noRestrictedGlobals: a random identifier only; it must survive what IndexedDB does not
    return globalThis.document ? localStorage : null;
  } catch {
    return null;
  }
}
