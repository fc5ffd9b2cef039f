// The field server in memory: the wire of docs, merging as `sync/merge.py`, and faults on demand.

import { createHash } from "node:crypto";
import { canonicalBytes } from "../../../fieldapp/static/field/store/canonical.js";
import { merge } from "../../../fieldapp/static/field/store/merge.js";

/** @typedef {(method: string, path: string, init: RequestInit) => "lose request" | "lose reply" | Response | null} Fault */

export const ROOT = "0190f5a0-0000-7000-8000-0000000000ee";
export const ROOM = "0190f5a0-0000-7000-8000-0000000000e1";
export const ACTOR = "0190f5a0-0000-7000-8000-0000000000aa";
export const PASSWORD = "demonstration-fieldapp";

export class FakeServer {
  /** What the pack says of a sales visit. @type {any} */
  visit = null;
  /** @type {Fault} */
  fault = () => null;
  /** @type {{method: string, path: string}[]} */
  requests = [];
  /** @type {Map<string, any>} op_id to its acknowledgement */
  acks = new Map();
  /** @type {any[]} operations in the order of their arrival, each once */
  ops = [];
  /** @type {Map<string, any>} "root/entity/field" to what it holds */
  fields = new Map();
  /** @type {any[]} */
  changes = [];
  /** @type {Map<string, Uint8Array>} */
  blobs = new Map();
  /** @type {Map<string, {length: number, bytes: Uint8Array}>} */
  uploads = new Map();
  /** @type {Map<string, string>} root to the text of its record */
  records = new Map();
  /** @type {{inventories: any[], photos: any[], evict: string[], upgrade_required?: boolean}} said by the next pull */
  news = { inventories: [], photos: [], evict: [] };
  /** @type {(op: any) => string | null} */
  rejects = () => null;
  /** Whether the inventory was signed by somebody else before this operation. @type {(op: any) => boolean} */
  signedElsewhere = () => false;
  /** The landlord's own catalogues by their hash; the last one is in force. @type {Map<string, any>} */
  catalogues = new Map();
  token = 0;
  tokens = new Set();
  /** @type {Map<string, string>} key and account to device */
  devices = new Map();
  time = Date.parse("2026-11-21T09:30:00.000Z");
  /** @type {any} */
  organisationKey = null;
  /** @type {{key_id: string, kid: string, wrapped: string}[]} data keys left for a recovery */
  wrappedKeys = [];

  /** The server as a tablet sees it. @type {import("../../../fieldapp/static/field/transfer/api.js").Fetch} */
  fetch = async (path, init) => {
    const method = init.method ?? "GET";
    this.requests.push({ method, path });
    const fault = this.fault(method, path, init);
    if (fault === "lose request") throw new TypeError("connection reset");
    if (fault instanceof Response) return fault;
    const body = new Uint8Array(await new Response(init.body ?? null).arrayBuffer());
    const answer = this.#answer(method, path, new Headers(init.headers), body);
    if (fault === "lose reply") throw new TypeError("connection reset");
    return answer;
  };

