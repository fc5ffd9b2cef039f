/** Until when a candidate may answer an offer (CCH, art. R441-10); the same rule as `fieldapp/domain/reply_clock.py`. */

import { plus, workingDayIn } from "./public-holidays.js";

/** Days to answer at least. */
export const DELAY = 10;

/**
 * The delay of an offer: its last day as counted, and the one on which it ends, until midnight. Days are ISO text.
 * @param {string} notifiedOn @param {string} department @param {number} [days]
 * @returns {{notifiedOn: string, tenth: string, replyBy: string, extended: boolean}}
 */
export function replyClock(notifiedOn, department, days = DELAY) {
  if (days < DELAY) throw new RangeError(`the law gives ${DELAY} days at least`);
  const tenth = plus(notifiedOn, days);
  const replyBy = workingDayIn(department, tenth);
  return { notifiedOn, tenth, replyBy, extended: replyBy !== tenth };
}

/** Whether the delay has ended: silence is a refusal from then on. @param {string} replyBy @param {string} today */
export function isOver(replyBy, today) {
  return today > replyBy;
}
