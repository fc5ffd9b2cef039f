"""The office's list: every inventory in scope, worst first."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.inventory import InventoryKind, InventoryState, Outcome
from fieldapp.domain.party import Quality
from fieldapp.domain.settlement_state import SettlementState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.settlement import Settlement
from fieldapp.records.tenancy import TenancyParty
from fieldapp.services.obstacle import photo_unusable, record_refused
from fieldapp.services.scope import Scope

PAGE_ROWS = 25


class Press(StrEnum):
    """What presses in an inventory, worst first; the order of these lines is the order of the list."""

    HELD = "held"
    RECORD_REFUSED = "record_refused"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    PHOTO_UNUSABLE = "photo_unusable"
    PHOTOS_MISSING = "photos_missing"
    REFUSED = "refused"
    ABSENT = "absent"
    INTERRUPTED = "interrupted"
    NOT_HANDED = "not_handed"
    DEPOSIT_DUE = "deposit_due"
    SEALING = "sealing"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    DONE = "done"


_RANKS = {press: rank for rank, press in enumerate(Press)}


class Show(StrEnum):
    """The parts of the list that may be looked at alone."""

    ALL = "all"
    PRESSING = "pressing"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    SEALED = "sealed"


_SHOWN = {
    Show.ALL: frozenset(Press),
    Show.PRESSING: frozenset(press for press in Press if _RANKS[press] <= _RANKS[Press.DEPOSIT_DUE]),
    Show.UNDER_WAY: frozenset({Press.SEALING, Press.IN_PROGRESS}),
    Show.PLANNED: frozenset({Press.PLANNED}),
    Show.SEALED: frozenset({Press.DONE}),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to."""

    show: Show = Show.ALL
    agency_id: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One inventory in the list; `at` is when it was closed, else begun, else planned, `zone` where it stands; `due_by` is an exit's deposit."""

    id: str
    press: Press
    number: str
    kind: str
    state: str
    street: str
    town: str
    dwelling: str
    dwelling_kind: str
    detail: str
    tenants: tuple[str, ...]
    agent: str
    at: datetime | None
    zone: str
    missing_photos: int
    conflicts: int
    rejections: int
    due_by: date | None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and how many inventories each part of it has."""

    rows: tuple[Row, ...]
    number: int
    pages: int
    counts: dict[Show, int]
    agencies: tuple[tuple[str, str], ...]
    agents: tuple[tuple[str, str], ...]


def page(scope: Scope, filters: Filters, number: int = 1) -> Page:
    """The `number`th page, 25 rows each; five queries whatever the number of inventories. A page too far is the last."""
    narrowed = [*scope.conditions(), _stands(), *_narrowing(filters)]
    counted = _counted(narrowed)
    shown = _SHOWN[filters.show]
    total = sum(count for press, count in counted.items() if press in shown)
    pages = max(1, -(-total // PAGE_ROWS))
    number = min(max(1, number), pages)
    return Page(
        rows=_rows(narrowed, shown, number),
        number=number,
        pages=pages,
        counts={show: sum(counted.get(press, 0) for press in presses) for show, presses in _SHOWN.items()},
        agencies=_agencies(scope),
        agents=_agents(scope),
    )


def worst(scope: Scope, most: int = 12) -> tuple[Row, ...]:
    """The first rows of the whole list."""
    return _rows([*scope.conditions(), _stands()], frozenset(Press), 1)[:most]


def _stands() -> ColumnElement[bool]:
    """Whether an inventory is to be made: not when its appointment was cancelled before anybody began it."""
    given = aliased(Appointment)
    cancelled = exists().where(given.id == Inventory.appointment_id, given.state == AppointmentState.CANCELLED)
    return or_(Inventory.state != InventoryState.PLANNED, ~cancelled)


def _press() -> ColumnElement[int]:
    handed = _handed()
    sealed = Inventory.state == InventoryState.SEALED
    closed = Inventory.state == InventoryState.CLOSED
    signed_by_none = or_(closed, sealed)
    rules: list[tuple[ColumnElement[bool], Press]] = [
        (Inventory.state == InventoryState.HELD, Press.HELD),
        (record_refused(), Press.RECORD_REFUSED),
        (Inventory.rejections > 0, Press.REJECTED),
        (Inventory.conflicts > 0, Press.CONFLICT),
        (photo_unusable(), Press.PHOTO_UNUSABLE),
        (and_(closed, Inventory.missing_photos > 0), Press.PHOTOS_MISSING),
        (and_(signed_by_none, ~handed, Inventory.outcome == Outcome.REFUSED), Press.REFUSED),
        (and_(signed_by_none, ~handed, Inventory.outcome == Outcome.ABSENT), Press.ABSENT),
        (Inventory.state == InventoryState.INTERRUPTED, Press.INTERRUPTED),
        (and_(sealed, ~handed), Press.NOT_HANDED),
        (and_(sealed, Inventory.kind == InventoryKind.MOVE_OUT, ~_settled()), Press.DEPOSIT_DUE),
        (closed, Press.SEALING),
        (Inventory.state == InventoryState.IN_PROGRESS, Press.IN_PROGRESS),
        (Inventory.state == InventoryState.PLANNED, Press.PLANNED),
    ]
    return case(*((rule, _RANKS[press]) for rule, press in rules), else_=_RANKS[Press.DONE])


def _settled() -> ColumnElement[bool]:
    """Whether the settlement of an exit went to the tenant."""
    sent = aliased(Settlement)
    return exists().where(sent.inventory_id == Inventory.id, sent.state == SettlementState.SENT)


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


def _narrowing(filters: Filters) -> list[ColumnElement[bool]]:
    conditions = []
    if filters.agency_id:
        conditions.append(Inventory.agency_id == filters.agency_id)
    if filters.agent_id:
        conditions.append(Inventory.agent_id == filters.agent_id)
    return conditions


def _counted(narrowed: list[ColumnElement[bool]]) -> dict[Press, int]:
    ranked = select(_press().label("rank")).where(*narrowed).subquery()
    rows = db.session.execute(select(ranked.c.rank, func.count()).group_by(ranked.c.rank))
    presses = list(Press)
    return {presses[rank]: count for rank, count in rows}


def _rows(narrowed: list[ColumnElement[bool]], shown: frozenset[Press], number: int) -> tuple[Row, ...]:
    found = db.session.execute(_ordered(narrowed, shown).limit(PAGE_ROWS).offset((number - 1) * PAGE_ROWS)).all()
    tenants = _tenants({row.tenancy_id for row in found})
    presses = list(Press)
    return tuple(
        Row(
            id=row.id,
            press=presses[row.rank],
            number=row.number,
            kind=row.kind,
            state=row.state,
            street=row.street,
            town=row.town,
            dwelling=row.type,
            dwelling_kind=row.dwelling_kind,
            detail=row.detail,
            tenants=tenants.get(row.tenancy_id, ()),
            agent=row.agent,
            at=row.at,
            zone=zone_of(row.postcode),
            missing_photos=row.missing_photos,
            conflicts=row.conflicts,
            rejections=row.rejections,
            due_by=row.due_by,
        )
        for row in found
    )


def _ordered(narrowed: list[ColumnElement[bool]], shown: frozenset[Press]) -> Select[*tuple[Any, ...]]:
    rank = _press()
    at = func.coalesce(
        Inventory.closed_at, Inventory.started_at, Appointment.starts_at, type_=Appointment.starts_at.type
    )
    statement = (
        select(
            Inventory.id,
            Inventory.number,
            Inventory.kind,
            Inventory.state,
            Inventory.tenancy_id,
            Inventory.missing_photos,
            Inventory.conflicts,
            Inventory.rejections,
            Settlement.due_by,
            Building.street,
            Building.town,
            Building.postcode,
            Dwelling.type,
            Dwelling.detail,
            Dwelling.kind.label("dwelling_kind"),
            Account.name.label("agent"),
            rank.label("rank"),
            at.label("at"),
        )
        .join(Dwelling, Dwelling.id == Inventory.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .join(Account, Account.id == Inventory.agent_id)
        .outerjoin(Appointment, Appointment.id == Inventory.appointment_id)
        .outerjoin(Settlement, Settlement.inventory_id == Inventory.id)
        .where(*narrowed)
        # What presses: the oldest first. What is done: the newest first.
        .order_by(rank, case((rank < _RANKS[Press.DONE], at)), at.desc(), Inventory.id)
    )
    if shown == frozenset(Press):
        return statement
    return statement.where(rank.in_(_RANKS[press] for press in shown))


def _tenants(tenancy_ids: set[str]) -> dict[str, tuple[str, ...]]:
    named: dict[str, tuple[str, ...]] = {}
    rows = db.session.execute(
        select(TenancyParty.tenancy_id, TenancyParty.name)
        .where(TenancyParty.tenancy_id.in_(tenancy_ids), TenancyParty.quality.in_([Quality.TENANT, Quality.CO_TENANT]))
        .order_by(TenancyParty.position)
    )
    for tenancy_id, name in rows:
        named[tenancy_id] = (*named.get(tenancy_id, ()), name)
    return named


def _agencies(scope: Scope) -> tuple[tuple[str, str], ...]:
    wanted = select(Agency.id, Agency.name).where(Agency.landlord_id == scope.landlord_id).order_by(Agency.name)
    if scope.agency_id is not None:
        wanted = wanted.where(Agency.id == scope.agency_id)
    return tuple((row.id, row.name) for row in db.session.execute(wanted))


def _agents(scope: Scope) -> tuple[tuple[str, str], ...]:
    wanted = select(Account.id, Account.name).where(Account.landlord_id == scope.landlord_id, Account.role == "agent")
    if scope.agency_id is not None:
        wanted = wanted.where(Account.agency_id == scope.agency_id)
    return tuple((row.id, row.name) for row in db.session.execute(wanted.order_by(Account.name)))