  /**
   * @param {string} method
   * @param {string} path
   * @param {Headers} headers
   * @param {Uint8Array} body
   */
  #answer(method, path, headers, body) {
    const [, , , verb, ...rest] = path.split(/[/?]/);
    const json = () => JSON.parse(new TextDecoder().decode(body));
    if (verb === "enrol") return this.#enrol(json());
    if (!this.tokens.has(headers.get("Authorization")?.replace("Bearer ", "")))
      return this.ours(401, { code: "token" });
    if (verb === "pack") return this.#pack(headers);
    if (verb === "catalogues") return this.ours(200, this.catalogues.get(rest[0] ?? ""));
    if (verb === "push") return this.ours(200, { v: 1, server_time: this.now(), acks: this.push(json()) });
    if (verb === "pull") return this.#pull(Number(new URLSearchParams(path.split("?")[1]).get("cursor")));
    if (verb === "blobs") return this.#missing(json().sha256);
    if (verb === "photos") return this.#lend(String(rest[0]), String(rest[1]));
    if (verb === "uploads") return this.#upload(method, rest[0] ?? "", headers, body);
    if (verb === "recovery") return this.#keep(json());
    if (verb === "inventories") return this.#close(String(rest[0]), new TextDecoder().decode(body));
    return this.ours(404, {});
  }

  /** @param {number} status @param {unknown} content @param {{[name: string]: string}} [headers] */
  ours(status, content, headers = {}) {
    const all = { "Fieldapp-Server": "1", Date: new Date(this.time).toUTCString(), ...headers };
    const bodyless = status === 204 || status === 304;
    return new Response(bodyless ? null : JSON.stringify(content), { status, headers: all });
  }

  now() {
    return new Date(this.time).toISOString();
  }

  /** @param {any} asked */
  #enrol({ email, password, public_key }) {
    if (password !== PASSWORD) return this.ours(401, { code: "bad_credentials" });
    const actor = email.startsWith("other") ? ACTOR.replace("aa", "ab") : ACTOR;
    const key = `${actor} ${public_key.x}`;
    if (!this.devices.has(key)) this.devices.set(key, `0190f5a0-0000-7000-8000-00000000000${this.devices.size + 1}`);
    this.token += 1;
    this.tokens.add(`token-${this.token}`);
    return this.ours(201, {
      device_id: this.devices.get(key),
      token: `token-${this.token}`,
      actor: { id: actor, name: "Camille Durand", role: "agent", agency_id: null },
      landlord: { name: "Habitat du Fleuve" },
      organisation_key: this.organisationKey,
      server_time: this.now(),
    });
  }

  /** Made anew: not the bytes that came. @param {string} sha256 @param {string} size */
  #lend(sha256, size) {
    const bytes = this.blobs.get(sha256);
    if (bytes === undefined) return this.ours(404, { code: "no_photo" });
    const made = Buffer.concat([Buffer.from(`${size} `), bytes]);
    const digest = createHash("sha256").update(made).digest("base64");
    const headers = { "Fieldapp-Server": "1", Date: new Date(this.time).toUTCString() };
    return new Response(made, { headers: { ...headers, "Repr-Digest": `sha-256=:${digest}:` } });
  }

  /** @param {Headers} headers */
  #pack(headers) {
    const etag = `"day${this.catalogues.size || ""}"`;
    if (headers.get("If-None-Match") === etag) return this.ours(304, null);
    const field = (/** @type {any} */ value) => ({ value, rev: 1, hlc: "0000000000001-0000", device_id: "server" });
    const entities = [
      {
        entity_id: ROOT,
        kind: "inventory",
        fields: { number: field("EDL-1"), context: field({ tenant: "Sofia Marchetti" }) },
      },
      { entity_id: ROOM, kind: "room", fields: { label: field("Chambre mansardée"), position: field(1) } },
    ];
    const pack = {
      v: 1,
      server_time: this.now(),
      day: "2026-11-21",
      cursor: 0,
      agent: { id: ACTOR, name: "Camille Durand" },
      landlord: {},
      agency: {},
      catalogue: { version: 1 },
      house_catalogues: { current: [...this.catalogues.keys()].pop() ?? null, all: [...this.catalogues.keys()] },
      legal: { version: 1 },
      appointments: [
        {
          id: "a1",
          kind: "move_in",
          starts_at: "2026-11-21T08:30:00.000Z",
          ends_at: "2026-11-21T10:00:00.000Z",
          state: "planned",
          dwelling_summary: { street: "12 rue des Tanneurs" },
          note: "",
          inventory_id: ROOT,
          visit: this.visit,
        },
      ],
      inventories: this.news.evict.includes(ROOT) ? [] : [{ id: ROOT, state: "planned", entities }],
    };
    return this.ours(200, pack, { ETag: etag });
  }

  /** @param {any} push */
  push({ ops }) {
    return ops.map((/** @type {any} */ op) => {
      const known = this.acks.get(op.op_id);
      if (known) return known.status === "rejected" ? known : { ...known, status: "duplicate" };
      const ack = this.#apply(op);
      this.acks.set(op.op_id, ack);
      this.ops.push(op);
      return ack;
    });
  }

  /** @param {any} op */
  #apply(op) {
    const code = this.rejects(op);
    if (code) return { op_id: op.op_id, status: "rejected", code };
    const key = `${op.root_id}/${op.entity_id}/${op.field}`;
    const held = this.fields.get(key);
    if (this.signedElsewhere(op)) {
      if (held) this.changes.push({ ...op, ...held, rev: ++held.rev, position: this.changes.length + 1 });
      return { op_id: op.op_id, status: "conflict_kept", rev: held?.rev ?? 0 };
    }
    const outcome = merge(this.fields.get(key) ?? null, op);
    if (outcome.wins) {
      const { root_id, entity_id, kind, field, value, hlc, device_id } = op;
      this.fields.set(key, { value, rev: outcome.rev, hlc, device_id });
      this.changes.push({
        position: this.changes.length + 1,
        root_id,
        entity_id,
        kind,
        field,
        value,
        rev: outcome.rev,
        hlc,
        device_id,
      });
    }
    return { op_id: op.op_id, status: outcome.conflict ? "conflict_kept" : "applied", rev: outcome.rev };
  }

  /** @param {number} cursor */
  #pull(cursor) {
    const page = this.changes.slice(cursor, cursor + 3);
    const more = cursor + page.length < this.changes.length;
    const news = this.news;
    this.news = { inventories: [], photos: [], evict: news.evict };
    return this.ours(200, { v: 1, cursor: cursor + page.length, more, changes: page, ...news });
  }

  /** @param {string[]} hashes */
  #missing(hashes) {
    const missing = hashes.filter((sha256) => !this.blobs.has(sha256));
    return this.ours(200, {
      missing: missing.map((sha256) => ({ sha256, offset: this.uploads.get(sha256)?.bytes.length ?? 0 })),
      present: hashes.filter((sha256) => this.blobs.has(sha256)),
    });
  }

  /** @param {string} method @param {string} named @param {Headers} headers @param {Uint8Array} body */
  #upload(method, named, headers, body) {
    const sha256 = named || atob(headers.get("Upload-Metadata")?.match(/sha256 ([^,]+)/)?.[1] ?? "");
    if (method === "POST" && !this.uploads.has(sha256)) {
      this.uploads.set(sha256, { length: Number(headers.get("Upload-Length")), bytes: new Uint8Array() });
    }
    const upload = this.uploads.get(sha256);
    if (!upload) return this.ours(404, {});
    const offset = method === "PATCH" ? Number(headers.get("Upload-Offset")) : 0;
    if (method === "PATCH" && offset !== upload.bytes.length) return this.ours(409, { code: "wrong_offset" });
    if (method !== "HEAD" && offset === upload.bytes.length) upload.bytes = Buffer.concat([upload.bytes, body]);
    const standing = { "Upload-Offset": String(upload.bytes.length), "Upload-Length": String(upload.length) };
    if (upload.bytes.length < upload.length) return this.ours(method === "POST" ? 201 : 204, null, standing);
    if (createHash("sha256").update(upload.bytes).digest("hex") !== sha256) {
      this.uploads.delete(sha256);
      return this.ours(400, { code: "hash_mismatch" });
    }
    this.blobs.set(sha256, upload.bytes);
    return this.ours(method === "POST" ? 201 : 204, null, { ...standing, "Fieldapp-Receipt": sha256 });
  }

  /** @param {any} key */
  #keep(key) {
    this.wrappedKeys.push(key);
    return this.ours(200, { v: 1, key_id: key.key_id });
  }

  /** @param {string} rootId @param {string} text */
  #close(rootId, text) {
    this.records.set(rootId, text);
    const bodies = this.ops.filter((op) => op.kind === "photo" && op.field === "body").map((op) => op.value);
    const missing = bodies
      .flatMap(({ report, archive }) => [report.sha256, archive.sha256])
      .filter((sha) => !this.blobs.has(sha));
    if (missing.length > 0) return this.ours(409, { code: "missing_photos", missing });
    return this.ours(200, {
      state: "sealing",
      record_sha256: createHash("sha256")
        .update(canonicalBytes(JSON.parse(text)))
        .digest("hex"),
    });
  }
}
