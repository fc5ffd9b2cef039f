/** Notes when this tablet's clock is wrong, as the server's last answer showed it: later the tablet may be offline. */

/** As on the server: what a clock may be wrong before anybody is told. */
const TOLERATED_MS = 5 * 60_000;

/**
 * @param {import('../store/ledger.js').Ledger} ledger
 * @param {import('./api.js').Api} api
 */
export async function noteClock(ledger, { serverTime, drift }) {
  if (serverTime === null || drift === null) return;
  const wrong = Math.abs(drift) > TOLERATED_MS;
  if (!wrong && ledger.wrongClock === null) return;
  const noted = wrong ? { driftSeconds: Math.round(drift / 1000), at: new Date(serverTime).toISOString() } : null;
  await ledger.write(async (batch) => void batch.meta.set("wrong_clock", noted));
  ledger.wrongClock = noted;
  ledger.tell(new Map());
}
