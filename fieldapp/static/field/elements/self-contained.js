// A page of this application as one file that opens anywhere: its words, its styles, its photographs.

/**
 * @param {Element} part what is kept
 * @param {{title: string, language: string, pictures: Map<string, Uint8Array<ArrayBuffer>>}} page pictures: JPEG bytes by the
 *   `data-photo` of their `img`
 * @returns {Blob}
 */
export function selfContained(part, { title, language, pictures }) {
  const page = document.implementation.createHTMLDocument(title);
  const copy = /** @type {Element} */ (page.importNode(part, true));
  for (const left of copy.querySelectorAll(".not-in-copy")) left.remove();
  for (const image of copy.querySelectorAll("img")) {
    const bytes = pictures.get(image.dataset.photo ?? "");
    if (bytes) image.src = dataUrl(bytes);
    else image.remove();
  }
  for (const folded of copy.querySelectorAll("details")) folded.open = true;
  page.body.append(copy);
  // The styles are written as text: a style element made here would fall under this page's own policy.
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">${page.head.innerHTML}`;
  const style = `<style>${[...document.styleSheets].map(written).join("\n").replaceAll("</", "<\\/")}</style>`;
  const html = `<!doctype html>\n<html lang="${language}"><head>${head}${style}</head>${page.body.outerHTML}</html>\n`;
  return new Blob([html], { type: "text/html" });
}

/** The rules of a sheet, those that it imports in their layers. @param {CSSStyleSheet} sheet @returns {string} */
function written(sheet) {
  return [...sheet.cssRules]
    .map((rule) => {
      if (!(rule instanceof CSSImportRule)) return rule.cssText;
      const inner = rule.styleSheet ? written(rule.styleSheet) : "";
      return rule.layerName ? `@layer ${rule.layerName} {\n${inner}\n}` : inner;
    })
    .join("\n");
}

/** @param {Uint8Array} bytes of a JPEG */
export function dataUrl(bytes) {
  let text = "";
  // In pieces: a call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return `data:image/jpeg;base64,${btoa(text)}`;
}

/** Gives a file to the person. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // Browsers read the file after the click: the address is given back later, not now.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
