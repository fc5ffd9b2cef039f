/**
 * What the screens hold: the types of the whole tablet below them. `tablet.js` gives the object.
 *
 * Every promise that writes resolves when the bytes are durable on the tablet, and rejects with one of `errors.js`,
 * whose `code` the screens turn into words.
 */

/** @typedef {import('./canonical.js').Json} Json what may be a field's value: no float, no undefined */
/** @typedef {{[name: string]: any}} Fields a field's name to its value */

/**
 * @typedef {object} Actor
 * @property {string} id
 * @property {string} name
 * @property {string} role
 * @property {string | null} agency_id
 */

/**
 * @typedef {object} Storage
 * @property {boolean | null} persisted whether the browser promised not to evict; null when it cannot say
 * @property {number | null} free bytes that may still be written; null when the browser cannot say
 * @property {boolean | null} enough room for a day of photographs; null when the browser cannot say
 * @property {boolean} lost this browser once held a vault and erased it
 */

/**
 * @typedef {object} Status
 * @property {boolean} enrolled a vault is on this tablet
 * @property {boolean} locked the six-digit code is wanted before the day may be seen
 * @property {number} triesLeft tries of the code before only an online sign-in helps, 0 to 5
 * @property {boolean} elsewhere another tab holds the vault: offer `takeOver()`
 * @property {boolean} writing a write is on its way to the disk
 * @property {Actor | null} actor
 * @property {{[name: string]: any} | null} landlord as enrolment gave it
 * @property {string} language "fr" or "en"
 * @property {Storage} storage
 */

/**
 * Where something is: only on this tablet, on its way, safe on the server, or stuck with a reason.
 * @typedef {object} Where
 * @property {"tablet" | "sending" | "safe" | "stuck"} place
 * @property {number | null} percent 0 to 100 while a photo is sending
 * @property {string | null} reason the server's code when stuck
 */

/**
 * @typedef {object} Summary
 * @property {string} id
 * @property {"planned" | "in_progress" | "held" | "interrupted" | "closed" | "sealed"} state
 * @property {number} unsentOps
 * @property {number} unsentPhotos photos with at least one size not receipted
 * @property {number} stuck operations or photos that a person must look at
 * @property {{id: string, reason: string}[]} [refusedDocuments] slips and answers that the server would not take, of an open visit
 * @property {{all: number, away: number}} pictures photographs that come from the server to be looked at, and how many of
 *   them are not here yet
 * @property {string | null} recordSha256 of the record that was closed
 * @property {string | null} sealedAt
 * @property {string | null} receiptAt
 * @property {string[]} missing SHA-256 of photo files that the server waits for
 * @property {string | null} keptSha256 of the record that was frozen and has not reached the server
 * @property {boolean} refused the server will not take the record that was closed: it must be signed again
 * @property {string | null} problem why the server refused the record, or does not take it yet
 */

/**
 * An appointment of the day pack, with what this tablet knows of its inventory.
 * @typedef {{[name: string]: any} & {id: string, kind: string, starts_at: string, ends_at: string, state: string,
 *   inventory_id: string | null, summary: Summary | null}} Appointment
 */

/**
 * @typedef {object} NewPhoto
 * @property {string} subjectKind
 * @property {string} subjectId
 * @property {string | null} [roomId]
 * @property {"camera" | "file"} source
 * @property {Blob | ImageBitmap} blob an ImageBitmap is taken over and closed
 */

/** @typedef {{entityId: string, kind: string, field: string, value: any}} Write */
/** @typedef {{id: string, [name: string]: any}} Listed */

