"""Keeps each inventory's place in the office's list right, in the transaction that changes what the place follows from."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, case, exists, false, literal, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.inventory import InventoryKind, InventoryState, Outcome
from fieldapp.domain.party import Quality
from fieldapp.domain.review import Verdict
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.domain.urgency import Facts, Reason, Urgency, judge
from fieldapp.domain.zone import zone_of
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.refused_record import RefusedRecord
from fieldapp.records.review import Review
from fieldapp.records.settlement import Settlement
from fieldapp.records.upsert import Insertion, Upsert
from fieldapp.services import header
from fieldapp.services.obstacle import Obstacle, photo_unusable, record_refused

BATCH = 500
CALLED_OFF = len(Reason)
"""The rank of what is not to be made any more: cancelled before anybody began it."""

_JUDGED = ("agency_id", "agent_id", "kind", "state", "reasons", "rank", "place", "at", "rejudge_at")


def _keep(insertion: Insertion) -> Any:
    return insertion.on_conflict_do_update(
        index_elements=[Review.inventory_id], set_={name: insertion.excluded[name] for name in _JUDGED}
    )


_KEEP = Upsert(Review, _keep)
_TABLE: Any = Review.__table__
MINUTE = timedelta(minutes=1)


def judge_in(session: Session, root_ids: Collection[str]) -> None:
    """Judge these inventories anew, in the caller's transaction that holds their headers; other roots are passed over."""
    if not root_ids:
        return
    session.flush()
    now = datetime.now(UTC)
    found = session.execute(_looked_at(), {"root_ids": list(root_ids)})
    rows = [_row(row, judge(_facts(row), now)) for row in found]
    if rows:
        connection = session.connection()
        connection.execute(_KEEP.on(connection), rows)


def hear_in(session: Session, root_ids: Collection[str], at: datetime) -> None:
    """Note, to the minute, that a tablet wrote in these inventories; they stay where they are, but for those that were late."""
    if root_ids:
        session.flush()
        heard = {"root_ids": list(root_ids), "heard": at, "before": at - MINUTE}
        written = session.connection().execute(_hear(), heard).scalars()
        judge_in(session, [root_id for root_id in written if root_id])


def judge_due(session: Session, now: datetime) -> None:
    """Judge what time alone has changed: some at a time, each lot its own transaction."""
    due = select(Review.inventory_id).where(Review.rejudge_at <= now).order_by(Review.rejudge_at).limit(BATCH)
    while roots := session.scalars(due).all():
        header.lock(session, roots)
        judge_in(session, roots)
        session.commit()


@cache
def _hear() -> Any:
    # A visit pushes several times a second: a list that says the minute costs a write a minute, not one a push.
    stale = or_(Review.heard_at.is_(None), Review.heard_at < bindparam("before"))
    roots = Review.inventory_id.in_(bindparam("root_ids", expanding=True))
    late = case((_TABLE.c.reasons.bitwise_and(1 << Reason.LATE_SYNC.rank) != 0, _TABLE.c.inventory_id))
    return update(_TABLE).where(roots, stale).values(heard_at=bindparam("heard")).returning(late)


