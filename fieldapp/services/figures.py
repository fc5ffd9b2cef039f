"""The figures of the sales visits: refusals and their reasons, no-shows, proposals, delays, vacancy; never a person."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import InstrumentedAttribute

from fieldapp.domain.small_groups import LEAST, Group, merged
from fieldapp.domain.vacancy import VacancyKind, cost_of, empty_days
from fieldapp.domain.visit_result import NO_SHOWS, VISITED, VisitResult
from fieldapp.extensions import db
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.days_between import days_between
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.proposal import Proposal
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.visit_outcome import VisitOutcome
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Asked:
    """What the figures are narrowed to: two days, both counted, an agency, a building."""

    first: date
    last: date
    agency_id: str | None = None
    building_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A group: everybody expected, who came, who said no, who did not come. `label` is None for groups put together."""

    label: str | None
    expected: int
    came: int
    refused: int
    missed: int


@dataclass(frozen=True, slots=True)
class Empty:
    """Days without a tenant of one kind, in how many dwellings, and their cost in cents."""

    kind: VacancyKind
    dwellings: int
    days: int
    cost: int


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the page shows; None where fewer than five stand behind a number."""

    asked: Asked
    total: Line
    buildings: tuple[Line, ...]
    agencies: tuple[Line, ...]
    months: tuple[Line, ...]
    reasons: tuple[tuple[str | None, int], ...]
    proposals: int
    attributions: int
    days_to_signature: int | None
    empty: tuple[Empty, ...]

    @property
    def enough(self) -> bool:
        """Whether there are enough visits to say anything of them."""
        return self.total.expected >= LEAST


def figures(scope: Scope, asked: Asked) -> Figures:
    """Count: a handful of queries, each answered by an index alone; buildings that share a name are counted together."""
    places = _counted(scope, asked, VisitOutcome.building_id, VisitOutcome.agency_id)
    months = _counted(scope, asked, VisitOutcome.month)
    agencies, buildings = choices(scope)
    return Figures(
        asked=asked,
        total=_total(months),
        buildings=_lines(places, "building_id", dict(buildings)),
        agencies=_lines(places, "agency_id", dict(agencies)),
        months=_lines(months, "month", {}),
        reasons=_reasons(scope, asked),
        proposals=_proposals(_proposed(scope, asked, Proposal.notified_on)),
        attributions=_proposals(_proposed(scope, asked, Proposal.signed_on)),
        days_to_signature=_days_to_signature(scope, asked),
        empty=_empty(scope, asked),
    )


def choices(scope: Scope) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The agencies and the buildings that the figures can be narrowed to."""
    agencies = select(Agency.id, Agency.name).where(*scope.of(Agency.landlord_id, Agency.id)).order_by(Agency.name)
    buildings = (
        select(Building.id, Building.name)
        .where(*scope.of(Building.landlord_id, Building.agency_id))
        .order_by(Building.name)
    )
    return (
        [(row.id, row.name) for row in db.session.execute(agencies)],
        [(row.id, row.name) for row in db.session.execute(buildings)],
    )


def _conditions(scope: Scope, asked: Asked) -> list[ColumnElement[bool]]:
    found = [
        *scope.of(VisitOutcome.landlord_id, VisitOutcome.agency_id),
        VisitOutcome.day >= asked.first,
        VisitOutcome.day <= asked.last,
    ]
    if asked.agency_id:
        found.append(VisitOutcome.agency_id == asked.agency_id)
    if asked.building_id:
        found.append(VisitOutcome.building_id == asked.building_id)
    return found


COUNTS = (
    ("expected", func.count()),
    ("came", func.count().filter(VisitOutcome.result.in_(sorted(VISITED)))),
    ("refused", func.count().filter(VisitOutcome.result == VisitResult.REFUSES)),
    ("missed", func.count().filter(VisitOutcome.result.in_(sorted(NO_SHOWS)))),
)
"""What is counted of a group, with the names of a `Line`."""


def _counted(scope: Scope, asked: Asked, *kinds: InstrumentedAttribute[str]) -> list[Row[Any]]:
    """The counts of the outcomes that are alike in these columns: one pass over the index that holds all of them."""
    counts = (count.label(name) for name, count in COUNTS)
    return list(db.session.execute(select(*kinds, *counts).where(*_conditions(scope, asked)).group_by(*kinds)))


