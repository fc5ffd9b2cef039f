/** Signs in: enrols this tablet the first time, resumes the same vault and outbox afterwards. */

import { BadCode } from "../store/errors.js";
import { Api } from "./api.js";

/**
 * @param {import('../store/desk.js').Desk} desk
 * @param {import('./api.js').Fetch} fetch
 * @param {import('../store/session.js').Credentials} credentials
 * @returns {Promise<void>}
 */
export async function enrol(desk, fetch, { email, password, deviceName = "", code }) {
  const candidate = await desk.candidate(email);
  // Before the network: a device made for nothing would stay in the office's list.
  if (code !== undefined ? !/^\d{6}$/.test(code) : candidate.row === null) throw new BadCode();
  const answer = await new Api(fetch, () => null).json("POST", "/enrol", {
    email,
    password,
    device_name: deviceName,
    public_key: candidate.publicKey,
  });
  const { device_id, token, actor, landlord, organisation_key } = answer;
  const signedIn = { email, deviceId: device_id, actorId: actor.id, organisationKey: organisation_key ?? null };
  const row = await desk.vaults.admitted(candidate, code === undefined ? signedIn : { ...signedIn, code });
  await desk.admit(row, { token, actor, landlord, email });
}
