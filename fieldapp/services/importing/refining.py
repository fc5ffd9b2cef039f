"""What a line's record holds beside its own cells: distances, delays, the other one of a couple; and what cannot be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.distance import Point, metres
from fieldapp.domain.file_fault import Problem
from fieldapp.domain.party import Quality
from fieldapp.domain.proposal import OPEN, CommissionStage
from fieldapp.domain.public_holidays import department_of
from fieldapp.domain.reply_clock import reply_clock
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.tenancy import TenancyParty
from fieldapp.services.importing.row import Row
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong in one line, at which column."""

    row: Row
    column: str
    problem: Problem
    given: Mapping[str, str | int] = field(default_factory=dict)


Memory = dict[Any, Any]
"""What earlier lines of the same file said."""

Refine = Callable[[Session, Scope, Sequence[Row], Memory], Iterator[Wrong]]
After = Callable[[Session, Sequence[str]], None]
"""What else changes with things that were written, by their ids."""


def keep_home(_session: Session, _scope: Scope, rows: Sequence[Row], _memory: Memory) -> Iterator[Wrong]:
    """A building whose point is left out keeps the one that it has: distances hang on it."""
    for row in rows:
        if row.said.get("lat_e7") is None:
            row.said.pop("lat_e7", None)
            row.said.pop("lon_e7", None)
    yield from ()


def measure_anew(session: Session, buildings: Sequence[str]) -> None:
    """Say of the places around these buildings how far they are."""
    found = session.execute(
        select(Place.id, Place.lat_e7, Place.lon_e7, Building.lat_e7, Building.lon_e7)
        .join(Building, Building.id == Place.building_id)
        .where(Place.building_id.in_(buildings), Place.lat_e7.is_not(None), Building.lat_e7.is_not(None))
    ).all()
    table = Place.__table__
    far: list[dict[str, Any]] = [
        {"own_id": own, "far": metres(Point(*home), Point(*there))} for own, there, home in _pairs(found)
    ]
    if far:
        session.execute(
            update(table).where(table.c.id == bindparam("own_id")).values(distance_m=bindparam("far")),  # type: ignore[arg-type]
            far,
        )


def _pairs(found: Sequence[Any]) -> Iterator[tuple[str, tuple[int, int], tuple[int, int]]]:
    for own, lat, lon, home_lat, home_lon in found:
        yield own, (lat, lon), (home_lat, home_lon)


def place_around(session: Session, _scope: Scope, rows: Sequence[Row], _memory: Memory) -> Iterator[Wrong]:
    """A place is so far from its building, whose own point comes first."""
    ids = {row.said["building_id"] for row in rows}
    found = session.execute(select(Building.id, Building.lat_e7, Building.lon_e7).where(Building.id.in_(ids)))
    homes = {own: Point(lat, lon) for own, lat, lon in found if lat is not None and lon is not None}
    for row in rows:
        lat, lon = row.said.get("lat_e7"), row.said.get("lon_e7")
        if lat is None or lon is None:
            row.said |= {"lat_e7": None, "lon_e7": None, "distance_m": None}
        elif home := homes.get(row.said["building_id"]):
            row.said["distance_m"] = metres(home, Point(lat, lon))
        else:
            yield Wrong(row, "building", Problem.NO_HOME)


def couple(session: Session, _scope: Scope, rows: Sequence[Row], memory: Memory) -> Iterator[Wrong]:
    """Both are on the lease, and nobody is bound to two."""
    leases = {row.said["tenancy_id"] for row in rows}
    found = session.execute(
        select(TenancyParty.id, TenancyParty.tenancy_id, TenancyParty.reference, TenancyParty.quality).where(
            TenancyParty.tenancy_id.in_(leases)
        )
    )
    holders = {Quality.TENANT, Quality.CO_TENANT}
    people = {(lease, reference): own for own, lease, reference, quality in found if quality in holders}
    for row in rows:
        lease: str = row.said["tenancy_id"]
        one, other = _text(row, "reference"), _text(row, "spouse")
        row.said |= {"spouse_id": people.get((lease, other)), "bond": row.values.get("bond")}
        if (lease, one) not in people:
            yield Wrong(row, "reference", Problem.NOT_A_HOLDER, {"found": str(one)})
        elif other is None:
            continue
        elif (lease, other) not in people or one == other:
            yield Wrong(row, "spouse", Problem.NOT_A_HOLDER, {"found": str(other)})
        elif memory.get((lease, other), one) != one or memory.get((lease, one), other) != other:
            yield Wrong(row, "spouse", Problem.BOUND_TWICE, {"found": str(other)})
        else:
            memory[lease, one], memory[lease, other] = other, one


