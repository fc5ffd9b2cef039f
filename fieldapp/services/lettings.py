"""The dwellings to be let as the office reads them: what they cost, who is ranked, whose turn it is, what presses."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, or_, select

from fieldapp.domain.proposal import OPEN, ProposalState
from fieldapp.domain.ranking import Ranked, next_in_rank
from fieldapp.domain.unique_number import is_plausible
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingPicture, DwellingSheet
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.vacancy import Vacancy
from fieldapp.records.visit import Visit
from fieldapp.services.booking import NotHere
from fieldapp.services.offer_reminders import BEFORE, Reminder, written
from fieldapp.services.scope import Scope
from fieldapp.services.sheet import sheet_json


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate for a dwelling; `doubtful` says that the numéro unique does not look like one, `reminder` what was
    written before the delay of the offer ends.
    """

    id: str
    candidate_id: str
    name: str
    phone: str
    email: str
    unique_number: str
    doubtful: bool
    need: str | None
    rank: int | None
    stage: str
    decision: str | None
    state: str
    dalo: bool
    notified_on: date | None
    reply_by: date | None
    turn: bool
    overdue: bool
    soon: bool
    reminder: Reminder | None


@dataclass(frozen=True, slots=True)
class Letting:
    """A dwelling to be let; `empty_days` counts from the day on which it became empty, None for one that is not known to be."""

    id: str
    sheet: Mapping[str, Any]
    prepared: bool
    empty_days: int | None
    empty_kind: str | None
    standings: tuple[Standing, ...]
    visit_at: datetime | None
    zone: str

    @property
    def next(self) -> Standing | None:
        """Whose turn it is."""
        return next((one for one in self.standings if one.turn), None)

    @property
    def running(self) -> Standing | None:
        """The offer whose delay runs."""
        return next((one for one in self.standings if one.state == ProposalState.OFFERED and not one.overdue), None)

    @property
    def forbidden(self) -> bool:
        """Whether the energy rules warn and nobody has overridden them."""
        return bool(self.sheet["lettable"]["forbidden"] and not self.sheet["lettable"]["overridden"])


@dataclass(frozen=True, slots=True)
class LettingFile:
    """One dwelling with everything that its page shows."""

    letting: Letting
    row: DwellingSheet | None
    overridden_by: str
    building_id: str
    pictures: tuple[DwellingPicture, ...]
    places: tuple[Place, ...]
    home: tuple[int, int] | None
    visits: tuple[Row[Any], ...]


def lettings(scope: Scope, today: date) -> list[Letting]:
    """The dwellings that stand empty or have candidates, those that press first; a handful of queries."""
    wanted = or_(
        Dwelling.id.in_(select(Vacancy.dwelling_id).where(Vacancy.ends_on.is_(None))),
        Dwelling.id.in_(select(Proposal.dwelling_id).where(Proposal.state.in_([state.value for state in OPEN]))),
    )
    found = _read(scope, today, wanted)
    return sorted(found, key=lambda one: (not _presses(one), -(one.empty_days or 0), one.sheet["reference"]))


def open_letting(scope: Scope, dwelling_id: str, today: date) -> LettingFile:
    """One dwelling; raises `NotHere`."""
    found = _read(scope, today, Dwelling.id == dwelling_id)
    if not found:
        raise NotHere(dwelling_id)
    dwelling = db.session.get_one(Dwelling, dwelling_id)
    building = db.session.get_one(Building, dwelling.building_id)
    pictures = select(DwellingPicture).where(DwellingPicture.dwelling_id == dwelling_id)
    places = select(Place).where(Place.building_id == building.id)
    visits = (
        select(Visit.id, Visit.state, Visit.slot, Appointment.starts_at, Appointment.state.label("appointment_state"))
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.dwelling_id == dwelling_id)
        .order_by(Appointment.starts_at.desc())
        .limit(20)
    )
    row = db.session.get(DwellingSheet, dwelling_id)
    who = db.session.get(Account, row.override_by) if row is not None and row.override_by else None
    return LettingFile(
        letting=found[0],
        row=row,
        overridden_by=who.name if who else "",
        building_id=building.id,
        pictures=tuple(db.session.scalars(pictures.order_by(DwellingPicture.position))),
        places=tuple(db.session.scalars(places.order_by(Place.kind, Place.distance_m, Place.name))),
        home=None if building.lat_e7 is None or building.lon_e7 is None else (building.lat_e7, building.lon_e7),
        visits=tuple(db.session.execute(visits)),
    )


def reminders(found: Iterable[Letting]) -> list[tuple[Letting, Standing]]:
    """The offers whose delay ends soon or has ended, the earliest end first."""
    listed = [(one, standing) for one in found for standing in one.standings if standing.soon or standing.overdue]
    return sorted(listed, key=lambda pair: pair[1].reply_by or date.max)