/**
 * @typedef {object} Inventory
 * @property {string} id
 * @property {(entityId: string) => {kind: string, fields: Fields} | null} get
 * @property {(kind: string) => Listed[]} list not deleted, by position then id; the objects are not to be changed
 * @property {() => {entities: {[entityId: string]: {kind: string, fields: Fields}}}} state what `rules/` take
 * @property {(entityId: string, kind: string, field: string, value: any) => Promise<void>} set
 * @property {(writes: Write[]) => Promise<void>} setMany one transaction
 * @property {() => string} newId for an entity that `setMany` will write
 * @property {(kind: string, fields: Fields) => Promise<string>} addEntity gives the new id; an `act` is named by its
 *   `body.act_id`, and adding the same act again does nothing
 * @property {(entityId: string) => Promise<void>} remove
 * @property {(entityId: string) => Promise<void>} restore
 * @property {(photo: NewPhoto) => Promise<string>} addPhoto develops, hashes, encrypts; files and operation in one
 *   transaction; rejects with a photo error of `errors.js`
 * @property {(photoId: string, areas: import('../photos/blur.js').Area[]) => Promise<string>} blurPhoto makes a new photo
 *   in which the areas cannot be made out, gives its id, and erases the bytes of the first, in one transaction; rejects
 *   with `not_here` when the first was taken on another tablet
 * @property {(photoId: string) => Promise<string | null>} thumb object URL, kept until `close`; null when its bytes
 *   are not on this tablet
 * @property {(photoId: string, size: "report" | "archive" | "view") => Promise<string | null>} photo object URL, likewise;
 *   `view` is a large picture that was fetched to be looked at
 * @property {(photoId: string, size: "report" | "archive" | "thumb" | "view") => Promise<Uint8Array<ArrayBuffer> | ArrayBuffer | null>}
 *   photoBytes the very bytes, for a copy that holds its photographs
 * @property {(id: string) => Where} where of an entity or a photo
 * @property {(listener: (changed: string[]) => void) => () => void} subscribe called after each durable write, each
 *   merged change and each change of place, with the ids of the entities that changed
 * @property {(body: {[name: string]: any}) => Promise<{[name: string]: any}>} signAct adds `device_id` and
 *   `signature`, stores the act durably under `body.act_id` and gives it back
 * @property {(bytes: Uint8Array, sha256: string) => Promise<void>} saveRecord keeps the canonical record; it is sent
 *   once the field `closed` of the inventory names the same hash
 * @property {() => Promise<{bytes: Uint8Array<ArrayBuffer>, sha256: string} | null>} readRecord the record that
 *   `saveRecord` kept; null when this tablet kept none
 * @property {(documentId: string, record: {bytes: Uint8Array, sha256: string}, acts: {[name: string]: any}[]) =>
 *   Promise<{[name: string]: any}[]>} signDocument keeps a document with the acts over it, in one transaction
 * @property {(documentId: string) => Promise<Uint8Array<ArrayBuffer> | null>} readDocument the bytes that were signed
 * @property {(documentId: string) => Promise<void>} settleDocument a refused one is left to the office, or was signed again
 * @property {() => Summary} summary
 * @property {() => import('./header.js').Apart[]} apart what was written here after others had signed: it is not in the
 *   document, and the office has it
 * @property {() => void} close gives the object URLs back
 */

/**
 * @typedef {object} Problem
 * @property {"session_expired" | "not_our_server" | "upgrade_required" | "server_busy" | "no_space" | "storage_full"
 *   | "refused"}
 *   code
 * @property {string} [detail]
 */

/**
 * @typedef {object} TransferState
 * @property {boolean | null} online the last contact reached our server; null before the first
 * @property {number} pendingOps
 * @property {number} pendingPhotos
 * @property {number | null} sendingPercent of the photo files of this round, while sending
 * @property {string | null} lastContact UTC time
 * @property {import('./ledger.js').WrongClock | null} clock how wrong this tablet's clock was at the last contact, also when
 *   that was before the last start; null while it was right
 * @property {Problem | null} problem
 */

/**
 * @typedef {object} Transfer
 * @property {(listener: (state: TransferState) => void) => () => void} subscribe
 * @property {() => TransferState} state
 * @property {() => Promise<void>} syncNow resolves when the round has ended, well or not: read `state()`
 */

/**
 * @typedef {object} Credentials
 * @property {string} email
 * @property {string} password
 * @property {string} [deviceName]
 * @property {string} [code] six digits; required the first time
 */

/**
 * Errors carry `code`: `bad_credentials`, `too_many_attempts` (`retryAfter` seconds), `not_an_agent`, `offline`,
 * `not_our_server`, `storage` (the browser cannot keep keys), `storage_full`, `bad_code`, `wrong_code` (`triesLeft`),
 * `locked_out`, `locked`, `elsewhere`, `not_enrolled`, `newer_database`; photos: `not_an_image`, `empty_image`,
 * `damaged_image`, `image_too_heavy`, `image_too_large`, `heic_unsupported`, `encoder_failed`.
 * @typedef {object} Store
 * @property {() => Status} status
 * @property {(listener: (status: Status) => void) => () => void} subscribe
 * @property {(credentials: Credentials) => Promise<void>} enrol also signs in again: the same account resumes the same
 *   vault and outbox, another account gets its own; opens the lock
 * @property {(code: string) => Promise<void>} unlock
 * @property {() => void} lock tenant mode: `day()` and `openInventory()` refuse, an inventory already open goes on
 * @property {(language: string) => Promise<void>} changeLanguage
 * @property {() => Promise<void>} takeOver makes this tab the one that writes; the other one stops
 * @property {() => Promise<Storage>} prepareStorage asks the browser to keep the data, and measures the room left
 * @property {() => Promise<void>} refreshDay fetches the pack now; rejects with `offline` and its like
 * @property {() => Promise<{day: string | null, appointments: Appointment[]}>} day
 * @property {() => Promise<number>} unsentOfOthers answers and photographs that other agents left on this tablet; needs
 *   no code
 * @property {(rootId?: string | null) => Promise<any>} catalogue
 * @property {() => Promise<any>} legal
 * @property {() => Promise<any>} prices the landlord's price list, null when there is none
 * @property {() => Promise<boolean>} estimates whether the landlord wants estimates on the spot
 * @property {() => Promise<any>} wear the grids and known days of the day's move-outs, null when there is none
 * @property {(id: string) => Promise<Inventory>} openInventory also opens a visit: both are roots of the same log
 * @property {(id: string) => Promise<any>} visit what the pack says of a visit; null for an unknown one
 * @property {Transfer} transfer
 */

export {};
