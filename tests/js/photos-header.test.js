// What a file says of itself before anything decodes it, and what is left of a JPEG once it is cleaned.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeader } from "../../fieldapp/static/field/photos/header.js";
import { cleaned } from "../../fieldapp/static/field/photos/jpeg.js";
import { segments } from "../../fieldapp/static/field/photos/jpeg-header.js";
import { swapsSides, uprightTransform } from "../../fieldapp/static/field/photos/orientation.js";

const SOI = [0xff, 0xd8];
const EOI = [0xff, 0xd9];
const SCAN = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 0x12, 0xff, 0x00, 0x34];
const JFIF = segment(0xe0, [...ascii("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);

/** @param {string} text */
function ascii(text) {
  return [...Buffer.from(text, "latin1")];
}

/** @param {number} marker @param {number[]} content */
function segment(marker, content) {
  return [0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255, ...content];
}

/** @param {number} width @param {number} height @param {number} [marker] */
function frame(width, height, marker = 0xc0) {
  return segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
}

/** @param {number} orientation @param {boolean} [little] */
function exif(orientation, little = false) {
  const short = (/** @type {number} */ n) => (little ? [n & 255, n >> 8] : [n >> 8, n & 255]);
  const long = (/** @type {number} */ n) => (little ? [...short(n), 0, 0] : [0, 0, ...short(n)]);
  const tiff = [...ascii(little ? "II" : "MM"), ...short(42), ...long(8), ...short(1)];
  return segment(0xe1, [
    ...ascii("Exif\0\0"),
    ...tiff,
    ...short(0x0112),
    ...short(3),
    ...long(1),
    ...short(orientation),
    0,
    0,
  ]);
}

/** @param {...number[]} parts */
function file(...parts) {
  return new Uint8Array(parts.flat());
}

for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`a JPEG with EXIF orientation ${orientation} says so, in either byte order`, () => {
    for (const little of [true, false]) {
      const header = readHeader(file(SOI, exif(orientation, little), frame(640, 480), SCAN, EOI));
      assert.deepEqual(header, { format: "jpeg", width: 640, height: 480, orientation, whole: true });
    }
  });
}

test("an orientation that does not exist is upright", () => {
  assert.equal(readHeader(file(SOI, exif(9), frame(2, 1), SCAN, EOI)).orientation, 1);
});

test("the turn of each orientation puts the corners where EXIF says they belong", () => {
  const [w, h] = [2, 1];
  // Where the stored row 0 and column 0 lie when upright (CIPA DC-008, table 6).
  const rowZero = { 1: "top", 2: "top", 3: "bottom", 4: "bottom", 5: "left", 6: "right", 7: "right", 8: "left" };
  const columnZero = { 1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom" };
  for (const [name, row] of Object.entries(rowZero)) {
    const orientation = Number(name);
    const [across, down] = swapsSides(orientation) ? [h, w] : [w, h];
    const [a, b, c, d, e, f] = uprightTransform(orientation, w, h);
    const side = (/** @type {number} */ x, /** @type {number} */ y) => {
      const [px, py] = [a * x + c * y + e, b * x + d * y + f];
      return px === 0 ? "left" : px === w ? "right" : py === 0 ? "top" : py === h ? "bottom" : "inside";
    };
    assert.equal(side(across / 2, 0), row, `row 0 of ${orientation}`);
    assert.equal(side(0, down / 2), columnZero[/** @type {1} */ (orientation)], `column 0 of ${orientation}`);
  }
});

test("a JPEG that ends early is not whole, whatever thumbnail it carries", () => {
  const thumbnail = segment(0xe1, [...ascii("Exif\0\0"), ...ascii("MM\0*"), 0, 0, 0, 8, 0, 0, ...SOI, ...EOI]);
  assert.equal(readHeader(file(SOI, thumbnail, frame(2, 1), SCAN)).whole, false);
  assert.throws(() => readHeader(file(SOI, thumbnail, frame(2, 1))), { code: "damaged_image" });
  assert.throws(() => readHeader(file(SOI, [0xff, 0xe1, 0xff, 0xff, 1])), { code: "damaged_image" });
  assert.throws(() => readHeader(file(SOI, [0xff])), { code: "damaged_image" });
});

test("the size of 300 megapixels is known without decoding one of them", () => {
  const { width, height } = readHeader(file(SOI, frame(20_000, 15_000, 0xc2), SCAN, EOI));
  assert.equal(width * height, 300_000_000);
});

test("PNG, GIF, WebP and BMP give their size and whether they are whole", () => {
  const png = file(
    [0x89, ...ascii("PNG\r\n\x1a\n")],
    [0, 0, 0, 13],
    ascii("IHDR"),
    [0, 0, 1, 0, 0, 0, 0, 200, 8, 2, 0, 0, 0, 1, 2, 3, 4],
  );
  const end = [0, 0, 0, 0, ...ascii("IEND"), 1, 2, 3, 4];
  assert.deepEqual(readHeader(file([...png], end)), {
    format: "png",
    width: 256,
    height: 200,
    orientation: 1,
    whole: true,
  });
  assert.equal(readHeader(png).whole, false);
  const gif = file(ascii("GIF89a"), [3, 0, 2, 0, 0, 0, 0], [1, 2, 0x3b]);
  assert.deepEqual(readHeader(gif), { format: "gif", width: 3, height: 2, orientation: 1, whole: true });
  const webp = file(
    ascii("RIFF"),
    [22, 0, 0, 0],
    ascii("WEBPVP8X"),
    [10, 0, 0, 0, 0, 0, 0, 0],
    [255, 3, 0],
    [127, 2, 0],
  );
  assert.deepEqual(readHeader(webp), { format: "webp", width: 1024, height: 640, orientation: 1, whole: true });
  assert.equal(readHeader(webp.with(4, 99)).whole, false);
  const bmp = file(
    ascii("BM"),
    [30, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0],
    [4, 0, 0, 0],
    [253, 255, 255, 255],
    [0, 0, 0, 0],
  );
  assert.deepEqual(readHeader(bmp), { format: "bmp", width: 4, height: 3, orientation: 1, whole: true });
});

test("HEIC is known by its brand, with the size of the whole image and not of a tile", () => {
  const ispe = (/** @type {number} */ w, /** @type {number} */ h) => [
    0,
    0,
    0,
    20,
    ...ascii("ispe"),
    0,
    0,
    0,
    0,
    0,
    0,
    w >> 8,
    w & 255,
    0,
    0,
    h >> 8,
    h & 255,
  ];
  const ftyp = [0, 0, 0, 24, ...ascii("ftypmif1"), 0, 0, 0, 0, ...ascii("mif1heic")];
  const meta = [...ispe(512, 512), ...ispe(4032, 3024)];
  const heic = file(ftyp, meta);
  assert.deepEqual(readHeader(heic), { format: "heic", width: 4032, height: 3024, orientation: 1, whole: true });
  assert.equal(readHeader(heic.slice(0, -1)).whole, false);
});

test("what is no image is refused as such, and nothing at all as empty", () => {
  assert.throws(() => readHeader(new Uint8Array()), { code: "empty_image" });
  for (const text of [
    "%PDF-1.7 …",
    "hello",
    "<svg/>",
    "\0\0\0\x18ftypisom\0\0\0\0isommp42",
    "\xff\xd8",
    "RIFF0000WAVE",
    "BM",
  ]) {
    assert.throws(() => readHeader(file(ascii(text))), { code: "not_an_image" }, text);
  }
});

test("random bytes behind a known beginning give a named refusal, never another error", () => {
  const beginnings = [
    "\xff\xd8\xff\xe1",
    "\x89PNG\r\n\x1a\n",
    "GIF89a",
    "RIFF\0\0\0\0WEBPVP8X",
    "BM",
    "\0\0\0\x18ftypheic",
  ];
  for (const beginning of beginnings) {
    for (let length = 0; length < 60; length += 1) {
      const noise = Array.from({ length }, (_, at) => (at * 97 + length * 31) & 255);
      try {
        readHeader(file(ascii(beginning), noise));
      } catch (error) {
        assert.match(/** @type {any} */ (error).code, /^(damaged_image|not_an_image)$/);
      }
    }
  }
});

test("cleaning drops profiles, Exif, comments and foreign headers, and keeps the picture byte for byte", () => {
  const table = segment(
    0xdb,
    Array.from({ length: 65 }, (_, at) => at),
  );
  const icc = segment(0xe2, ascii("ICC_PROFILE\0secret"));
  const dirty = file(
    SOI,
    JFIF,
    exif(6),
    icc,
    segment(0xee, ascii("Adobe")),
    segment(0xfe, ascii("shot by me")),
    table,
    frame(2, 1),
    SCAN,
    EOI,
  );
  const clean = cleaned(dirty);
  assert.deepEqual(
    [...segments(clean)].map(({ marker }) => marker.toString(16)),
    ["e0", "db", "c0", "da"],
  );
  const text = Buffer.from(clean).toString("latin1");
  assert.ok(text.startsWith("\xff\xd8\xff\xe0\0\x10JFIF\0"));
  for (const word of ["Exif", "ICC", "Adobe", "shot", "secret"]) assert.ok(!text.includes(word));
  assert.deepEqual([...clean.slice(-SCAN.length - 2)], [...SCAN, ...EOI]);
  assert.deepEqual(cleaned(clean), clean, "clean stays clean");
});

test("a JFIF header is added where a browser wrote none", () => {
  const clean = cleaned(file(SOI, icc(), frame(2, 1), SCAN, EOI));
  assert.equal([...segments(clean)][0]?.marker, 0xe0);
});

test("a progressive or cut JPEG from the encoder is refused, so that nothing else is ever signed", () => {
  assert.throws(() => cleaned(file(SOI, JFIF, frame(2, 1, 0xc2), SCAN, EOI)), { code: "encoder_failed" });
  assert.throws(() => cleaned(file(SOI, JFIF, frame(2, 1), SCAN)), { code: "encoder_failed" });
  assert.throws(() => cleaned(new Uint8Array([0x89, 0x50])), { code: "encoder_failed" });
});

function icc() {
  return segment(0xe2, ascii("ICC_PROFILE\0"));
}
