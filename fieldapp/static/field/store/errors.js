/** What can go wrong below the screens, each named for what happened; `code` is what the screens turn into words. */

/** The first of them: an error that a person is told about. */
export class FieldError extends Error {
  /** @type {string} */
  code = "unexpected";

  /** @param {string} [message] for developers; never shown */
  constructor(message) {
    super(message);
    this.name = new.target.name;
  }
}

/** No vault is on this tablet, or none that is open. */
export class NotEnrolled extends FieldError {
  code = "not_enrolled";
}

/** The day may be seen only after the six-digit code. */
export class Locked extends FieldError {
  code = "locked";
}

/** Another tab took the vault over; this one may not write any more. */
export class Elsewhere extends FieldError {
  code = "elsewhere";
}

/** The code is not six digits. */
export class BadCode extends FieldError {
  code = "bad_code";
}

/** The six digits are not the ones chosen at enrolment. */
export class WrongCode extends FieldError {
  code = "wrong_code";

  /** @param {number} triesLeft */
  constructor(triesLeft) {
    super();
    this.triesLeft = triesLeft;
  }
}

/** Five wrong codes: only an online sign-in opens the day again. */
export class LockedOut extends FieldError {
  code = "locked_out";
}

/** The disk is full; nothing was half-written. */
export class StorageFull extends FieldError {
  code = "storage_full";
}

/** This browser cannot keep keys or databases (a private window, or a policy). */
export class StorageRefused extends FieldError {
  code = "storage";
}

/** The data on this tablet were written by a later release of the application. */
export class NewerDatabase extends FieldError {
  code = "newer_database";
}

/** A row does not decrypt: damaged, or moved from where it was written. */
export class DamagedRow extends FieldError {
  code = "damaged_row";
}

/** A photo, an act, a remark, an alert or a handover never changes once written. */
export class Immutable extends FieldError {
  code = "immutable";
}

/** No inventory with this id is on this tablet. */
export class UnknownInventory extends FieldError {
  code = "unknown_inventory";
}

/**
 * Gives the error that the screens know for one that IndexedDB or WebCrypto threw; others come back as they are.
 * @param {unknown} error
 * @returns {unknown}
 */
export function named(error) {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return new StorageFull();
  if (name === "VersionError") return new NewerDatabase();
  if (name === "DataCloneError" || name === "SecurityError") return new StorageRefused();
  return error;
}
