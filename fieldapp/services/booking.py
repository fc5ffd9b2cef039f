"""Slots of agents and the sales visits in them: an agent is never in two places, and nothing is half-saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind, AppointmentState, SlotKind
from fieldapp.domain.visit import VisitState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.visit import Visit
from fieldapp.services import absences, addendum_news, audit, feed, header, lettable
from fieldapp.services.absences import Away
from fieldapp.services.lettable import NotLettable
from fieldapp.services.scope import Scope
from fieldapp.services.visiting import plan_visit


class NotHere(LookupError):
    """Nothing with this id in what the person may see."""


class InThePast(ValueError):
    """The slot has begun already."""


class AgentBusy(ValueError):
    """The agent has something else then; `others` says from when to when, earliest first."""

    def __init__(self, others: Sequence[tuple[datetime, datetime]]) -> None:
        super().__init__(f"{len(others)} other appointments")
        self.others = tuple(others)


class AgentAbsent(AgentBusy):
    """The agent is away then; `away` says from which day to which."""

    def __init__(self, away: Away) -> None:
        super().__init__(())
        self.away = away


class NobodyComes(ValueError):
    """A visit needs a candidate."""


class NotMovable(ValueError):
    """The visit or the inventory was begun, or is over."""


@dataclass(frozen=True, slots=True)
class Slot:
    """When, for how long, by whom."""

    agent_id: str
    starts_at: datetime
    length: timedelta


def book(
    scope: Scope,
    dwelling_id: str,
    candidates: Sequence[str],
    slot: Slot,
    kind: SlotKind,
    note: str,
    account_id: str,
    *,
    all_the_same: str = "",
) -> str:
    """Plan a visit for these candidates and give its id: one transaction.

    `all_the_same` says why a dwelling that the energy rules stop is shown, and is kept with the visit's planning. Raises
    `NotHere`, `InThePast`, `AgentBusy`, `NobodyComes`, `NotLettable` and `NoSheet`; nothing is written then.
    """
    session = db.session()
    dwelling = session.scalar(select(Dwelling).where(Dwelling.id == dwelling_id, *scope.of(Dwelling.landlord_id)))
    if dwelling is None:
        raise NotHere(dwelling_id)
    if not candidates:
        raise NobodyComes
    agent = free_agent(session, scope, slot)
    known = {
        one.id: one
        for one in session.scalars(
            select(Candidate).where(Candidate.id.in_(candidates), Candidate.landlord_id == scope.landlord_id)
        )
    }
    if known.keys() != set(candidates):
        raise NotHere("candidate")
    try:
        _lettable(session, dwelling, slot)
    except NotLettable:
        if not all_the_same:
            raise
        lettable.override_in(session, dwelling, all_the_same, account_id)
    visit = plan_visit(
        session,
        dwelling,
        [known[one] for one in candidates],
        agent,
        slot.starts_at,
        length=slot.length,
        slot=kind,
        note=note,
    )
    actor = f"account:{account_id}"
    audit.record(session, actor, "visit.planned", "visit", visit.id, scope.landlord_id, candidates=len(candidates))
    visit_id = visit.id
    session.commit()
    return visit_id


def move(scope: Scope, visit_id: str, slot: Slot, account_id: str) -> None:
    """Give a planned visit another time or another agent; raises `NotHere`, `NotMovable`, `InThePast`, `AgentBusy`,
    and `NotLettable` when the energy rules stop the dwelling by then.
    """
    session = db.session()
    visit, appointment = _planned(session, scope, visit_id)
    agent = free_agent(session, scope, slot, besides=appointment.id)
    if appointment.kind == AppointmentKind.SALES_VISIT:
        _lettable(session, session.get_one(Dwelling, visit.dwelling_id), slot)
    appointment.agent_id, appointment.starts_at = agent.id, slot.starts_at
    appointment.ends_at = slot.starts_at + slot.length
    visit.agent_id = agent.id
    audit.record(session, f"account:{account_id}", "visit.moved", "visit", visit_id, scope.landlord_id)
    session.commit()


def cancel(scope: Scope, visit_id: str, reason: str, account_id: str) -> None:
    """Cancel a planned visit and say why; its tablet drops it. Raises `NotHere` and `NotMovable`."""
    session = db.session()
    _, appointment = _planned(session, scope, visit_id)
    appointment.state, appointment.cancel_reason = AppointmentState.CANCELLED, reason
    session.flush()
    row = header.lock(session, [visit_id])[visit_id]
    now = datetime.now(UTC)
    row.state, row.closed_at, row.received_at = VisitState.CANCELLED, now, now
    row.position = feed.next_position(session)
    header.save(session, [row])
    addendum_news.follow_in(session, visit_id)
    audit.record(session, f"account:{account_id}", "visit.cancelled", "visit", visit_id, scope.landlord_id)
    session.commit()


def agents_of(scope: Scope) -> list[tuple[str, str]]:
    """Who may be given a visit: id and name."""
    found = select(Account.id, Account.name).where(
        Account.role == "agent", Account.active, *scope.of(Account.landlord_id)
    )
    if scope.agency_id is not None:
        found = found.where(Account.agency_id == scope.agency_id)
    return [(row.id, row.name) for row in db.session.execute(found.order_by(Account.name))]


def free_agent(session: Session, scope: Scope, slot: Slot, besides: str | None = None) -> Account:
    """The agent, held until the transaction ends so that two bookings at once cannot both find the hour free.

    `besides` is the appointment that is being moved. Raises `NotHere`, `InThePast` and `AgentBusy`.
    """
    if slot.starts_at < datetime.now(UTC):
        raise InThePast(slot.starts_at)
    agent = session.scalar(
        select(Account)
        .where(Account.id == slot.agent_id, Account.role == "agent", Account.active, *scope.of(Account.landlord_id))
        .with_for_update()
    )
    if agent is None:
        raise NotHere(slot.agent_id)
    away = absences.away_in(session, agent.id, slot.starts_at.date(), (slot.starts_at + slot.length).date())
    if away is not None:
        raise AgentAbsent(away)
    busy = session.execute(
        select(Appointment.starts_at, Appointment.ends_at)
        .where(
            Appointment.agent_id == agent.id,
            Appointment.state != AppointmentState.CANCELLED,
            Appointment.id != (besides or ""),
            Appointment.starts_at < slot.starts_at + slot.length,
            Appointment.ends_at > slot.starts_at,
        )
        .order_by(Appointment.starts_at)
    ).all()
    if busy:
        raise AgentBusy([(row.starts_at, row.ends_at) for row in busy])
    return agent


def _lettable(session: Session, dwelling: Dwelling, slot: Slot) -> None:
    zone = zone_of(session.get_one(Building, dwelling.building_id).postcode)
    lettable.insist_in(session, dwelling, slot.starts_at.astimezone(ZoneInfo(zone)).date())


def _planned(session: Session, scope: Scope, visit_id: str) -> tuple[Visit, Appointment]:
    found = session.execute(
        select(Visit, Appointment)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.id == visit_id, *scope.of(Visit.landlord_id, Visit.agency_id))
    ).one_or_none()
    if found is None:
        raise NotHere(visit_id)
    visit, appointment = found
    if visit.state != VisitState.PLANNED or appointment.state != AppointmentState.PLANNED:
        raise NotMovable(visit_id)
    return visit, appointment
