// A QR code (ISO/IEC 18004) of a short text: byte mode, error correction M, versions 1 to 10.

/** Per version: codewords in all, error-correction codewords a block, blocks. Level M, table 9. @type {[number, number, number][]} */
const LEVEL_M = [
  [26, 10, 1], [44, 16, 1], [70, 26, 1], [100, 18, 2], [134, 24, 2],
  [172, 16, 4], [196, 18, 4], [242, 22, 4], [292, 22, 5], [346, 26, 5],
]; // biome-ignore format: a table
/** Centres of the alignment patterns, annex E. */
const ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
/** @type {((row: number, column: number) => boolean)[]} masks of table 10 */
const MASKS = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

/** The text has more bytes than version 10 holds (213). */
export class TooLong extends RangeError {}

/**
 * The modules of the code, rows of dark (true) and light; a quiet zone of four modules is the caller's.
 * @param {string} text
 * @param {number} [mask] 0 to 7; without it, the one with the least penalty
 * @returns {boolean[][]}
 * @throws {TooLong}
 */
export function qrCode(text, mask) {
  const bytes = new TextEncoder().encode(text);
  const version = LEVEL_M.findIndex((_, index) => bytes.length <= capacity(index + 1)) + 1;
  if (version === 0) throw new TooLong(`${bytes.length} bytes`);
  const codewords = interleaved(data(bytes, version), version);
  if (mask !== undefined) return draw(version, codewords, mask);
  const drawings = MASKS.map((_, each) => draw(version, codewords, each));
  const costs = drawings.map(cost);
  return drawings[costs.indexOf(Math.min(...costs))] ?? [];
}

/** @param {number} version @returns {[number, number, number]} */
function level(version) {
  return LEVEL_M[version - 1] ?? [0, 0, 1];
}

/** @param {number} version */
function room(version) {
  const [all, correction, blocks] = level(version);
  return all - correction * blocks;
}

/** @param {number} version */
function countBits(version) {
  return version < 10 ? 8 : 16;
}

/** Bytes that fit beside the mode (4 bits) and the count. @param {number} version */
function capacity(version) {
  return Math.floor((room(version) * 8 - 4 - countBits(version)) / 8);
}

/** @param {Uint8Array} bytes @param {number} version */
function data(bytes, version) {
  /** @type {number[]} */
  const bits = [];
  /** @param {number} value @param {number} length */
  const put = (value, length) => {
    for (let at = length - 1; at >= 0; at--) bits.push((value >> at) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, countBits(version));
  for (const byte of bytes) put(byte, 8);
  put(0, Math.min(4, room(version) * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let at = 0; at < bits.length; at += 8) words.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let pad = 0; words.length < room(version); pad++) words.push(pad % 2 ? 0x11 : 0xec);
  return words;
}

/** Splits into blocks, corrects each, and takes one codeword of each in turn (8.6). @param {number[]} words @param {number} version */
function interleaved(words, version) {
  const [, correction, blocks] = level(version);
  const short = Math.floor(words.length / blocks);
  const longer = words.length % blocks;
  const parts = [];
  for (let block = 0, at = 0; block < blocks; block++) {
    const length = short + (block >= blocks - longer ? 1 : 0);
    parts.push(words.slice(at, at + length));
    at += length;
  }
  const checks = parts.map((part) => remainder(part, correction));
  /** @param {number[][]} columns */
  const turn = (columns) =>
    Array.from({ length: Math.max(...columns.map((column) => column.length)) }).flatMap((_, at) =>
      columns.flatMap((column) => (at < column.length ? [column[at] ?? 0] : [])),
    );
  return [...turn(parts), ...turn(checks)];
}

/** Multiplies in GF(256) with x^8 + x^4 + x^3 + x^2 + 1. @param {number} a @param {number} b */
function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

/** The Reed-Solomon codewords of a block. @param {number[]} words @param {number} degree */
function remainder(words, degree) {
  /** @type {number[]} */
  const generator = Array.from({ length: degree }, (_, at) => Number(at === degree - 1));
  for (let root = 1, step = 0; step < degree; step++, root = times(root, 2)) {
    for (let at = 0; at < degree; at++) generator[at] = times(generator[at] ?? 0, root) ^ (generator[at + 1] ?? 0);
  }
  /** @type {number[]} */
  let rest = new Array(degree).fill(0);
  for (const word of words) {
    const factor = word ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((value, at) => value ^ times(generator[at] ?? 0, factor));
  }
  return rest;
}

/** @param {number} version @param {number[]} codewords @param {number} mask */
function draw(version, codewords, mask) {
  const size = version * 4 + 17;
  /** @type {(boolean | undefined)[][]} undefined: not drawn yet */
  const cells = Array.from({ length: size }, () => new Array(size).fill(undefined));
  /** @param {number} row @param {number} column @param {boolean} dark */
  const set = (row, column, dark) => {
    const line = cells[row];
    if (line && column >= 0 && column < size) line[column] = dark;
  };
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ])
    finder(set, row ?? 0, column ?? 0);
  alignment(set, version, size);
  for (let at = 8; at < size - 8; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  format(set, mask, size);
  if (version >= 7) versionBits(set, version, size);
  fill(cells, codewords, mask, size);
  return cells.map((row) => row.map((cell) => cell === true));
}

