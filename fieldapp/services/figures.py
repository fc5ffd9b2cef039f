"""The figures of the sales visits: refusals and their reasons, no-shows, proposals, delays, vacancy; never a person."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from fieldapp.domain.telling import LEAST, Node, Path, Telling
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
    """What the figures are narrowed to: a year or a month of it, an agency, a building; `today` ends what still runs."""

    year: int
    month: int | None
    today: date
    agency_id: str | None = None
    building_id: str | None = None

    @property
    def first(self) -> date:
        """The first day that is counted."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """The last day that is counted."""
        month = self.month or 12
        ends = date(self.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return max(self.first, min(ends, self.today))

    @property
    def time(self) -> Path:
        """The same as a place on the axis of time: the year, or one of its months."""
        return () if self.month is None else (f"{self.year}-{self.month:02d}",)


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
    """Everything that the page shows; None where fewer than five stand behind a number, or a subtraction would tell it."""

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
    """Count: a handful of queries, each answered by an index alone; buildings that share a name are counted together.

    What is told follows from the whole landlord's year, whoever asks and whatever is narrowed (`domain/telling`).
    """
    people = _people(scope, asked)
    telling = Telling({cell: counts[0] for cell, counts in people.items()})
    table = _Table(people, telling, _wanted(scope, asked, people))
    agencies, buildings = choices(scope)
    names = dict(agencies) | dict(buildings)
    return Figures(
        asked=asked,
        total=table.total(),
        buildings=table.lines(1, 2, lambda path: names.get(path[1], path[1])),
        agencies=table.lines(1, 1, lambda path: names.get(path[0], path[0])),
        months=table.lines(0, 1, lambda path: path[0]),
        reasons=_reasons(scope, asked, table.wanted),
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


def _in_the_year(scope: Scope, asked: Asked) -> tuple[ColumnElement[bool], ...]:
    year = str(asked.year)
    return (
        VisitOutcome.landlord_id == scope.landlord_id,
        VisitOutcome.month >= f"{year}-01",
        VisitOutcome.month <= f"{year}-12",
    )


COUNTS = (
    func.count(),
    func.count().filter(VisitOutcome.result.in_(sorted(VISITED))),
    func.count().filter(VisitOutcome.result == VisitResult.REFUSES),
    func.count().filter(VisitOutcome.result.in_(sorted(NO_SHOWS))),
)
"""What is counted of a group, in the order of a `Line`."""


def _people(scope: Scope, asked: Asked) -> dict[Node, tuple[int, ...]]:
    """The counts by month and place of the landlord's whole year: one pass over the index that holds all of them."""
    kinds = (VisitOutcome.building_id, VisitOutcome.agency_id, VisitOutcome.month)
    rows = db.session.execute(select(*kinds, *COUNTS).where(*_in_the_year(scope, asked)).group_by(*kinds))
    return {((month,), (agency, building)): tuple(counts) for building, agency, month, *counts in rows}


def _wanted(scope: Scope, asked: Asked, people: Iterable[Node]) -> tuple[Node, ...]:
    """The counts that are asked for: one, or none, or those of a building that was of several agencies."""
    agency = scope.agency_id or asked.agency_id
    if scope.agency_id is not None and asked.agency_id not in (None, scope.agency_id):
        return ()
    if asked.building_id is None:
        return ((asked.time, () if agency is None else (agency,)),)
    places = {place for _time, place in people if place[1] == asked.building_id and agency in (None, place[0])}
    return tuple((asked.time, place) for place in sorted(places))


@dataclass(frozen=True, slots=True)
class _Table:
    """The year's cells, what may be told of them, and the counts that are asked for."""

    people: Mapping[Node, tuple[int, ...]]
    telling: Telling
    wanted: tuple[Node, ...]

    def total(self) -> Line:
        """Everybody who is asked about; nobody when that may not be told."""
        counts = [counts for _node, _cell, counts in self._cells()]
        return Line(None, *map(sum, zip(*counts, strict=True))) if counts else Line(None, 0, 0, 0, 0)

    def lines(self, axis: int, depth: int, name: Callable[[Path], str]) -> tuple[Line, ...]:
        """The total divided along an axis, by name; what may not be told alone stands together at the end."""
        sums: defaultdict[Node, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
        for node, cell, counts in self._cells():
            deep = cell[axis][: max(depth, len(node[axis]))]
            line = sums[*node[:axis], deep, *node[axis + 1 :]]
            line[:] = [had + more for had, more in zip(line, counts, strict=True)]
        named: defaultdict[str | None, list[int]] = defaultdict(lambda: [0] * len(COUNTS))
        for part, counts in sums.items():
            line = named[name(part[axis]) if self.telling.told(part) else None]
            line[:] = [had + more for had, more in zip(line, counts, strict=True)]
        ordered = sorted(named.items(), key=lambda pair: (pair[0] is None, pair[0] or ""))
        return tuple(Line(label, *counts) for label, counts in ordered)

    def _cells(self) -> Iterable[tuple[Node, Node, Sequence[int]]]:
        """The counts that are asked for and may be told, each with the cells that it is the sum of."""
        told = [node for node in self.wanted if self.telling.told(node)]
        for cell, counts in self.people.items():
            for node in told:
                if _within(cell, node):
                    yield node, cell, counts


def _within(cell: Node, node: Node) -> bool:
    return all(whole[: len(path)] == path for whole, path in zip(cell, node, strict=True))


def _reasons(scope: Scope, asked: Asked, wanted: Sequence[Node]) -> tuple[tuple[str | None, int], ...]:
    """The principal reasons, the commonest first; those that may not be told alone together at the end."""
    # In the order of the index, so that nothing has to be sorted.
    kinds = (
        *(VisitOutcome.building_id, VisitOutcome.agency_id, VisitOutcome.month),
        *(VisitOutcome.result, VisitOutcome.principal_reason),
    )
    refused = (VisitOutcome.result == VisitResult.REFUSES, VisitOutcome.principal_reason.is_not(None))
    rows = db.session.execute(
        select(*kinds, func.count()).where(*_in_the_year(scope, asked), *refused).group_by(*kinds)
    ).all()
    telling = Telling(
        {((month,), (agency, building), (str(code),)): many for building, agency, month, _, code, many in rows}
    )
    told = [node for node in wanted if telling.told((*node, ()))]
    named: defaultdict[str, int] = defaultdict(int)
    for node in told:
        for code in sorted({str(row[4]) for row in rows}):
            if telling.told((*node, (code,))):
                named[code] += telling.size((*node, (code,)))
    others = sum(telling.size((*node, ())) for node in told) - sum(named.values())
    listed: list[tuple[str | None, int]] = [*sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))]
    return (*listed, (None, others)) if others else tuple(listed)


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
