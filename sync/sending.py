"""What a tablet does when it has a network: hand in, upload, close, fetch; each answer is stored before the next step."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sync import clock, moment
from sync.envelope import MOST_BYTES, MOST_OPS, Ack, Change, Malformed, Pull, Push, PushAnswer, write
from sync.store import Enrolment, File, Known, Place, Store
from sync.transport import Answer, Transport

CHUNK_BYTES = 1024 * 1024
MOST_HASHES = 500
_TUS = {"Tus_Resumable": "1.0.0", "Content_Type": "application/offset+octet-stream"}
FRAME_BYTES = 1000
"""Kept free in a push for what is around the operations."""


class Refused(Exception):
    """The server said no: its status and its code."""

    def __init__(self, status: int, code: str, facts: dict[str, Any]) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.facts = facts


class SignInAgain(Refused):
    """The token is no longer good; everything waits until the agent has signed in again."""


def ask(
    transport: Transport, enrolment: Enrolment | None, method: str, path: str, body: bytes = b"", **headers: str
) -> Answer:
    """Send one request with the token; raises `Unreachable`, `SignInAgain` or `Refused`. Header names take `_` for `-`."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if body:
        sent.setdefault("Content-Type", "application/json")
    if enrolment is not None:
        sent["Authorization"] = f"Bearer {enrolment.token}"
    answer = transport(method, path, sent, body)
    if answer.status < 400:
        return answer
    try:
        facts = json.loads(answer.body)
        code = str(facts.get("code", ""))
    except (ValueError, AttributeError):
        facts, code = {}, ""
    kind = SignInAgain if answer.status == 401 and enrolment is not None else Refused
    raise kind(answer.status, code, facts)


