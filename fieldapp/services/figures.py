"""The figures of the sales visits: refusals and their reasons, no-shows, proposals, delays, vacancy; never a person."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from fieldapp.domain.proposal import ProposalState
from fieldapp.domain.small_groups import LEAST, Group, merged
from fieldapp.domain.vacancy import VacancyKind, cost_of, empty_days
from fieldapp.domain.visit_result import NO_SHOWS, VISITED, VisitResult
from fieldapp.extensions import db
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
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
    """Count: a handful of queries; buildings that share a name are counted together."""
    counted = _counted(scope, asked)
    agencies, buildings = choices(scope)
    return Figures(
        asked=asked,
        total=_total(counted),
        buildings=_lines(counted, lambda one: one.building_id, dict(buildings)),
        agencies=_lines(counted, lambda one: one.agency_id, dict(agencies)),
        months=_lines(counted, lambda one: one.month, {}),
        reasons=_reasons(counted),
        proposals=_proposals(scope, asked, Proposal.notified_on, ()),
        attributions=_proposals(scope, asked, Proposal.signed_on, (Proposal.state == ProposalState.SIGNED,)),
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


@dataclass(frozen=True, slots=True)
class _Counted:
    """How many outcomes are alike: same building, agency, month, result and principal reason."""

    building_id: str
    agency_id: str
    month: str
    result: str
    reason: str | None
    many: int


def _counted(scope: Scope, asked: Asked) -> list[_Counted]:
    """One pass over the index that holds all of these columns, in its order: quick whatever the number of visits."""
    kinds = (
        VisitOutcome.building_id,
        VisitOutcome.agency_id,
        VisitOutcome.month,
        VisitOutcome.result,
        VisitOutcome.principal_reason,
    )
    rows = db.session.execute(select(*kinds, func.count()).where(*_conditions(scope, asked)).group_by(*kinds))
    return [_Counted(*row) for row in rows]


def _lines(counted: Sequence[_Counted], key: Callable[[_Counted], str], names: Mapping[str, str]) -> tuple[Line, ...]:
    """A line for each group by the order of its name; a group without a name is called by its key."""
    sums: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for one in counted:
        line = sums[names.get(key(one), key(one))]
        line[0] += one.many
        line[1] += one.many * (one.result in VISITED)
        line[2] += one.many * (one.result == VisitResult.REFUSES)
        line[3] += one.many * (one.result in NO_SHOWS)
    groups = (Group(name, size, tuple(counts)) for name, (size, *counts) in sorted(sums.items()))
    return tuple(Line(group.key, group.size, *group.counts) for group in merged(groups))


def _total(counted: Sequence[_Counted]) -> Line:
    expected = sum(one.many for one in counted)
    came = sum(one.many for one in counted if one.result in VISITED)
    refused = sum(one.many for one in counted if one.result == VisitResult.REFUSES)
    return Line(None, expected, came, refused, sum(one.many for one in counted if one.result in NO_SHOWS))


def _reasons(counted: Sequence[_Counted]) -> tuple[tuple[str | None, int], ...]:
    """The principal reasons, the commonest first."""
    sums: defaultdict[str, int] = defaultdict(int)
    for one in counted:
        if one.result == VisitResult.REFUSES and one.reason:
            sums[one.reason] += one.many
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((group.key, group.size) for group in merged(Group(code, size) for code, size in ordered))


def _proposals(
    scope: Scope, asked: Asked, day: InstrumentedAttribute[Any], also: tuple[ColumnElement[bool], ...]
) -> int:
    found = (
        select(func.count())
        .select_from(Proposal)
        .join(Dwelling, Dwelling.id == Proposal.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(day >= asked.first, day <= asked.last, *also, *_places(scope, asked))
    )
    return db.session.scalar(found) or 0


def _places(scope: Scope, asked: Asked) -> list[ColumnElement[bool]]:
    found = [*scope.of(Building.landlord_id, Building.agency_id)]
    if asked.agency_id:
        found.append(Building.agency_id == asked.agency_id)
    if asked.building_id:
        found.append(Building.id == asked.building_id)
    return found


def _days_to_signature(scope: Scope, asked: Asked) -> int | None:
    """The middle of the days between the first visit and the lease, of the leases signed in this time."""
    rows = db.session.execute(
        select(func.min(VisitOutcome.day), Proposal.signed_on)
        .join(VisitOutcome, VisitOutcome.proposal_id == Proposal.id)
        .join(Building, Building.id == VisitOutcome.building_id)
        .where(Proposal.signed_on >= asked.first, Proposal.signed_on <= asked.last, *_places(scope, asked))
        .group_by(Proposal.id, Proposal.signed_on)
    )
    days = [(signed_on - visited_on).days for visited_on, signed_on in rows if signed_on]
    return median_low(days) if len(days) >= LEAST else None


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
