"""The figures of the sales visits: refusals and their reasons, no-shows, proposals, delays, vacancy; never a person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
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
    """Count: a handful of queries whatever the number of visits."""
    return Figures(
        asked=asked,
        total=_total(scope, asked),
        buildings=_lines(scope, asked, VisitOutcome.building_id, Building.name),
        agencies=_lines(scope, asked, VisitOutcome.agency_id, Agency.name),
        months=_months(scope, asked),
        reasons=_reasons(scope, asked),
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


def _count(results: Sequence[VisitResult]) -> ColumnElement[int]:
    return func.sum(case((VisitOutcome.result.in_([result.value for result in results]), 1), else_=0))


_COUNTS = (
    func.count(),
    _count(sorted(VISITED)),
    _count([VisitResult.REFUSES]),
    _count(sorted(NO_SHOWS)),
)


def _total(scope: Scope, asked: Asked) -> Line:
    row = db.session.execute(select(*_COUNTS).where(*_conditions(scope, asked))).one()
    return Line(None, *(int(value or 0) for value in row))


def _lines(
    scope: Scope, asked: Asked, by: InstrumentedAttribute[str], name: InstrumentedAttribute[str]
) -> tuple[Line, ...]:
    table = name.class_
    counted = select(by.label("key"), *_COUNTS).where(*_conditions(scope, asked)).group_by(by).subquery()
    rows = db.session.execute(
        select(name, *list(counted.c)[1:]).join(counted, counted.c.key == table.id).order_by(name)
    )
    return tuple(_line(group) for group in merged(_group(row) for row in rows))


def _months(scope: Scope, asked: Asked) -> tuple[Line, ...]:
    rows = db.session.execute(
        select(VisitOutcome.month, *_COUNTS)
        .where(*_conditions(scope, asked))
        .group_by(VisitOutcome.month)
        .order_by(VisitOutcome.month)
    )
    return tuple(_line(group) for group in merged(_group(row) for row in rows))


def _group(row: Any) -> Group:
    key, size, *counts = row
    return Group(key, int(size), tuple(int(value or 0) for value in counts))


def _line(group: Group) -> Line:
    return Line(group.key, group.size, *group.counts)


def _reasons(scope: Scope, asked: Asked) -> tuple[tuple[str | None, int], ...]:
    """The principal reasons, the commonest first."""
    many = func.count()
    rows = db.session.execute(
        select(VisitOutcome.principal_reason, many)
        .where(
            *_conditions(scope, asked),
            VisitOutcome.result == VisitResult.REFUSES,
            VisitOutcome.principal_reason.is_not(None),
        )
        .group_by(VisitOutcome.principal_reason)
        .order_by(many.desc(), VisitOutcome.principal_reason)
    )
    return tuple((group.key, group.size) for group in merged(Group(code, int(size)) for code, size in rows))


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
    """The middle of the days between a visit and the lease that came of it."""
    rows = db.session.execute(
        select(func.min(VisitOutcome.day), Proposal.signed_on)
        .join(Proposal, Proposal.id == VisitOutcome.proposal_id)
        .where(*_conditions(scope, asked), Proposal.signed_on.is_not(None))
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