def bind_the_other(session: Session, people: Sequence[str]) -> None:
    """A couple is one from both sides; whoever was bound to one of them is free."""
    table = TenancyParty.__table__
    rows = session.execute(select(table.c.id, table.c.spouse_id, table.c.bond).where(table.c.id.in_(people))).all()
    both = {own for own, _, _ in rows} | {other for _, other, _ in rows if other}
    kept = {(own, other) for own, other, _ in rows} | {(other, own) for own, other, _ in rows}
    bound = session.execute(select(table.c.id, table.c.spouse_id).where(table.c.spouse_id.in_(both))).all()
    loose = [own for own, other in bound if (own, other) not in kept]
    session.execute(update(table).where(table.c.id.in_(loose)).values(spouse_id=None, bond=None))  # type: ignore[arg-type]
    for own, other, bond in rows:
        if other is not None:
            session.execute(update(table).where(table.c.id == other).values(spouse_id=own, bond=bond))  # type: ignore[arg-type]


def offer(session: Session, scope: Scope, rows: Sequence[Row], memory: Memory) -> Iterator[Wrong]:
    """A proposal is for a candidate of this house; its rank is free, and its delay runs from its notification."""
    names = {str(row.values["candidate"]) for row in rows}
    own = scope.of(Candidate.landlord_id, Candidate.agency_id)
    found = session.execute(select(Candidate.reference, Candidate.id).where(Candidate.reference.in_(names), *own)).all()
    candidates = {reference: candidate for reference, candidate in found}  # noqa: C416 - rows are no pairs
    dwellings = {row.said["dwelling_id"] for row in rows}
    houses = session.execute(
        select(Dwelling.id, Building.postcode)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id.in_(dwellings))
    ).all()
    postcodes = {dwelling: postcode for dwelling, postcode in houses}  # noqa: C416 - rows are no pairs
    spoken = {
        (row.said["dwelling_id"], candidates.get(_text(row, "candidate"))) for row in rows if "rank" in row.values
    }
    ranks = {place: one for place, one in _ranks(session, dwellings).items() if (place[0], one) not in spoken}
    for row in rows:
        candidate = candidates.get(_text(row, "candidate"))
        if candidate is None:
            yield Wrong(row, "candidate", Problem.NAMES_NOTHING, {"found": str(row.values["candidate"])})
            continue
        dwelling, said = row.said["dwelling_id"], row.said
        said["candidate_id"] = candidate
        if "decision" in said:
            said["stage"] = CommissionStage.AFTER if said["decision"] else CommissionStage.BEFORE
        if "notified_on" in said:
            day = said["notified_on"]
            said["reply_by"] = _reply_by(day, postcodes[dwelling])
        place = (dwelling, said.get("rank"))
        if said.get("rank") is not None and said.get("state", "waiting") in OPEN:
            holder = memory.get(place) or ranks.get(place, candidate)
            if holder != candidate:
                yield Wrong(row, "rank", Problem.RANK_TAKEN, {"found": said["rank"]})
                continue
            memory[place] = candidate


def _text(row: Row, column: str) -> str | None:
    value = row.values.get(column)
    return None if value is None else str(value)


def _reply_by(day: date | None, postcode: str) -> date | None:
    return None if day is None else reply_clock(day, department_of(postcode)).reply_by


def _ranks(session: Session, dwellings: set[str]) -> dict[tuple[str, int | None], str]:
    """Who has which rank in what is still open."""
    rows = session.execute(
        select(Proposal.dwelling_id, Proposal.rank, Proposal.candidate_id).where(
            Proposal.dwelling_id.in_(dwellings), Proposal.rank.is_not(None), Proposal.state.in_([*OPEN])
        )
    )
    return {(dwelling, rank): candidate for dwelling, rank, candidate in rows}
