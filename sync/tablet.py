"""A tablet in Python: what tests, load tests and integrators drive the server with; standard library only."""

import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sync import canonical, clock, moment, sending
from sync.envelope import Change
from sync.store import Contents, Enrolment, File, Known, MemoryStore, Place, Record, Store
from sync.transport import HttpTransport, Transport

Sign = Callable[[bytes], str]
"""Signs bytes with the tablet's P-256 key: base64url of the raw r‖s."""

Now = Callable[[], int]
"""The tablet's clock, in milliseconds since 1970."""


class NotEnrolled(RuntimeError):
    """The tablet belongs to nobody yet."""


def new_id(now_ms: int, randomness: Callable[[int], int] = secrets.randbits) -> str:
    """Mint a UUID version 7 (RFC 9562, 5.7) in lower-case text."""
    number = (now_ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | randomness(12) << 64 | 0x2 << 62 | randomness(62)
    return str(UUID(int=number))


class Tablet:
    """One device with its store. A verb that returns has stored what it did; `sync` brings it to the server.

    `transport` reaches the server, `sign` signs acts, `now` is the device's clock, `randomness(bits)` feeds identifiers.
    """

    def __init__(
        self,
        transport: Transport | str,
        store: Store | None = None,
        *,
        sign: Sign | None = None,
        now: Now = lambda: time.time_ns() // 1_000_000,
        randomness: Callable[[int], int] = secrets.randbits,
    ) -> None:
        self._transport = HttpTransport(transport) if isinstance(transport, str) else transport
        self._store = store if store is not None else MemoryStore()
        self._sign = sign
        self._now = now
        self._randomness = randomness

    @property
    def contents(self) -> Contents:
        """What is stored."""
        return self._store.load()

    def new_id(self) -> str:
        """An identifier for a new entity."""
        return new_id(self._now(), self._randomness)

    def enrol(self, email: str, password: str, device_name: str, public_key: Mapping[str, str]) -> dict[str, Any]:
        """Enrol once, online; again with the same key, the tablet goes on as the same device. Raises `sending.Refused`."""
        body = {"email": email, "password": password, "device_name": device_name, "public_key": dict(public_key)}
        answer = sending.ask(self._transport, None, "POST", "/api/field/enrol", json.dumps(body).encode())
        given: dict[str, Any] = json.loads(answer.body)
        self.take_enrolment(Enrolment(given["device_id"], given["token"], given["actor"]["id"]))
        return given

    def take_enrolment(self, enrolment: Enrolment) -> None:
        """Keep an enrolment; what the store holds goes on waiting."""
        self._store.save(replace(self._store.load(), enrolment=enrolment))

    def fetch_pack(self) -> dict[str, Any]:
        """Get the day and keep its inventories; raises `Unreachable` or `sending.Refused`."""
        answer = sending.ask(self._transport, self._enrolment(), "GET", "/api/field/pack")
        pack: dict[str, Any] = json.loads(answer.body)
        contents = self._store.load()
        fields, stamp = dict(contents.fields), contents.hlc
        for inventory in pack["inventories"]:
            for entity in inventory["entities"]:
                for name, held in entity["fields"].items():
                    known = Known(entity["kind"], held["value"], held["rev"], held["hlc"], held["device_id"])
                    fields[inventory["id"], entity["entity_id"], name] = known
                    stamp = max(stamp, known.hlc)
        # Only a tablet without a cursor takes the pack's: later ones would pass over changes of other inventories.
        cursor = pack["cursor"] if contents.cursor is None else contents.cursor
        hlc = clock.observe(contents.hlc, stamp, self._now())
        self._store.save(replace(contents, fields=fields, cursor=cursor, hlc=hlc))
        return pack

    def write(self, root_id: str, entity_id: str, kind: str, field: str, value: Any) -> str:
        """Write one field; gives the operation's id once it is stored."""
        contents = self._store.load()
        contents, op = self._with_op(contents, root_id, entity_id, kind, field, value)
        self._store.save(contents)
        return op.op_id

    def value(self, root_id: str, entity_id: str, field: str) -> Any:
        """What the tablet shows: the latest of what the server told and what was written here; None when nothing."""
        contents = self._store.load()
        known = contents.fields.get((root_id, entity_id, field))
        newest = (known.hlc, known.device_id, known.value) if known is not None else ("", "", None)
        for op in contents.outbox:
            place = (op.root_id, op.entity_id, op.field)
            if place == (root_id, entity_id, field) and (op.hlc, op.device_id) > newest[:2]:
                newest = (op.hlc, op.device_id, op.value)
        return newest[2]

    def state(self, root_id: str) -> dict[str, Any]:
        """The whole inventory as it is shown: `{"entities": {id: {"kind", "fields"}}}`."""
        contents = self._store.load()
        kinds = {place: known.kind for place, known in contents.fields.items() if place[0] == root_id}
        kinds |= {(op.root_id, op.entity_id, op.field): op.kind for op in contents.outbox if op.root_id == root_id}
        entities: dict[str, Any] = {}
        for (_, entity_id, field), kind in kinds.items():
            entity = entities.setdefault(entity_id, {"kind": kind, "fields": {}})
            entity["fields"][field] = self.value(root_id, entity_id, field)
        return {"entities": entities}

    def add_photo(
        self,
        root_id: str,
        subject: Mapping[str, Any],
        report: bytes,
        archive: bytes,
        size: tuple[int, int] = (1000, 750),
    ) -> str:
        """Take a photograph: both files and the operation are stored together, or nothing. Gives its id.

        `subject` is `{subject_kind, subject_id, room_id}`; `size` is width and height in pixels of both files.
        """
        contents = self._store.load()
        photo_id = self.new_id()
        pictures = {name: _picture(data, size) for name, data in (("report", report), ("archive", archive))}
        body = {**subject, "taken_at": self._moment(), "source": "camera", **pictures}
        contents, _ = self._with_op(contents, root_id, photo_id, "photo", "body", body)
        files = dict(contents.files)
        for name, data in (("report", report), ("archive", archive)):
            files.setdefault(pictures[name]["sha256"], File(data, name))
        self._store.save(replace(contents, files=files))
        return photo_id

    def sign(self, root_id: str, act: Mapping[str, Any]) -> str:
        """Sign what a party decided (an act without act_id, device_id and signature) and store it.

        An act that does not say under another name what it is about gets `inventory_id`.
        """
        if self._sign is None:
            raise NotEnrolled("this tablet was made without a key")
        act_id = self.new_id()
        about = {} if "visit_id" in act else {"inventory_id": root_id}
        whole = {**act, **about, "act_id": act_id, "device_id": self._enrolment().device_id}
        body = {**whole, "signature": self._sign(canonical.dumps(whole))}
        self.write(root_id, act_id, "act", "body", body)
        return act_id

    def close(self, root_id: str, raw: bytes, acts: Sequence[str]) -> None:
        """Close an inventory over the canonical bytes of its record: stored now, sent by `sync`."""
        contents = self._store.load()
        sha256 = canonical.sha256_hex(raw)
        closed = {"record_sha256": sha256, "at": self._moment(), "acts": list(acts)}
        contents, _ = self._with_op(contents, root_id, root_id, "inventory", "closed", closed)
        self._store.save(replace(contents, records={**contents.records, root_id: Record(raw, sha256)}))

    def sync(self) -> None:
        """Send all that waits, operations before photographs before records, then fetch what is new.

        Raises `Unreachable` at the first request that is not answered, `sending.SignInAgain` when the token is no longer
        good; what was answered until then is stored. A tablet resumes by calling it again.
        """
        self._enrolment()
        link = sending.Link(self._transport, self._store, self._now)
        link.push()
        link.upload()
        link.close_records()
        link.pull()

    def _with_op(
        self, contents: Contents, root_id: str, entity_id: str, kind: str, field: str, value: Any
    ) -> tuple[Contents, Change]:
        if contents.enrolment is None:
            raise NotEnrolled
        place: Place = (root_id, entity_id, field)
        known = contents.fields.get(place)
        waiting = sum((op.root_id, op.entity_id, op.field) == place for op in contents.outbox)
        op = Change(
            op_id=self.new_id(),
            device_id=contents.enrolment.device_id,
            device_seq=contents.seq + 1,
            actor_id=contents.enrolment.actor_id,
            root_id=root_id,
            entity_id=entity_id,
            kind=kind,
            field=field,
            value=value,
            base_rev=(known.rev if known is not None else 0) + waiting,
            hlc=clock.tick(contents.hlc, self._now()),
            captured_at=self._moment(),
            schema_v=1,
            catalogue_v=1,
        )
        return replace(contents, seq=op.device_seq, hlc=op.hlc, outbox=(*contents.outbox, op)), op

    def _enrolment(self) -> Enrolment:
        enrolment = self._store.load().enrolment
        if enrolment is None:
            raise NotEnrolled
        return enrolment

    def _moment(self) -> str:
        return moment.write(datetime.fromtimestamp(self._now() / 1000, UTC))


def _picture(data: bytes, size: tuple[int, int]) -> dict[str, Any]:
    return {"sha256": canonical.sha256_hex(data), "bytes": len(data), "width": size[0], "height": size[1]}