class Link:
    """The sending side of one tablet; every method may be interrupted anywhere and called again."""

    def __init__(self, transport: Transport, store: Store, now: Callable[[], int]) -> None:
        self._transport = transport
        self._store = store
        self._now = now

    def push(self) -> None:
        """Hand in the outbox in the order in which it was written."""
        while outbox := self._store.load().outbox:
            batch = _batch(outbox)
            sent_at = moment.write(datetime.fromtimestamp(self._now() / 1000, UTC))
            push = Push(self._enrolment().device_id, batch, sent_at)
            try:
                answer = PushAnswer.parse(self._ask("POST", "/api/field/push", write(push.dump())).body)
            except Refused as error:
                index = error.facts.get("index")
                if error.code != "malformed" or not isinstance(index, int) or index >= len(batch):
                    raise
                # One operation that the server cannot read must not keep the others from it.
                self._take((Ack(batch[index].op_id, "rejected", code="malformed"),))
            else:
                self._take(answer.acks)

    def upload(self) -> None:
        """Send the photographs that the server does not have, the smaller size of each first."""
        contents = self._store.load()
        waiting = [sha256 for sha256, file in contents.files.items() if not file.receipted]
        for start in range(0, len(waiting), MOST_HASHES):
            some = waiting[start : start + MOST_HASHES]
            found = json.loads(self._ask("POST", "/api/field/blobs/missing", write({"sha256": some})).body)
            for sha256 in found["present"]:
                self._receipt(sha256)
            files = {one["sha256"]: int(one["offset"]) for one in found["missing"]}
            for sha256 in sorted(files, key=lambda one: contents.files[one].purpose == "archive"):
                self._upload(sha256, contents.files[sha256], files[sha256])

    def close_records(self) -> None:
        """Hand in the signed records; one that waits for photographs is asked for again the next time."""
        for root_id, record in self._store.load().records.items():
            if record.state == "sealing":
                continue
            path = f"/api/field/inventories/{root_id}/close"
            try:
                self._ask("POST", path, record.raw, Fieldapp_Record=record.sha256)
                state = "sealing"
            except SignInAgain:
                raise
            except Refused as error:
                state = error.code
            contents = self._store.load()
            records = {**contents.records, root_id: replace(record, state=state)}
            self._store.save(replace(contents, records=records))

    def pull(self) -> None:
        """Fetch what is new, page by page."""
        more = True
        while more:
            cursor = self._store.load().cursor or 0
            pull = Pull.parse(self._ask("GET", f"/api/field/pull?cursor={cursor}").body)
            self._apply(pull)
            more = pull.more

    def _apply(self, pull: Pull) -> None:
        contents = self._store.load()
        fields, stamp = dict(contents.fields), contents.hlc
        for change in pull.changes:
            place = (change.root_id, change.entity_id, change.field)
            fields[place] = Known(change.kind, change.value, change.rev, change.hlc, change.device_id)
            stamp = max(stamp, change.hlc)
        waiting = {op.root_id for op in contents.outbox}
        evicted = set(pull.evict) - waiting
        fields = {place: known for place, known in fields.items() if place[0] not in evicted}
        headers = {**contents.inventories, **{header["id"]: header for header in pull.inventories}}
        self._store.save(
            replace(
                contents,
                fields=fields,
                inventories={root: header for root, header in headers.items() if root not in evicted},
                cursor=pull.cursor,
                hlc=clock.observe(contents.hlc, stamp, self._now()),
            )
        )

    def _take(self, acks: tuple[Ack, ...]) -> None:
        contents = self._store.load()
        answered = {ack.op_id: ack for ack in acks}
        fields, stuck = dict(contents.fields), list(contents.stuck)
        for op in contents.outbox:
            ack = answered.get(op.op_id)
            if ack is None:
                continue
            if ack.status == "rejected":
                stuck.append((op, ack.code or ""))
            else:
                _learn(fields, op, ack)
        outbox = tuple(op for op in contents.outbox if op.op_id not in answered)
        if len(outbox) == len(contents.outbox):
            raise Malformed("the answer names none of the operations that were sent")
        self._store.save(replace(contents, outbox=outbox, fields=fields, stuck=tuple(stuck)))

    def _upload(self, sha256: str, file: File, offset: int) -> None:
        if offset == 0:
            offset = self._announce(sha256, file)
        while not self._store.load().files[sha256].receipted:
            piece = file.data[offset : offset + CHUNK_BYTES]
            try:
                sent = self._ask("PATCH", f"/api/field/uploads/{sha256}", piece, Upload_Offset=str(offset), **_TUS)
                offset = self._progress(sha256, sent, offset + len(piece))
            except Refused as error:
                # An earlier piece arrived although its answer did not: go on from where the file ends.
                if error.code != "wrong_offset" or int(error.facts["offset"]) == offset:
                    raise
                offset = int(error.facts["offset"])

    def _announce(self, sha256: str, file: File) -> int:
        named = {"sha256": sha256, "purpose": "photo"}
        metadata = ",".join(f"{name} {base64.b64encode(text.encode()).decode()}" for name, text in named.items())
        length, first = str(len(file.data)), file.data[:CHUNK_BYTES]
        started = self._ask("POST", "/api/field/uploads", first, Upload_Length=length, Upload_Metadata=metadata, **_TUS)
        return self._progress(sha256, started, len(first))

    def _progress(self, sha256: str, answer: Answer, expected: int) -> int:
        if answer.headers.get("fieldapp-receipt") == sha256:
            self._receipt(sha256)
        return int(answer.headers.get("upload-offset", expected))

    def _receipt(self, sha256: str) -> None:
        contents = self._store.load()
        files = {**contents.files, sha256: replace(contents.files[sha256], receipted=True)}
        self._store.save(replace(contents, files=files))

    def _ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> Answer:
        return ask(self._transport, self._enrolment(), method, path, body, **headers)

    def _enrolment(self) -> Enrolment:
        enrolment = self._store.load().enrolment
        if enrolment is None:
            raise RuntimeError("only an enrolled tablet sends")
        return enrolment


def _batch(outbox: tuple[Change, ...]) -> tuple[Change, ...]:
    """The first operations that fit into one push: at least one."""
    room, batch = MOST_BYTES - FRAME_BYTES, list[Change]()
    for op in outbox[:MOST_OPS]:
        room -= len(write(op.dump())) + 1
        if batch and room < 0:
            break
        batch.append(op)
    return tuple(batch)


def _learn(fields: dict[Place, Known], op: Change, ack: Ack) -> None:
    """Show what was accepted until the next pull says how it ended.

    A conflict does not raise the rev: the agent has not seen the other value yet, and the next write must say so. What was
    taken and has no revision was kept apart, because others had signed meanwhile: the field holds nothing.
    """
    place = (op.root_id, op.entity_id, op.field)
    known = fields.get(place)
    if not ack.rev and (known is None or known.rev == 0):
        fields.pop(place, None)
        return
    if known is not None and (known.hlc, known.device_id) > (op.hlc, op.device_id):
        return
    rev = known.rev if known is not None else 0
    if ack.status != "conflict_kept":
        rev = max(rev, ack.rev or 0)
    fields[place] = Known(op.kind, op.value, rev, op.hlc, op.device_id)
