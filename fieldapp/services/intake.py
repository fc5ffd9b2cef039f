"""Operations come in: judged one by one, merged, and committed together with what follows from them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from fieldapp.extensions import db
from fieldapp.records.change import Change as ChangeRow
from fieldapp.records.inventory import Inventory
from fieldapp.records.rejected_change import RejectedChange
from fieldapp.records.upsert import Upsert
from fieldapp.services import audit, feed, following, header
from fieldapp.services.arrival import Noted, note
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header
from fieldapp.services.identifier import new_id
from fieldapp.services.judging import Refused, judge
from fieldapp.services.tablet import Tablet
from sync import canonical, clock, moment
from sync.envelope import Ack, Change, Gap, Push, PushAnswer

SERVER = "00000000-0000-7000-8000-000000000000"
"""The device id of what the server itself writes."""

ATTEMPTS = 5
_AGAIN = frozenset({"40001", "40P01"})
"""PostgreSQL's serialization failure and deadlock: another transaction went first, this one may simply be repeated."""

_ACCEPTED = select(
    ChangeRow.op_id,
    ChangeRow.rev,
    ChangeRow.device_id,
    ChangeRow.root_id,
    ChangeRow.entity_id,
    ChangeRow.field,
    ChangeRow.hlc,
    ChangeRow.value,
).where(ChangeRow.op_id.in_(bindparam("ops", expanding=True)))
_REJECTED = select(RejectedChange.op_id, RejectedChange.code).where(
    RejectedChange.op_id.in_(bindparam("ops", expanding=True))
)
_REFUSE = Upsert(RejectedChange, lambda insertion: insertion.on_conflict_do_nothing().returning(RejectedChange.op_id))


class OtherDevice(ValueError):
    """The push says that it comes from another device than the one whose token it carries."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An operation that was answered before: refused with `code`, or accepted with this content."""

    code: str | None
    rev: int | None
    content: tuple[str, ...]


def receive(push: Push, device: Tablet) -> PushAnswer:
    """Take a push in one transaction and answer after its commit: one ack an operation, in their order.

    The same operation twice, in one push or many, at once or later, is applied once and answered `duplicate`; a refused
    one is kept and always answered alike. Raises `OtherDevice`; whatever else goes wrong, nothing of it was written.
    """
    if push.device_id != device.id:
        raise OtherDevice(push.device_id)
    session = db.session()
    for attempt in range(1, ATTEMPTS + 1):
        session.rollback()
        try:
            answer = _receive_in(session, push, device)
            session.commit()
        except DBAPIError as error:
            session.rollback()
            # Somebody else's transaction went first: the second look finds its operations there.
            if attempt == ATTEMPTS or not _may_repeat(error):
                raise
        else:
            return answer
    raise AssertionError("the last attempt returns or raises")


def write_server_ops(
    session: Session, root: str, ops: Sequence[tuple[str, str, str, Any]], actor_id: str = SERVER
) -> None:
    """Write `(entity_id, kind, field, value)` as the server, in the caller's transaction: seeds and decisions.

    Each is stamped later than what it replaces, so it always wins. The inventory's row must exist.
    """
    session.flush()
    headers = header.lock(session, [root])
    now = datetime.now(UTC)
    batch = Batch(session, now, {root: headers[root].landlord_id})
    drafts = [_server_op(root, op, actor_id, now) for op in ops]
    batch.read(drafts)
    for draft in drafts:
        held = batch.fields.get((root, draft.entity_id, draft.field))
        stamp = clock.tick(clock.ZERO if held is None else held.hlc, int(now.timestamp() * 1000))
        op = replace(draft, hlc=stamp, base_rev=0 if held is None else held.rev)
        batch.write(op, canonical.dumps(op.value).decode())
    following.finish(session, batch, headers.values(), "server" if actor_id == SERVER else f"account:{actor_id}")
    loaded = session.identity_map.get(identity_key(Inventory, root))
    if loaded is not None:
        session.expire(loaded)