/** @typedef {(row: number, column: number, dark: boolean) => void} Set */

/** @param {Set} set @param {number} row @param {number} column its centre */
function finder(set, row, column) {
  for (let down = -4; down <= 4; down++) {
    for (let right = -4; right <= 4; right++) {
      const ring = Math.max(Math.abs(down), Math.abs(right));
      set(row + down, column + right, ring !== 2 && ring !== 4);
    }
  }
}

/** @param {Set} set @param {number} version @param {number} size */
function alignment(set, version, size) {
  const centres = ALIGNED[version - 1] ?? [];
  for (const row of centres) {
    for (const column of centres) {
      if ((row === 6 && column === 6) || (row === 6 && column === size - 7) || (row === size - 7 && column === 6))
        continue;
      for (let down = -2; down <= 2; down++) {
        for (let right = -2; right <= 2; right++) {
          set(row + down, column + right, Math.max(Math.abs(down), Math.abs(right)) !== 1);
        }
      }
    }
  }
}

/** The level and the mask, BCH (15, 5), twice (8.9). @param {Set} set @param {number} mask @param {number} size */
function format(set, mask, size) {
  const value = mask; // level M is 00
  let rest = value;
  for (let step = 0; step < 10; step++) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((value << 10) | rest) ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const dark = ((bits >> at) & 1) === 1;
    if (at < 6) set(at, 8, dark);
    else if (at < 8) set(at + 1, 8, dark);
    else if (at === 8) set(8, 7, dark);
    else set(8, 14 - at, dark);
    if (at < 8) set(8, size - 1 - at, dark);
    else set(size - 15 + at, 8, dark);
  }
  set(size - 8, 8, true);
}

/** The version, Golay (18, 6), twice (8.10). @param {Set} set @param {number} version @param {number} size */
function versionBits(set, version, size) {
  let rest = version;
  for (let step = 0; step < 12; step++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at++) {
    const dark = ((bits >> at) & 1) === 1;
    set(size - 11 + (at % 3), Math.floor(at / 3), dark);
    set(Math.floor(at / 3), size - 11 + (at % 3), dark);
  }
}

/** Two columns at a time, upwards and downwards, masked (8.7.3). @param {(boolean | undefined)[][]} cells @param {number[]} codewords @param {number} mask @param {number} size */
function fill(cells, codewords, mask, size) {
  let bit = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upwards = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        const line = cells[row];
        if (!line || line[column] !== undefined) continue;
        const word = codewords[bit >> 3] ?? 0;
        line[column] = (((word >> (7 - (bit & 7))) & 1) === 1) !== (MASKS[mask]?.(row, column) ?? false);
        bit++;
      }
    }
  }
}

/** The penalty of table 11. @param {boolean[][]} cells */
function cost(cells) {
  const columns = cells.map((_, column) => cells.map((row) => row[column] === true));
  let penalty = 0;
  for (const line of [...cells, ...columns]) {
    const text = line.map((dark) => (dark ? "1" : "0")).join("");
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    for (let at = 0; at + 11 <= text.length; at++) {
      const part = text.slice(at, at + 11);
      if (part === "10111010000" || part === "00001011101") penalty += 40;
    }
  }
  for (let row = 1; row < cells.length; row++) {
    for (let column = 1; column < cells.length; column++) {
      const square = [
        cells[row]?.[column],
        cells[row - 1]?.[column],
        cells[row]?.[column - 1],
        cells[row - 1]?.[column - 1],
      ];
      if (square.every((dark) => dark) || square.every((dark) => !dark)) penalty += 3;
    }
  }
  const dark = cells.flat().filter(Boolean).length;
  return penalty + Math.floor(Math.abs((dark * 100) / cells.length ** 2 - 50) / 5) * 10;
}
