"""The week of the agents: every appointment of whatever kind in one grid, and moving one to another agent or day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select

from fieldapp.domain import week
from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.inventory import InventoryState
from fieldapp.domain.visit import VisitState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.visit import Visit
from fieldapp.services import absences, booking, planning
from fieldapp.services.absences import Away
from fieldapp.services.booking import NotHere, Slot
from fieldapp.services.scope import Scope

MOST_AGENTS = 40
"""More than these are looked at an agency at a time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment in the grid; `about` is its inventory or visit, `clash` says that the agent cannot keep it."""

    id: str
    kind: str
    about: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    street: str
    detail: str
    movable: bool
    clash: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one agent."""

    day: date
    away: Away | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The week of one agent."""

    agent_id: str
    agent: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """The days, the agents, and which agency of which is looked at."""

    days: tuple[date, ...]
    lines: tuple[Line, ...]
    agencies: tuple[tuple[str, str], ...]
    agency_id: str | None


def week_of(scope: Scope, monday: date, agency_id: str | None = None) -> Week:
    """The week that begins on this Monday, of one agency's agents or of everybody in scope; five queries."""
    days = week.days_from(monday)
    agencies = tuple(
        (row.id, row.name)
        for row in db.session.execute(
            select(Agency.id, Agency.name).where(*scope.of(Agency.landlord_id, Agency.id)).order_by(Agency.name)
        )
    )
    everybody = db.session.execute(
        select(Account.id, Account.name, Account.agency_id)
        .where(Account.role == "agent", Account.active, *_of_agency(scope))
        .order_by(Account.name, Account.id)
    ).all()
    chosen = agency_id if agency_id in {one for one, _ in agencies} else None
    if chosen is None and len(everybody) > MOST_AGENTS:
        chosen = agencies[0][0] if agencies else None
    agents = [(row.id, row.name) for row in everybody if chosen in {None, row.agency_id}]
    away = defaultdict(list)
    for one in absences.between(scope, days[0], days[-1]):
        away[one.agent_id].append(one)
    entries = _entries(scope, days, [agent_id for agent_id, _ in agents], away)
    lines = tuple(
        Line(agent_id, name, tuple(_cell(day, away[agent_id], entries[agent_id]) for day in days))
        for agent_id, name in agents
    )
    return Week(days, lines, agencies, chosen)


def move(scope: Scope, appointment_id: str, agent_id: str, day: date, account_id: str) -> str:
    """Give an appointment to this agent on this day at its own hour; gives the agent's name.

    Raises `NotHere`, `NotMovable`, `InThePast`, `AgentBusy` and `NotLettable`.
    """
    found = db.session.execute(_appointments(scope).where(Appointment.id == appointment_id)).one_or_none()
    if found is None:
        raise NotHere(appointment_id)
    row, postcode = found.Appointment, found.postcode
    clock = ZoneInfo(zone_of(postcode))
    hour = row.starts_at.astimezone(clock).time()
    slot = Slot(agent_id, datetime.combine(day, hour, clock), row.ends_at - row.starts_at)
    inventory_id, visit_id = row.inventory_id, found.visit_id
    name = db.session.scalar(select(Account.name).where(Account.id == agent_id, *_of_agency(scope)))
    db.session.rollback()
    if name is None:
        raise NotHere(agent_id)
    if inventory_id is not None:
        planning.move(scope, inventory_id, slot, account_id)
    else:
        booking.move(scope, visit_id, slot, account_id)
    return name


def _entries(
    scope: Scope, days: tuple[date, ...], agents: list[str], away: Mapping[str, list[Away]]
) -> Mapping[str, list[tuple[date, Entry]]]:
    # A day more at both ends: days are those of the dwelling's clock.
    begins = datetime.combine(days[0], time(), UTC) - timedelta(days=1)
    rows = db.session.execute(
        _appointments(scope)
        .where(
            Appointment.agent_id.in_(agents),
            Appointment.state != AppointmentState.CANCELLED,
            Appointment.starts_at >= begins,
            Appointment.starts_at < begins + timedelta(days=len(days) + 2),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    ).all()
    spans = defaultdict(list)
    for row in rows:
        one = row.Appointment
        spans[one.agent_id].append(week.Span(one.id, one.starts_at, one.ends_at))
    meeting = frozenset().union(*(week.meeting(of_agent) for of_agent in spans.values()))
    found: dict[str, list[tuple[date, Entry]]] = defaultdict(list)
    for row in rows:
        one = row.Appointment
        zone = zone_of(row.postcode)
        day = one.starts_at.astimezone(ZoneInfo(zone)).date()
        gone = week.covers(day, [(each.first_on, each.last_on) for each in away[one.agent_id]])
        found[one.agent_id].append((day, _entry(row, zone, clash=one.id in meeting or gone)))
    return found


def _entry(row: Any, zone: str, *, clash: bool) -> Entry:
    one = row.Appointment
    begun = row.how_far != InventoryState.PLANNED if one.inventory_id else row.visit_state != VisitState.PLANNED
    movable = not begun and one.state == AppointmentState.PLANNED and one.starts_at > datetime.now(UTC)
    return Entry(
        id=one.id,
        kind=one.kind,
        about=one.inventory_id or row.visit_id or "",
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=zone,
        street=row.street,
        detail=row.reference,
        movable=movable,
        clash=clash,
    )


def _cell(day: date, away: Iterable[Away], entries: Iterable[tuple[date, Entry]]) -> Cell:
    gone = next((one for one in away if one.first_on <= day <= one.last_on), None)
    return Cell(day, gone, tuple(entry for at, entry in entries if at == day))


def _appointments(scope: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Appointment,
            Building.postcode,
            Building.street,
            Dwelling.reference,
            Inventory.state.label("how_far"),
            Visit.id.label("visit_id"),
            Visit.state.label("visit_state"),
        )
        .join(Dwelling, Dwelling.id == Appointment.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .outerjoin(Inventory, Inventory.id == Appointment.inventory_id)
        .outerjoin(Visit, Visit.appointment_id == Appointment.id)
        .where(*scope.of(Appointment.landlord_id, Appointment.agency_id))
    )


def _of_agency(scope: Scope) -> tuple[Any, ...]:
    own = Account.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, Account.agency_id == scope.agency_id)
