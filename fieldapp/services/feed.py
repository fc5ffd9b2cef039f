"""What a tablet has not seen yet, in the order in which it was committed."""

import json
from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Executable, Row, exists, false, literal, null, or_, select, union_all, update
from sqlalchemy.orm import Session

from fieldapp.domain.review import Verdict
from fieldapp.extensions import db
from fieldapp.records.feed import Feed
from fieldapp.records.field_state import FieldState
from fieldapp.records.holding import Holding
from fieldapp.records.inventory import Inventory
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.review import Review
from fieldapp.records.sqlite import writing
from fieldapp.records.upsert import Insertion, Upsert
from fieldapp.records.visit import Visit
from fieldapp.services import missing
from fieldapp.services.tablet import Tablet
from sync import envelope, moment

PAGE = 1000
KEPT_ON_TABLET = timedelta(days=7)
EVICTION_REPEATED = timedelta(days=30)


def _advance(insertion: Insertion) -> Executable:
    moved = {"position": Feed.position + insertion.excluded.position}
    return insertion.on_conflict_do_update(index_elements=[Feed.id], set_=moved).returning(Feed.position)


def _hold(insertion: Insertion) -> Executable:
    return insertion.on_conflict_do_update(
        index_elements=[Holding.device_id, Holding.root_id],
        set_={"evicted_at": None},
        where=Holding.evicted_at.is_not(None),
    )


_ADVANCE = Upsert(Feed, _advance)
_HOLD = Upsert(Holding, _hold)


def next_position(session: Session, count: int = 1) -> int:
    """Take `count` places in the feed and give the last; the counter stays locked until the caller's transaction ends.

    Lock inventory rows before, never after: everybody does, so nobody waits in a circle.
    """
    connection = session.connection()
    return int(connection.execute(_ADVANCE.on(connection), {"id": 1, "position": count}).scalar_one())


def last_position(session: Session) -> int:
    """The last place whose writes are committed: what a reader that starts now has seen everything up to."""
    return session.execute(select(Feed.position)).scalar_one_or_none() or 0


def changes_since(device: Tablet, cursor: int) -> envelope.Pull:
    """Give the latest value of every field that changed after `cursor` in the inventories that this tablet holds.

    At most 1000 changes; `more` says that there are others. A cursor from beyond the feed (the server was restored from
    a backup) starts again from nothing: reading twice is harmless, missing something is not.
    """
    session = db.session()
    top = last_position(session)
    start = cursor if cursor <= top else 0
    now = datetime.now(UTC)
    held = _held(session, device)
    evict = [row.root_id for row in held if row.evicted_at is not None or _leaves(row, device, now)]
    kept = {row.root_id: row for row in held if row.root_id not in set(evict)}
    changes = session.execute(
        select(FieldState)
        .with_only_columns(*FieldState.__table__.c)
        .where(FieldState.root_id.in_(kept), FieldState.position > start, FieldState.position <= top)
        .order_by(FieldState.position)
        .limit(PAGE + 1)
    ).all()
    more = len(changes) > PAGE
    changes = changes[:PAGE]
    end = changes[-1].position if more else top
    pull = envelope.Pull(
        cursor=end,
        more=more,
        changes=tuple(_change(row) for row in changes),
        photos=tuple(_photos(session, kept, start, end)),
        inventories=tuple(_headers(session, [row for row in kept.values() if start < row.position <= end])),
        evict=tuple(evict),
    )
    _note(session, device, [row.root_id for row in held if row.root_id in evict and row.evicted_at is None], now)
    return pull


def hold(session: Session, device: Tablet, root_ids: Collection[str], now: datetime) -> None:
    """Remember, in the caller's transaction, that a tablet has these inventories; one that was dropped is held again."""
    if not root_ids:
        return
    connection = session.connection()
    own = {"device_id": device.id, "landlord_id": device.landlord_id, "since": now}
    connection.execute(_HOLD.on(connection), [{**own, "root_id": root} for root in root_ids])