@cache
def _looked_at() -> Any:
    # Built once: every push with a photograph asks it, and building took longer than asking.
    closed = Inventory.state == InventoryState.CLOSED
    ended = or_(closed, Inventory.state == InventoryState.SEALED)
    # Only what is signed asks the expensive questions: an inventory under way is judged by its header alone.
    return (
        select(
            Inventory.id,
            Inventory.landlord_id,
            Inventory.agency_id,
            Inventory.agent_id,
            Inventory.kind,
            Inventory.state,
            Inventory.outcome,
            Inventory.conflicts,
            Inventory.rejections,
            Inventory.missing_photos,
            Inventory.started_at,
            Inventory.closed_at,
            Inventory.received_at,
            Appointment.starts_at,
            Appointment.state.label("appointment"),
            Building.postcode,
            Settlement.due_by,
            Settlement.state.label("settlement"),
            Review.verdict,
            Review.heard_at,
            case((closed, record_refused()), else_=false()).label("record_refused"),
            case((closed, _not_complete()), else_=false()).label("not_complete"),
            case((closed, photo_unusable()), else_=false()).label("photo_unusable"),
            case((ended, _handed()), else_=false()).label("handed"),
        )
        .join(Dwelling, Dwelling.id == Inventory.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .outerjoin(Appointment, Appointment.id == Inventory.appointment_id)
        .outerjoin(Settlement, Settlement.inventory_id == Inventory.id)
        .outerjoin(Review, Review.inventory_id == Inventory.id)
        .where(Inventory.id.in_(bindparam("root_ids", expanding=True)))
    )


def _facts(row: Row[Any]) -> Facts:
    return Facts(
        state=InventoryState(row.state),
        outcome=Outcome(row.outcome) if row.outcome else None,
        is_exit=row.kind == InventoryKind.MOVE_OUT,
        record_refused=bool(row.record_refused),
        not_complete=bool(row.not_complete),
        rejections=row.rejections,
        conflicts=row.conflicts,
        photo_unusable=bool(row.photo_unusable),
        missing_photos=row.missing_photos,
        handed=bool(row.handed),
        settled=row.settlement == SettlementState.SENT,
        due_by=row.due_by,
        zone=zone_of(row.postcode),
        verdict=Verdict(row.verdict) if row.verdict else None,
        starts_at=row.starts_at,
        started_at=row.started_at,
        heard_at=row.heard_at,
        closed_at=row.closed_at,
        received_at=row.received_at,
    )


def _row(found: Row[Any], urgency: Urgency) -> dict[str, Any]:
    called_off = found.state == InventoryState.PLANNED and found.appointment == AppointmentState.CANCELLED
    rank = CALLED_OFF if called_off else urgency.reasons[0].rank
    seconds = int(urgency.at.timestamp()) if urgency.at else 0
    return {
        "inventory_id": found.id,
        "landlord_id": found.landlord_id,
        "agency_id": found.agency_id,
        "agent_id": found.agent_id,
        "kind": found.kind,
        "state": found.state,
        "reasons": sum(1 << reason.rank for reason in urgency.reasons),
        "rank": rank,
        "place": -seconds if rank == Reason.DONE.rank else seconds,
        "at": urgency.at,
        "rejudge_at": urgency.until,
        "rev": 0,
        "note": "",
    }


def _not_complete() -> ColumnElement[bool]:
    """Whether what was signed lacks something that the law asks for."""
    return exists().where(
        RefusedRecord.root_id == Inventory.id,
        RefusedRecord.settled_at.is_(None),
        RefusedRecord.code == Obstacle.NOT_COMPLETE,
    )


def _handed() -> ColumnElement[bool]:
    """Whether each tenant of an `Inventory` has a copy, or whoever represents this tenant has one."""
    tenant, gone, given, agent = (aliased(FieldState) for _ in range(4))
    represents = (
        exists()
        .where(
            agent.root_id == given.root_id,
            agent.field == "represents",
            agent.value == literal('"') + tenant.entity_id + '"',
            _names(given, agent.entity_id),
        )
        .correlate(given, tenant)
    )
    has_copy = exists().where(
        given.root_id == tenant.root_id,
        given.kind == "handover",
        given.field == "body",
        given.value.contains('"done":true'),
        or_(_names(given, tenant.entity_id), represents),
    )
    withdrawn = exists().where(
        gone.root_id == tenant.root_id,
        gone.entity_id == tenant.entity_id,
        gone.field == "deleted",
        gone.value == "true",
    )
    without = exists().where(
        tenant.root_id == Inventory.id,
        tenant.kind == "party",
        tenant.field == "quality",
        tenant.value.in_([f'"{quality}"' for quality in (Quality.TENANT, Quality.CO_TENANT)]),
        ~withdrawn,
        ~has_copy,
    )
    return ~without


def _names(given: type[FieldState], party_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether a handing over is to this party: canonical JSON has one spelling, so text is enough to look for."""
    return given.value.contains(literal('"party_id":"') + party_id + '"')
