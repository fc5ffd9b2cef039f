"""The office's list: every inventory in scope, worst first, a page at a time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, select, tuple_

from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.party import Quality
from fieldapp.domain.urgency import PRESSING, Reason
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.records.settlement import Settlement
from fieldapp.records.tenancy import TenancyParty
from fieldapp.services.scope import Scope
from fieldapp.services.staff_clock import staff_zone
from fieldapp.services.standing import CALLED_OFF

PAGE_ROWS = 25

Key = tuple[int, int, str]
"""Where a row stands: rank, place, id."""


class Show(StrEnum):
    """The parts of the list that may be looked at alone."""

    ALL = "all"
    PRESSING = "pressing"
    UNDER_WAY = "under_way"
    PLANNED = "planned"
    SEALED = "sealed"


SHOWN: Mapping[Show, frozenset[Reason]] = {
    Show.ALL: frozenset(Reason),
    Show.PRESSING: PRESSING,
    Show.UNDER_WAY: frozenset({Reason.RETURNED, Reason.ADDENDUM, Reason.SEALING, Reason.IN_PROGRESS}),
    Show.PLANNED: frozenset({Reason.PLANNED}),
    Show.SEALED: frozenset({Reason.DONE}),
}
"""Each part is one run of ranks, so that it is read from the index without looking at the rest."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; the days are those on which it was closed, else begun, else planned."""

    show: Show = Show.ALL
    agency_id: str | None = None
    agent_id: str | None = None
    kind: InventoryKind | None = None
    state: InventoryState | None = None
    reason: Reason | None = None
    first_day: date | None = None
    last_day: date | None = None

    @property
    def narrowed(self) -> bool:
        """Whether more than the part of the list was chosen."""
        return self != Filters(show=self.show)


@dataclass(frozen=True, slots=True)
class Row:
    """One inventory in the list; `at` is when it was closed, else begun, else planned, `zone` where it stands; `due_by` is an exit's deposit."""

    id: str
    reasons: tuple[Reason, ...]
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
    key: Key

    @property
    def worst(self) -> Reason:
        """What presses most."""
        return self.reasons[0]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the list, and how many inventories each part of it has; the keys lead to the pages around it."""

    rows: tuple[Row, ...]
    before: Key | None
    after: Key | None
    counts: Mapping[Show, int]
    agencies: tuple[tuple[str, str], ...] = field(default=())
    agents: tuple[tuple[str, str], ...] = field(default=())


def page(scope: Scope, filters: Filters, after: Key | None = None, before: Key | None = None) -> Page:
    """The 25 rows after a key, before one, or the first; six queries whatever the number of inventories."""
    narrowed = [*_seen(scope), *_narrowing(scope, filters)]
    ranks = _counted(narrowed)
    shown = [*narrowed, *_part(filters.show)]
    keys = _keys(shown, after, before)
    rows = (
        _rows([key[2] for key in keys[:PAGE_ROWS]]) if before is None else _rows([key[2] for key in keys[-PAGE_ROWS:]])
    )
    more = len(keys) > PAGE_ROWS
    first, last = (rows[0].key, rows[-1].key) if rows else (None, None)
    return Page(
        rows=rows,
        before=first if (after is not None or (before is not None and more)) else None,
        after=last if (more if before is None else True) else None,
        counts={show: sum(ranks.get(reason.rank, 0) for reason in reasons) for show, reasons in SHOWN.items()},
        agencies=_agencies(scope),
        agents=_agents(scope),
    )


def worst(scope: Scope, most: int = 12) -> tuple[Row, ...]:
    """The first rows of the whole list."""
    return _rows([key[2] for key in _keys(_seen(scope), None, None)[:most]])


def next_pressing(scope: Scope, inventory_id: str) -> str | None:
    """The inventory that presses most, besides this one."""
    rows = _keys([*_seen(scope), *_part(Show.PRESSING)], None, None)
    return next((key[2] for key in rows if key[2] != inventory_id), None)


def _seen(scope: Scope) -> list[ColumnElement[bool]]:
    return [*scope.of(Review.landlord_id, Review.agency_id), Review.rank < CALLED_OFF]


def _part(show: Show) -> list[ColumnElement[bool]]:
    if show is Show.ALL:
        return []
    ranks = [reason.rank for reason in SHOWN[show]]
    return [Review.rank.between(min(ranks), max(ranks))]


def _narrowing(scope: Scope, filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for column, wanted in (
        (Review.agency_id, filters.agency_id),
        (Review.agent_id, filters.agent_id),
        (Review.kind, filters.kind),
        (Review.state, filters.state),
    ):
        if wanted is not None:
            conditions.append(column == wanted)
    if filters.reason is not None:
        conditions.append(Review.reasons.bitwise_and(1 << filters.reason.rank) != 0)
        # A reason is never better than the worst one: nothing after it in the list can have it.
        conditions.append(Review.rank <= filters.reason.rank)
    if filters.first_day or filters.last_day:
        zone = ZoneInfo(staff_zone(scope.landlord_id, scope.agency_id))
        if filters.first_day:
            conditions.append(Review.at >= datetime.combine(filters.first_day, time(), zone))
        if filters.last_day and filters.last_day < date.max:
            conditions.append(Review.at < datetime.combine(filters.last_day + timedelta(days=1), time(), zone))
    return conditions


def _counted(narrowed: Sequence[ColumnElement[bool]]) -> dict[int, int]:
    counted = select(Review.rank, func.count()).where(*narrowed).group_by(Review.rank)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def _keys(conditions: Sequence[ColumnElement[bool]], after: Key | None, before: Key | None) -> list[Key]:
    """One row more than a page holds, in the order of the list."""
    place = (Review.rank, Review.place, Review.inventory_id)
    wanted = select(*place).where(*conditions).limit(PAGE_ROWS + 1)
    if before is not None:
        wanted = wanted.where(tuple_(*place) < before).order_by(*(column.desc() for column in place))
        return [(row[0], row[1], row[2]) for row in reversed(db.session.execute(wanted).all())]
    if after is not None:
        wanted = wanted.where(tuple_(*place) > after)
    return [(row[0], row[1], row[2]) for row in db.session.execute(wanted.order_by(*place))]


def _rows(ids: Sequence[str]) -> tuple[Row, ...]:
    found = db.session.execute(_described(ids)).all()
    tenants = _tenants({row.tenancy_id for row in found})
    rows = {
        row.id: Row(
            id=row.id,
            reasons=tuple(reason for reason in Reason if row.reasons & (1 << reason.rank)),
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
            key=(row.rank, row.place, row.id),
        )
        for row in found
    }
    return tuple(rows[id_] for id_ in ids if id_ in rows)


def _described(ids: Sequence[str]) -> Select[*tuple[Any, ...]]:
    return (
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
            Review.reasons,
            Review.rank,
            Review.place,
            Review.at,
        )
        .join(Review, Review.inventory_id == Inventory.id)
        .join(Dwelling, Dwelling.id == Inventory.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .join(Account, Account.id == Inventory.agent_id)
        .outerjoin(Settlement, Settlement.inventory_id == Inventory.id)
        .where(Inventory.id.in_(ids))
    )


def _tenants(tenancy_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
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
