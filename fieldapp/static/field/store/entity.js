/** An entity as the tablet keeps it: each field with the server's revision and how many own writes wait. Pure. */

import { Immutable } from "./errors.js";
import { isLater, sameValue } from "./merge.js";

/**
 * @typedef {object} Field
 * @property {any} value
 * @property {number} rev the server's last one that this tablet saw; 0 before the first
 * @property {string} hlc of the value
 * @property {string} device_id of the value
 * @property {number} pending own writes that the server has not acknowledged
 * @property {Refusal | null} refused the last own write, when the server refused it and nothing replaced it
 */

/** @typedef {{op_id: string, code: string}} Refusal */

/** @typedef {{kind: string, fields: {[name: string]: Field}}} Entity */

/** @typedef {{value: any, rev: number, hlc: string, device_id: string}} ServerField */

/**
 * Gives the entity after a write of this tablet, and the base revision that the operation must carry; null when an
 * immutable body is written again unchanged.
 * @param {Entity | null} entity
 * @param {{kind: string, field: string, value: any, hlc: string, deviceId: string}} write
 * @returns {{entity: Entity, baseRev: number} | null}
 * @throws {Immutable} when a body that is already written would change
 */
export function written(entity, { kind, field, value, hlc, deviceId }) {
  const before = entity?.fields[field] ?? null;
  if (field === "body" && before !== null) {
    if (sameValue(before.value, value)) return null;
    throw new Immutable(kind);
  }
  const [rev, pending] = [before?.rev ?? 0, before?.pending ?? 0];
  const after = { value, rev, hlc, device_id: deviceId, pending: pending + 1, refused: null };
  return { entity: withField(entity, kind, field, after), baseRev: rev + pending };
}

/**
 * Gives the entity after the server told what a field holds.
 *
 * While own writes wait, the later of both values stays on the screen; when none waits, the server's word counts, and
 * an older revision than the one seen is a repetition.
 * @param {Entity | null} entity
 * @param {string} kind
 * @param {string} field
 * @param {ServerField} told
 * @returns {Entity | null} null when nothing changed
 */
export function merged(entity, kind, field, told) {
  const before = entity?.fields[field] ?? null;
  if (before === null) return withField(entity, kind, field, { ...only(told), pending: 0, refused: null });
  if (told.rev < before.rev) return null;
  const takes = before.pending === 0 || !isLater(before, told);
  const after = takes ? { ...before, ...only(told) } : { ...before, rev: told.rev };
  if (takes && before.pending === 0) after.refused = null;
  return same(before, after) ? null : withField(entity, kind, field, after);
}

/**
 * Gives the entity after the server acknowledged one own write.
 * @param {Entity} entity
 * @param {string} field
 * @param {{rev: number | null, refused: Refusal | null}} ack
 * @returns {Entity}
 */
export function acknowledged(entity, field, { rev, refused }) {
  const before = entity.fields[field];
  if (before === undefined) return entity;
  const pending = Math.max(0, before.pending - 1);
  return withField(entity, entity.kind, field, {
    ...before,
    rev: Math.max(before.rev, rev ?? 0),
    pending,
    refused: refused ?? (pending > 0 ? before.refused : null),
  });
}

/**
 * Gives the entity after the server took the last own write of a field and gave it no revision: it keeps that write for
 * the office, because the inventory was signed elsewhere meanwhile, and the field holds nothing. As it was otherwise.
 * @param {Entity} entity
 * @param {string} name
 * @returns {Entity}
 */
export function keptApart(entity, name) {
  const { [name]: field, ...fields } = entity.fields;
  if (field === undefined || field.rev > 0 || field.pending > 0 || field.refused) return entity;
  return { kind: entity.kind, fields };
}

/**
 * Whether an entity holds nothing at all: all of it was kept apart.
 * @param {Entity} entity
 */
export function isNothing(entity) {
  return Object.keys(entity.fields).length === 0;
}

/**
 * Gives the entity that the server would not see removed: it stands again, and nothing of it is stuck.
 * @param {Entity} entity
 * @returns {Entity}
 */
export function reinstated(entity) {
  const { deleted, ...fields } = entity.fields;
  if (deleted === undefined || deleted.pending > 0) return entity;
  return { kind: entity.kind, fields: { ...fields, deleted: { ...deleted, value: false, refused: null } } };
}

/**
 * Gives name and value of each field; what was withdrawn stays deleted, whatever another tablet wrote.
 * @param {Entity} entity
 * @returns {{[name: string]: any}}
 */
export function values(entity) {
  const given = Object.fromEntries(Object.entries(entity.fields).map(([name, field]) => [name, field.value]));
  return entity.fields.withdrawn ? { ...given, deleted: true } : given;
}

/** @param {Entity} entity */
export function isDeleted(entity) {
  return entity.fields.deleted?.value === true || entity.fields.withdrawn !== undefined;
}

/** @param {Entity} entity */
export function pendingWrites(entity) {
  return Object.values(entity.fields).reduce((sum, field) => sum + field.pending, 0);
}

/**
 * Gives the own writes that the server refused and that nothing replaced.
 * @param {Entity | null} entity
 * @returns {Refusal[]}
 */
export function refusals(entity) {
  return Object.values(entity?.fields ?? {}).flatMap((field) => field.refused ?? []);
}

/**
 * @param {Entity | null} entity
 * @param {string} kind
 * @param {string} name
 * @param {Field} field
 * @returns {Entity}
 */
function withField(entity, kind, name, field) {
  return { kind: entity?.kind ?? kind, fields: { ...entity?.fields, [name]: field } };
}

/**
 * @param {ServerField} told
 * @returns {ServerField}
 */
function only({ value, rev, hlc, device_id }) {
  return { value, rev, hlc, device_id };
}

/**
 * @param {Field} one
 * @param {Field} other
 */
function same(one, other) {
  return (
    one.rev === other.rev &&
    one.hlc === other.hlc &&
    one.device_id === other.device_id &&
    one.refused?.op_id === other.refused?.op_id &&
    sameValue(one.value, other.value)
  );
}