def _presses(one: Letting) -> bool:
    return one.forbidden or one.next is not None or any(each.soon or each.overdue for each in one.standings)


def _read(scope: Scope, today: date, wanted: Any) -> list[Letting]:
    rows = db.session.execute(
        select(Dwelling, Building, DwellingSheet)
        .join(Building, Building.id == Dwelling.building_id)
        .outerjoin(DwellingSheet, DwellingSheet.dwelling_id == Dwelling.id)
        .where(wanted, *scope.of(Building.landlord_id, Building.agency_id))
    ).all()
    ids = [dwelling.id for dwelling, _, _ in rows]
    standings, empty, visits = _standings(ids, today), _empty(ids), _next_visits(ids)
    return [
        Letting(
            id=dwelling.id,
            sheet=sheet_json(dwelling, building, sheet, today),
            prepared=_is(sheet),
            empty_days=max(0, (today - empty[dwelling.id].since).days) if dwelling.id in empty else None,
            empty_kind=empty[dwelling.id].kind if dwelling.id in empty else None,
            standings=standings.get(dwelling.id, ()),
            visit_at=visits.get(dwelling.id),
            zone=zone_of(building.postcode),
        )
        for dwelling, building, sheet in rows
    ]


def _is(sheet: DwellingSheet | None) -> bool:
    return sheet is not None


def _standings(ids: Sequence[str], today: date) -> dict[str, tuple[Standing, ...]]:
    rows = db.session.execute(
        select(Proposal, Candidate)
        .join(Candidate, Candidate.id == Proposal.candidate_id)
        .where(Proposal.dwelling_id.in_(ids), Candidate.erased_at.is_(None))
        .order_by(Proposal.dwelling_id, Proposal.rank.is_(None), Proposal.rank, Proposal.created_at)
    )
    by_dwelling: defaultdict[str, list[tuple[Proposal, Candidate]]] = defaultdict(list)
    for proposal, candidate in rows:
        by_dwelling[proposal.dwelling_id].append((proposal, candidate))
    recalled = [
        proposal.id
        for found in by_dwelling.values()
        for proposal, _candidate in found
        if proposal.reminded_on is not None
    ]
    messages = written(recalled)
    return {dwelling: tuple(_standing_rows(found, today, messages)) for dwelling, found in by_dwelling.items()}


def _standing_rows(
    found: Sequence[tuple[Proposal, Candidate]], today: date, messages: Mapping[str, Reminder]
) -> Iterable[Standing]:
    ranked = [
        Ranked(proposal.id, proposal.rank, ProposalState(proposal.state), proposal.reply_by)
        for proposal, _ in found
        if proposal.rank is not None
    ]
    turn = next_in_rank(ranked, today)
    for proposal, candidate in found:
        offered = proposal.state == ProposalState.OFFERED and proposal.reply_by is not None
        left = (proposal.reply_by or today) - today
        yield Standing(
            id=proposal.id,
            candidate_id=candidate.id,
            name=candidate.name,
            phone=candidate.phone,
            email=candidate.email,
            unique_number=candidate.unique_number,
            doubtful=not is_plausible(candidate.unique_number),
            need=candidate.need,
            rank=proposal.rank,
            stage=proposal.stage,
            decision=proposal.decision,
            state=proposal.state,
            dalo=proposal.dalo,
            notified_on=proposal.notified_on,
            reply_by=proposal.reply_by,
            turn=turn is not None and turn.id == proposal.id,
            overdue=offered and left < timedelta(0),
            soon=offered and timedelta(0) <= left <= BEFORE,
            reminder=messages.get(proposal.id),
        )


@dataclass(frozen=True, slots=True)
class _EmptySince:
    """Since when a dwelling is empty, whatever it waited for, and what it waits for now."""

    since: date
    ends_on: date | None
    kind: str


def _empty(ids: Sequence[str]) -> dict[str, _EmptySince]:
    """The dwellings that are empty now; stretches that follow each other without a day between are one."""
    found: dict[str, _EmptySince] = {}
    rows = select(Vacancy).where(Vacancy.dwelling_id.in_(ids)).order_by(Vacancy.dwelling_id, Vacancy.starts_on)
    for row in db.session.scalars(rows):
        before = found.get(row.dwelling_id)
        since = before.since if before is not None and before.ends_on == row.starts_on else row.starts_on
        found[row.dwelling_id] = _EmptySince(since, row.ends_on, row.kind)
    return {dwelling: one for dwelling, one in found.items() if one.ends_on is None}


def _next_visits(ids: Sequence[str]) -> dict[str, datetime]:
    rows = db.session.execute(
        select(Visit.dwelling_id, Appointment.starts_at)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.dwelling_id.in_(ids), Appointment.starts_at >= datetime.now(UTC), Appointment.state == "planned")
        .order_by(Appointment.starts_at.desc())
    )
    return {row.dwelling_id: row.starts_at for row in rows}
