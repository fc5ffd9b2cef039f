/** The settlement: what tenant and landlord owe each other at the end, and the balance; the same rules as `fieldapp/domain/settlement.py`. */

import { cents, euros } from "./money.js";
import { dayAfter, rentFor } from "./rent-share.js";

/** @typedef {{line_id: string, due: string, proof: "price_list" | "quote" | "invoice" | null, is_loss: boolean}} Retained */
/**
 * @typedef {object} Account  What a settlement is made from: amounts are decimal text, days ISO text. `called_until` is the last
 *   day whose rent and charges are already in the account; `water` and `heating` are negative when too much was paid.
 * @property {string} entry_on
 * @property {string} keys_returned_on
 * @property {string} notice_ends_on
 * @property {string} called_until
 * @property {string} deposit
 * @property {string} rent
 * @property {string} charges
 * @property {string} arrears
 * @property {string} credits
 * @property {string[]} instalments
 * @property {Retained[]} retained
 * @property {string} water
 * @property {string} heating
 * @property {string} provision
 * @property {boolean} collective_building
 */
/** @typedef {{head: string, amount: string, line_id: string}} Entry  Positive in the tenant's favour. */
/** @typedef {{entries: Entry[], balance: string, returned: string, still_due: string}} Settlement */

const PROVISION_PERCENT = 20n;

/** An account that may not be settled as it stands. */
export class CannotSettle extends Error {
  /** @param {"exit_before_entry" | "keys_returned_in_future" | "without_proof" | "provision_too_high"} code @param {string[]} [about] */
  constructor(code, about = []) {
    super(code);
    this.code = code;
    this.about = about;
  }
}

/**
 * Draws the account up; entries of 0.00 are left out, except the deposit. Throws CannotSettle.
 * @param {Account} account @param {string} today ISO day @returns {Settlement}
 */
export function settle(account, today) {
  check(account, today);
  const entries = [...drawn(account)];
  const provision = cents(account.provision);
  if (provision > 0n) {
    const most = account.collective_building ? highestProvision(cents(account.deposit), sum(entries)) : 0n;
    if (provision > most) throw new CannotSettle("provision_too_high", [euros(most)]);
    entries.push(entry("provision", -provision));
  }
  const balance = sum(entries);
  return {
    entries: entries.map(({ head, amount, line_id }) => ({ head, amount: euros(amount), line_id })),
    balance: euros(balance),
    returned: euros(balance > 0n ? balance : 0n),
    still_due: euros(balance < 0n ? -balance : 0n),
  };
}

/** The most that may be kept until the yearly accounts: 20 % of the deposit, and no more than goes back. @param {bigint} deposit @param {bigint} balance */
export function highestProvision(deposit, balance) {
  const fifth = (deposit * PROVISION_PERCENT) / 100n;
  const most = fifth < balance ? fifth : balance;
  return most > 0n ? most : 0n;
}

/** @param {Account} account @param {string} today */
function check(account, today) {
  if (account.keys_returned_on < account.entry_on) throw new CannotSettle("exit_before_entry");
  if (account.keys_returned_on > today) throw new CannotSettle("keys_returned_in_future");
  const unproven = account.retained.filter((line) => cents(line.due) !== 0n && line.proof === null);
  if (unproven.length)
    throw new CannotSettle(
      "without_proof",
      unproven.map((line) => line.line_id),
    );
}

/** @param {Account} account @returns {Generator<{head: string, amount: bigint, line_id: string}>} */
function* drawn(account) {
  yield entry("deposit", cents(account.deposit));
  yield* known([
    entry("rent", -untilNotice(account.rent, account)),
    entry("charges", -untilNotice(account.charges, account)),
    entry("arrears", -cents(account.arrears)),
    entry("credit", cents(account.credits)),
    ...account.instalments.map((paid) => entry("instalment", cents(paid))),
    ...account.retained.filter((line) => !line.is_loss).map((line) => entry("repair", -cents(line.due), line.line_id)),
    ...account.retained.filter((line) => line.is_loss).map((line) => entry("loss", -cents(line.due), line.line_id)),
    entry("water", -cents(account.water)),
    entry("heating", -cents(account.heating)),
  ]);
}

/** @param {string} monthly @param {Account} account @returns {bigint} negative when more was called than is owed */
function untilNotice(monthly, account) {
  const { called_until: called, notice_ends_on: end } = account;
  return called <= end
    ? rentFor(cents(monthly), dayAfter(called), end)
    : -rentFor(cents(monthly), dayAfter(end), called);
}

/** @param {string} head @param {bigint} amount @param {string} [line_id] */
function entry(head, amount, line_id = "") {
  return { head, amount, line_id };
}

/** @template {{amount: bigint}} E @param {E[]} entries @returns {E[]} */
function known(entries) {
  return entries.filter(({ amount }) => amount !== 0n);
}

/** @param {{amount: bigint}[]} entries @returns {bigint} */
function sum(entries) {
  return entries.reduce((all, { amount }) => all + amount, 0n);
}
