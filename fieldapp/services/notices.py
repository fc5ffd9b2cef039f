"""What the events of a tenancy ask for: notice given, a visit before the exit and the exit; a new lease, its entry."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session, aliased

from fieldapp.domain.appointment import AppointmentKind, AppointmentState
from fieldapp.extensions import db
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.tenancy import Tenancy
from fieldapp.records.tenancy_notice import TenancyNotice
from fieldapp.services import audit
from fieldapp.services.booking import NotHere
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scope import Scope

ADVICE_BEFORE = timedelta(days=30)
"""How long before the exit the advisory visit is proposed: time enough to repair (P)."""

LATE = timedelta(days=30)
"""How long after its day something that was not planned is still proposed."""

MOST = 60


class UnknownLease(LookupError):
    """No other lease of this landlord has this reference, or another move already leads to it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice of a tenancy, with the lease that follows within the stock."""

    given_on: date
    leaves_on: date
    next_id: str | None
    next_reference: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An appointment that an event asks for and nobody has planned; `moves` for an exit or entry within the stock."""

    tenancy_id: str
    reference: str
    street: str
    kind: str
    day: date
    moves: bool


def give(scope: Scope, tenancy_id: str, given_on: date, leaves_on: date, next_reference: str, by: str) -> None:
    """Note or correct a notice; `next_reference` is the lease to which the tenant moves, or empty.

    Raises `NotHere` and `UnknownLease`.
    """
    session = db.session()
    _tenancy(session, scope, tenancy_id)
    following = _following(session, scope, tenancy_id, next_reference)
    row = session.get(TenancyNotice, tenancy_id)
    if row is None:
        row = TenancyNotice(tenancy_id=tenancy_id, landlord_id=scope.landlord_id)
        row.created_by, row.created_at = by, datetime.now(UTC)
        session.add(row)
    row.given_on, row.leaves_on, row.next_tenancy_id = given_on, leaves_on, following
    audit.record(
        session,
        f"account:{by}",
        "tenancy.notice_given",
        "tenancy",
        tenancy_id,
        scope.landlord_id,
        moves=bool(following),
    )
    session.commit()


def take_back(scope: Scope, tenancy_id: str, by: str) -> None:
    """The tenant stays after all; what was planned stays and is cancelled by itself. Raises `NotHere`."""
    session = db.session()
    _tenancy(session, scope, tenancy_id)
    row = session.get(TenancyNotice, tenancy_id)
    if row is not None:
        session.delete(row)
        audit.record(session, f"account:{by}", "tenancy.notice_taken_back", "tenancy", tenancy_id, scope.landlord_id)
    session.commit()


def notice_of(tenancy_id: str) -> Notice | None:
    """The notice of a tenancy that the caller may see."""
    following = aliased(Tenancy)
    row = db.session.execute(
        select(TenancyNotice, following.reference)
        .outerjoin(following, following.id == TenancyNotice.next_tenancy_id)
        .where(TenancyNotice.tenancy_id == tenancy_id)
    ).one_or_none()
    if row is None:
        return None
    notice, reference = row
    return Notice(notice.given_on, notice.leaves_on, notice.next_tenancy_id, reference or "")


def comes_from(tenancy_id: str) -> tuple[str, str] | None:
    """The lease (id, reference) that the tenant of this one leaves within the stock."""
    row = db.session.execute(
        select(Tenancy.id, Tenancy.reference)
        .join(TenancyNotice, TenancyNotice.tenancy_id == Tenancy.id)
        .where(TenancyNotice.next_tenancy_id == tenancy_id)
    ).one_or_none()
    return None if row is None else (row.id, row.reference)


def wanted(scope: Scope, today: date) -> list[Wanted]:
    """What is to be planned, the most pressing first; two queries."""
    session, found = db.session(), []
    leaving = select(
        Tenancy.id, Tenancy.reference, Building.street, TenancyNotice.leaves_on, TenancyNotice.next_tenancy_id
    )
    rows = session.execute(
        leaving.add_columns(
            _has(AppointmentKind.PRE_EXIT).label("advised"), _has(AppointmentKind.MOVE_OUT).label("left")
        )
        .join(TenancyNotice, TenancyNotice.tenancy_id == Tenancy.id)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(*own_tenancies(scope), TenancyNotice.leaves_on >= today - LATE)
        .order_by(TenancyNotice.leaves_on)
        .limit(MOST)
    )
    for row in rows:
        moves = row.next_tenancy_id is not None
        if not row.left:
            if not row.advised and row.leaves_on > today:
                day = max(row.leaves_on - ADVICE_BEFORE, today)
                found.append(Wanted(row.id, row.reference, row.street, AppointmentKind.PRE_EXIT, day, moves=False))
            found.append(
                Wanted(row.id, row.reference, row.street, AppointmentKind.MOVE_OUT, row.leaves_on, moves=moves)
            )
    entering = session.execute(
        select(Tenancy.id, Tenancy.reference, Building.street, Tenancy.starts_on, TenancyNotice.tenancy_id)
        .outerjoin(TenancyNotice, TenancyNotice.next_tenancy_id == Tenancy.id)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(
            *own_tenancies(scope),
            Tenancy.starts_on >= today - LATE,
            ~_has(AppointmentKind.MOVE_IN),
            ~exists().where(Inventory.tenancy_id == Tenancy.id, Inventory.kind == "move_in"),
        )
        .order_by(Tenancy.starts_on)
        .limit(MOST)
    )
    found += [
        Wanted(row.id, row.reference, row.street, AppointmentKind.MOVE_IN, row.starts_on, moves=bool(row[4]))
        for row in entering
    ]
    return sorted(found, key=lambda one: (one.day, one.street, one.kind))


def _has(kind: AppointmentKind) -> Exists:
    return exists().where(
        Appointment.tenancy_id == Tenancy.id,
        Appointment.kind == kind,
        Appointment.state != AppointmentState.CANCELLED,
    )


def _tenancy(session: Session, scope: Scope, tenancy_id: str) -> None:
    own = select(Tenancy.id).where(Tenancy.id == tenancy_id, *own_tenancies(scope)).with_for_update()
    if session.scalar(own) is None:
        session.rollback()
        raise NotHere(tenancy_id)


def _following(session: Session, scope: Scope, tenancy_id: str, reference: str) -> str | None:
    if not reference:
        return None
    found = session.scalar(
        select(Tenancy.id).where(
            Tenancy.landlord_id == scope.landlord_id, Tenancy.reference == reference, Tenancy.id != tenancy_id
        )
    )
    taken = None
    if found is not None:
        taken = session.scalar(
            select(TenancyNotice.tenancy_id).where(
                TenancyNotice.next_tenancy_id == found, TenancyNotice.tenancy_id != tenancy_id
            )
        )
    if found is None or taken is not None:
        session.rollback()
        raise UnknownLease(reference)
    return found
