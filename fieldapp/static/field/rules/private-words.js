/** Words that say something about a person rather than about a dwelling; the same rule as `domain/private_words.py`. */

/**
 * What a comment seems to say about a person: codes of the table `private_words`. Nothing of the text is kept.
 * @param {string} text
 * @param {Record<string, any>} visits the visits' tables of the catalogue
 * @returns {string[]}
 */
export function privateSubjects(text, visits) {
  const words = ` ${folded(text)} `;
  return (visits.private_words ?? [])
    .filter((/** @type {{stems: string[]}} */ { stems }) => stems.some((stem) => words.includes(` ${stem}`)))
    .map((/** @type {{code: string}} */ { code }) => code);
}

/** Without accents, capitals or signs. @param {string} text */
function folded(text) {
  const plain = text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "");
  return plain
    .replace(/[^a-z0-9]/g, " ")
    .split(" ")
    .filter(Boolean)
    .join(" ");
}
