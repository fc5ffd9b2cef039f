"""What tablets hand in: operations of a visit with their photographs, written before the clock starts."""

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sync import canonical, clock
from sync.envelope import Change, Push, write
from sync.store import Enrolment
from sync.tablet import Tablet, new_id
from tests.bench.load import Request
from tests.fieldwork.estate import Flat
from tests.fieldwork.tablets import START_MS

CAPTURED = "2026-11-18T09:00:00.000Z"
PIECE_BYTES = 2 * 1024 * 1024
STATES = ("good", "worn", "poor", "new")


@dataclass
class Author:
    """One enrolled tablet that writes requests instead of sending them; its operations have no gap."""

    enrolment: Enrolment
    seq: int = 0
    stamp: str = clock.ZERO
    revs: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, tablet: Tablet) -> "Author":
        """The author with this tablet's enrolment."""
        enrolment = tablet.contents.enrolment
        assert enrolment is not None
        return cls(enrolment)

    def push(self, flat: Flat, photos: Sequence[Mapping[str, bytes]], notes: int) -> Request:
        """The push of these photographs (size to bytes) and of `notes` other fields of the flat."""
        ops = [self._photo(flat, photo) for photo in photos] + [self._note(flat, number) for number in range(notes)]
        body = write(Push(self.enrolment.device_id, tuple(ops)).dump())
        marker = b'"status":"applied"'
        return Request("POST", "/api/field/push", self._headers("application/json"), body, marker=marker)

    def missing(self, photos: Sequence[Mapping[str, bytes]]) -> Request:
        """The question which of these files the server lacks."""
        hashes = [canonical.sha256_hex(data) for photo in photos for data in dict.fromkeys(photo.values())]
        headers = self._headers("application/json")
        return Request("POST", "/api/field/blobs/missing", headers, write({"sha256": hashes}), marker=b'"missing":[{')

    def uploads(self, photo: Mapping[str, bytes]) -> list[Request]:
        """The files of one photograph as a tablet on a good line sends them: in pieces of 2 MiB, most in one."""
        return [request for data in dict.fromkeys(photo.values()) for request in self._upload(data)]

    def _upload(self, data: bytes) -> list[Request]:
        sha256 = canonical.sha256_hex(data)
        headers = self._headers("application/offset+octet-stream") | {"Tus-Resumable": "1.0.0"}
        requests = []
        for offset in range(0, len(data), PIECE_BYTES):
            piece = data[offset : offset + PIECE_BYTES]
            receipt = sha256 if offset + len(piece) == len(data) else None
            if offset == 0:
                named = f"sha256 {base64.b64encode(sha256.encode()).decode()}"
                first = {"Upload-Length": str(len(data)), "Upload-Metadata": named}
                requests.append(Request("POST", "/api/field/uploads", headers | first, piece, receipt))
            else:
                path, there = f"/api/field/uploads/{sha256}", {"Upload-Offset": str(offset)}
                requests.append(Request("PATCH", path, headers | there, piece, receipt))
        return requests

    def _photo(self, flat: Flat, photo: Mapping[str, bytes]) -> Change:
        room = flat.ids["room"]
        sizes = {name: _described(photo[name]) for name in ("report", "archive")}
        body = {"subject_kind": "room", "subject_id": room, "room_id": room, "taken_at": CAPTURED, "source": "camera"}
        return self._op(flat, new_id(time.time_ns() // 1_000_000), "photo", "body", {**body, **sizes})

    def _note(self, flat: Flat, number: int) -> Change:
        surface = ("floor", "wall", "ceiling")[number % 3]
        value = STATES[self.seq % len(STATES)]
        return self._op(flat, flat.ids[surface], "element", "state", value)

    def _op(self, flat: Flat, entity: str, kind: str, name: str, value: object) -> Change:
        self.seq += 1
        self.stamp = clock.tick(self.stamp, START_MS + self.seq)
        place = (flat.root_id, entity, name)
        self.revs[place] = self.revs.get(place, 0) + 1
        return Change(
            op_id=new_id(time.time_ns() // 1_000_000),
            device_id=self.enrolment.device_id,
            device_seq=self.seq,
            actor_id=self.enrolment.actor_id,
            root_id=flat.root_id,
            entity_id=entity,
            kind=kind,
            field=name,
            value=value,
            base_rev=self.revs[place] - 1,
            hlc=self.stamp,
            captured_at=CAPTURED,
            schema_v=1,
            catalogue_v=1,
        )

    def _headers(self, kind: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.enrolment.token}", "Content-Type": kind}


def _described(data: bytes) -> dict[str, object]:
    return {"sha256": canonical.sha256_hex(data), "bytes": len(data), "width": 1000, "height": 750}
