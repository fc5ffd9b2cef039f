/** The slips and answers of a visit: where each one is, and its very bytes beside the act that signed them. */

/** @typedef {import('./header.js').Header} Header */
/** @typedef {import('./header.js').KeptRecord} KeptRecord */
/** @typedef {import('./ledger.js').Ledger} Ledger */

/**
 * The key under which the bytes of a document are kept; those of an inventory lie under its own id.
 * @param {string} rootId
 * @param {string} documentId
 */
export function documentKey(rootId, documentId) {
  return `${rootId}/${documentId}`;
}

/**
 * Reads such a key; null for the record of an inventory.
 * @param {string} key
 * @returns {{rootId: string, documentId: string} | null}
 */
export function readDocumentKey(key) {
  const [rootId, documentId] = key.split("/");
  return rootId && documentId ? { rootId, documentId } : null;
}

/** All keys of the documents of a root. @param {string} rootId */
export function documentRange(rootId) {
  return IDBKeyRange.bound(`${rootId}/`, `${rootId}/\uffff`);
}

/**
 * Gives a header that knows where one document is.
 * @param {Header} header
 * @param {string} documentId
 * @param {KeptRecord} kept
 * @returns {Header}
 */
export function withDocument(header, documentId, kept) {
  return { ...header, documents: { ...header.documents, [documentId]: kept } };
}

/**
 * How many documents the server has not accepted, and how many of them a person must look at.
 * @param {Header} header
 */
export function documentFacts({ documents = {} }) {
  const all = Object.values(documents);
  return {
    waiting: all.filter(({ place }) => place !== "sent").length,
    stuck: all.filter(({ place }) => place === "stuck").length,
  };
}

/** The documents that the server refused for good, with its reason. @param {Header} header @returns {{id: string, reason: string}[]} */
export function refusedDocuments({ documents = {} }) {
  return Object.entries(documents).flatMap(([id, { place, reason }]) =>
    place === "stuck" ? [{ id, reason: reason ?? "" }] : [],
  );
}
