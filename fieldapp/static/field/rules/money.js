/** Amounts: whole numbers of their smallest part, as BigInt, and the one way of rounding; the same as `fieldapp/domain/money.py`. */

/**
 * The whole number that a decimal text writes at so many decimals: `scaled("64.3", 2)` is `6430n`.
 * Throws a RangeError for anything else, also for more decimals: an amount is never guessed.
 * @param {string} text @param {number} places @returns {bigint}
 */
export function scaled(text, places) {
  const [, sign, whole = "", rest = ""] = /^(-?)([0-9]{1,12})(?:\.([0-9]{1,12}))?$/.exec(text) ?? [];
  const decimals = rest.replace(/0+$/, "");
  if (sign === undefined || decimals.length > places) throw new RangeError(`no amount: ${text}`);
  return BigInt(`${sign}${whole}${decimals.padEnd(places, "0")}`);
}

/** The cents of an amount such as `64.30`. @param {string} text @returns {bigint} */
export function cents(text) {
  return scaled(text, 2);
}

/** An amount as the decimal text that documents carry: `41237n` is `412.37`. @param {bigint} amount @returns {string} */
export function euros(amount) {
  const digits = String(amount < 0n ? -amount : amount).padStart(3, "0");
  return `${amount < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A quotient to the nearest whole number, a half up; nothing here is negative. @param {bigint} numerator @param {bigint} denominator */
export function halfUp(numerator, denominator) {
  return (2n * numerator + denominator) / (2n * denominator);
}

/** Hundredths without needless zeros: `550n` is `5.5`. @param {bigint} hundredths @returns {string} */
export function plain(hundredths) {
  return euros(hundredths).replace(/\.?0+$/, "");
}