def _lines(counted: Sequence[Row[Any]], column: str, names: Mapping[str, str]) -> tuple[Line, ...]:
    """A line for each group by the order of its name; a group without a name is called by its key."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
    for one in counted:
        key = getattr(one, column)
        line = sums[names.get(key, key)]
        for place, (name, _) in enumerate(COUNTS):
            line[place] += getattr(one, name)
    groups = (Group(name, size, tuple(counts)) for name, (size, *counts) in sorted(sums.items()))
    return tuple(Line(group.key, group.size, *group.counts) for group in merged(groups))


def _total(counted: Sequence[Row[Any]]) -> Line:
    return Line(None, *(sum(getattr(one, name) for one in counted) for name, _ in COUNTS))


def _reasons(scope: Scope, asked: Asked) -> tuple[tuple[str | None, int], ...]:
    """The principal reasons, the commonest first."""
    refused = (VisitOutcome.result == VisitResult.REFUSES, VisitOutcome.principal_reason.is_not(None))
    rows = db.session.execute(
        select(VisitOutcome.principal_reason, func.count())
        .where(*_conditions(scope, asked), *refused)
        .group_by(VisitOutcome.principal_reason)
    )
    ordered = sorted(((str(code), many) for code, many in rows), key=lambda pair: (-pair[1], pair[0]))
    return tuple((group.key, group.size) for group in merged(Group(code, size) for code, size in ordered))


def _proposed(scope: Scope, asked: Asked, day: InstrumentedAttribute[Any]) -> list[ColumnElement[bool]]:
    """The proposals of which something happened on a day of this time, where the figures are narrowed to."""
    found = [Proposal.landlord_id == scope.landlord_id, day >= asked.first, day <= asked.last]
    if scope.agency_id or asked.agency_id or asked.building_id:
        there = select(Dwelling.id).join(Building, Building.id == Dwelling.building_id).where(*_places(scope, asked))
        found.append(Proposal.dwelling_id.in_(there))
    return found


def _proposals(narrowed: Sequence[ColumnElement[bool]]) -> int:
    return db.session.scalar(select(func.count()).select_from(Proposal).where(*narrowed)) or 0


def _places(scope: Scope, asked: Asked) -> list[ColumnElement[bool]]:
    found = [*scope.of(Building.landlord_id, Building.agency_id)]
    if asked.agency_id:
        found.append(Building.agency_id == asked.agency_id)
    if asked.building_id:
        found.append(Building.id == asked.building_id)
    return found


def _days_to_signature(scope: Scope, asked: Asked) -> int | None:
    """The middle of the days between the first visit and the lease, of the leases signed in this time."""
    first = func.min(VisitOutcome.day)
    waited = (
        select(days_between(first, Proposal.signed_on).label("days"))
        .join(VisitOutcome, VisitOutcome.proposal_id == Proposal.id)
        .where(*_proposed(scope, asked, Proposal.signed_on))
        .group_by(Proposal.id, Proposal.signed_on)
    )
    days = waited.subquery().c.days
    rows = db.session.execute(select(days, func.count()).group_by(days).order_by(days))
    counted = [(int(value), int(many)) for value, many in rows]
    return _middle(counted) if sum(many for _, many in counted) >= LEAST else None


def _middle(counted: Sequence[tuple[int, int]]) -> int:
    """The lower median of values that come with how often each was seen, the smallest first."""
    half, seen = (sum(many for _, many in counted) + 1) // 2, 0
    for value, many in counted:
        seen += many
        if seen >= half:
            return value
    raise ValueError("nothing was counted")


def _empty(scope: Scope, asked: Asked) -> tuple[Empty, ...]:
    rows = db.session.execute(
        select(Vacancy.dwelling_id, Vacancy.kind, Vacancy.starts_on, Vacancy.ends_on, Vacancy.monthly)
        .join(Dwelling, Dwelling.id == Vacancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(
            Vacancy.starts_on <= asked.last,
            Vacancy.ends_on.is_(None) | (Vacancy.ends_on > asked.first),
            *_places(scope, asked),
        )
    )
    dwellings: defaultdict[str, set[str]] = defaultdict(set)
    days: defaultdict[str, int] = defaultdict(int)
    costs: defaultdict[str, int] = defaultdict(int)
    for dwelling_id, kind, starts_on, ends_on, monthly in rows:
        many = empty_days(starts_on, ends_on, asked.first, asked.last)
        dwellings[kind].add(dwelling_id)
        days[kind] += many
        costs[kind] += cost_of(many, monthly)
    return tuple(Empty(kind, len(dwellings[kind]), days[kind], costs[kind]) for kind in VacancyKind)