def hold_pack(device: Tablet, root_ids: Collection[str]) -> None:
    """Remember which inventories a day pack brings to a tablet; one transaction, none when nothing is new."""
    session = db.session()
    known = set(
        session.scalars(select(Holding.root_id).where(Holding.device_id == device.id, Holding.evicted_at.is_(None)))
    )
    session.rollback()
    fresh = [root for root in root_ids if root not in known]
    if fresh:
        with writing():
            hold(session, device, fresh, datetime.now(UTC))
            session.commit()


def _held(session: Session, device: Tablet) -> list[Row[Any]]:
    repeated = datetime.now(UTC) - EVICTION_REPEATED
    kept = (Holding.device_id == device.id) & or_(Holding.evicted_at.is_(None), Holding.evicted_at > repeated)
    inventories, visits = (
        select(
            Holding.root_id,
            Holding.evicted_at,
            literal(kind).label("kind"),
            root.landlord_id,
            root.agency_id,
            root.agent_id,
            root.state,
            root.received_at,
            sealed.label("sealed_at"),
            returned.label("returned"),
            root.position,
        )
        .join(root, root.id == Holding.root_id)
        .where(kept)
        for kind, root, sealed, returned in (
            ("inventory", Inventory, Inventory.sealed_at, _returned()),
            ("visit", Visit, null(), false()),
        )
    )
    return list(session.execute(union_all(inventories, visits).order_by("root_id")))


def _returned() -> ColumnElement[bool]:
    """Whether the office sent an inventory back: it stays with the agent until it is answered."""
    waiting = Review.verdict.in_([verdict for verdict in Verdict if verdict.waits_for_agent])
    return exists().where(Review.inventory_id == Inventory.id, waiting)


def _leaves(row: Row[Any], device: Tablet, now: datetime) -> bool:
    """Whether a root leaves the tablet: no longer this agent's to see; an inventory that has been safe and sealed for
    seven days; a visit as soon as all of it is here, because candidates are in it.
    """
    if not device.may_write(row.landlord_id, row.agency_id, row.agent_id):
        return True
    if row.kind == "visit":
        return row.received_at is not None
    if row.received_at is None or row.sealed_at is None or row.returned:
        return False
    return bool(max(row.received_at, row.sealed_at) + KEPT_ON_TABLET < now)


def _change(row: Row[Any]) -> envelope.FieldState:
    return envelope.FieldState(
        position=row.position,
        root_id=row.root_id,
        entity_id=row.entity_id,
        kind=row.kind,
        field=row.field,
        value=json.loads(row.value),
        rev=row.rev,
        hlc=row.hlc,
        device_id=row.device_id,
    )


def _photos(session: Session, kept: Collection[str], start: int, end: int) -> list[Mapping[str, Any]]:
    rows = session.execute(
        select(Photo.sha256, Photo.verdict, Photo.reason)
        .join(PhotoUse, PhotoUse.sha256 == Photo.sha256)
        .where(PhotoUse.root_id.in_(kept), Photo.feed_position > start, Photo.feed_position <= end)
        .distinct()
    )
    return [
        {"sha256": row.sha256, "verdict": row.verdict} | ({"reason": row.reason} if row.reason else {}) for row in rows
    ]


def _headers(session: Session, rows: list[Row[Any]]) -> list[Mapping[str, Any]]:
    wanted = missing.photos_in(session, [row.root_id for row in rows])
    headers: list[Mapping[str, Any]] = []
    for row in rows:
        header: dict[str, Any] = {"id": row.root_id, "state": row.state, "missing": wanted[row.root_id]}
        if row.sealed_at is not None:
            header["sealed_at"] = moment.write(row.sealed_at)
        if row.received_at is not None:
            header["receipt_at"] = moment.write(row.received_at)
        headers.append(header)
    return headers


def _note(session: Session, device: Tablet, evicted: list[str], now: datetime) -> None:
    session.rollback()
    if evicted:
        with writing():
            session.execute(
                update(Holding)
                .where(Holding.device_id == device.id, Holding.root_id.in_(evicted))
                .values(evicted_at=now)
            )
            session.commit()