def _receive_in(session: Session, push: Push, device: Tablet) -> PushAnswer:
    now = datetime.now(UTC)
    noted = Noted(session, device.id)
    seen = _seen(session, push.ops)
    fresh = [op for op in push.ops if op.op_id not in seen]
    headers = header.lock(session, {op.root_id for op in fresh})
    batch = Batch(session, now, {root: row.landlord_id for root, row in headers.items()})
    batch.read(fresh)
    acks: list[Ack] = []
    refused: list[tuple[Change, str]] = []
    for op in push.ops:
        ack = _repeated(op, seen) or _take(op, device, headers, batch, seen)
        if ack.code is not None:
            refused.append((op, ack.code))
        acks.append(ack)
    _keep(session, refused, device, headers, now)
    following.finish(session, batch, headers.values(), f"device:{device.id}")
    feed.hold(session, device, {row["root_id"] for row in batch.changes}, now)
    gap = note(session, device.id, fresh, push.sent_at, now, noted).gap
    return PushAnswer(moment.write(now), tuple(acks), None if gap is None else Gap(*gap))


def _seen(session: Session, ops: Iterable[Change]) -> dict[str, Seen]:
    wanted = {"ops": [op.op_id for op in ops]}
    connection = session.connection()
    seen = {op_id: Seen(code, None, ()) for op_id, code in connection.execute(_REJECTED, wanted)}
    for op_id, rev, *content in connection.execute(_ACCEPTED, wanted):
        seen[op_id] = Seen(None, rev, tuple(content))
    return seen


def _repeated(op: Change, seen: Mapping[str, Seen]) -> Ack | None:
    before = seen.get(op.op_id)
    if before is None:
        return None
    if before.code is not None:
        return Ack(op.op_id, "rejected", code=before.code)
    if before.content != _content(op):
        return Ack(op.op_id, "rejected", code="op_reused")
    return Ack(op.op_id, "duplicate", before.rev)


def _take(op: Change, device: Tablet, headers: Mapping[str, Header], batch: Batch, seen: dict[str, Seen]) -> Ack:
    try:
        value = judge(op, device, headers)
        code = batch.refusal(op, value)
        if code is not None:
            ack = Ack(op.op_id, "rejected", code=code)
        elif batch.signed_elsewhere(op):
            ack = batch.keep_apart(op, value)
        else:
            ack = batch.write(op, value)
        seen[op.op_id] = Seen(ack.code, ack.rev, _content(op))
    except Refused as error:
        ack = Ack(op.op_id, "rejected", code=error.code)
        seen[op.op_id] = Seen(error.code, None, ())
    return ack


def _content(op: Change) -> tuple[str, ...]:
    """What makes two operations the same one; a value without canonical form equals nothing that was accepted."""
    try:
        value = canonical.dumps(op.value).decode()
    except canonical.NotCanonical:
        value = ""
    return (op.device_id, op.root_id, op.entity_id, op.field, op.hlc, value)


def _keep(
    session: Session,
    refused: Sequence[tuple[Change, str]],
    device: Tablet,
    headers: Mapping[str, Header],
    now: datetime,
) -> None:
    """Keep what was refused, once each, where the office sees it."""
    if not refused:
        return
    connection = session.connection()
    for op, code in refused:
        row = _rejected_row(op, code, device, now)
        if connection.execute(_REFUSE.on(connection), row).one_or_none() is None:
            continue
        known = headers.get(op.root_id)
        if known is not None and known.landlord_id == device.landlord_id:
            known.rejections += 1
        actor = f"device:{device.id}"
        audit.record(
            session, actor, "inventory.change_rejected", "inventory", op.root_id, device.landlord_id, code=code
        )


def _rejected_row(op: Change, code: str, device: Tablet, now: datetime) -> dict[str, Any]:
    return {
        "op_id": op.op_id,
        "landlord_id": device.landlord_id,
        "device_id": device.id,
        "device_seq": op.device_seq,
        "root_id": op.root_id,
        "kind": op.kind,
        "field": op.field,
        "code": code,
        # ASCII: half a surrogate pair is one of the things that are refused, and must be kept all the same.
        "body": json.dumps(op.dump()),
        "received_at": now,
    }


def _server_op(root: str, op: tuple[str, str, str, Any], actor_id: str, now: datetime) -> Change:
    entity_id, kind, field, value = op
    return Change(
        op_id=new_id(),
        device_id=SERVER,
        device_seq=1,
        actor_id=actor_id,
        root_id=root,
        entity_id=entity_id,
        kind=kind,
        field=field,
        value=value,
        base_rev=0,
        hlc=clock.ZERO,
        captured_at=moment.write(now),
        schema_v=1,
        catalogue_v=1,
    )


def _may_repeat(error: DBAPIError) -> bool:
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", None) in _AGAIN
