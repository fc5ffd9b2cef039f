"""Sales visits for the tests: candidates, a prepared dwelling, and the slot in which they come."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from fieldapp.domain.appointment import SlotKind
from fieldapp.domain.proposal import CommissionDecision, CommissionStage, ProposalState
from fieldapp.domain.reply_clock import reply_clock
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.base import Base
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.dwelling_sheet import DwellingSheet
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.services.identifier import new_id
from fieldapp.services.visiting import plan_visit
from tests.fieldwork.estate import Estate

NUMBER = "029071234567811234"


@dataclass(frozen=True)
class Slot:
    """A planned visit: its id, its dwelling's, and the candidates' in their order."""

    root_id: str
    dwelling_id: str
    candidates: tuple[str, ...]
    proposals: tuple[str, ...]


def prepared_dwelling(estate: Estate) -> str:
    """A dwelling with a commercial sheet, a stop and a school; needs no application context."""
    dwelling = new_id()
    own = {"landlord_id": estate.landlord_id}
    with estate.app.app_context():
        _add(
            Dwelling(
                id=dwelling,
                building_id=estate.building_id,
                reference=dwelling[-12:],
                kind="apartment",
                type="T3",
                area=6430,
                detail="2e étage",
                heating_scope="collective",
                heating_energy="gas",
                hot_water_scope="collective",
                dpe_class="D",
                dpe_number="2229E0000000A",
                dpe_date=date(2022, 3, 11),
                dpe_cost_low=78000,
                dpe_cost_high=106000,
                **own,
            ),
            DwellingSheet(
                dwelling_id=dwelling,
                rent=38640,
                charges=9120,
                deposit=38640,
                floor=2,
                lift=True,
                step_free=True,
                climate_class="C",
                key_place="Boîte à clés de la loge",
                risks_on=date(2026, 9, 1),
                energy_sheet={},
                updated_at=datetime(2026, 11, 1, tzinfo=UTC),
                **own,
            ),
            _place(estate, "stop", "Église", "A, 3", 479_960_000, -41_000_000, 80),
            _place(estate, "coverage", "Fibre", "", None, None, None),
        )
        db.session.commit()
    return dwelling


def plan_slot(
    estate: Estate,
    *names: str,
    agent: str = "nadia",
    starts_at: datetime | None = None,
    notified_on: date | None = None,
    dwelling: str | None = None,
) -> Slot:
    """Plan a visit for these candidates, ranked in their order; the first one holds an offer when it was notified."""
    home = dwelling or prepared_dwelling(estate)
    candidates, proposals = [], []
    with estate.app.app_context():
        for rank, name in enumerate(names or ("Alex Essai",), 1):
            candidate = new_candidate(estate, name)
            offered = notified_on if rank == 1 else None
            proposal = Proposal(
                id=new_id(),
                landlord_id=estate.landlord_id,
                dwelling_id=home,
                candidate_id=candidate.id,
                rank=rank,
                stage=CommissionStage.AFTER,
                decision=CommissionDecision.RANKED,
                state=ProposalState.OFFERED if offered else ProposalState.WAITING,
                notified_on=offered,
                reply_by=reply_clock(offered, "29").reply_by if offered else None,
                created_at=datetime.now(UTC),
            )
            _add(candidate, proposal)
            candidates.append(candidate)
            proposals.append(proposal.id)
        visit = plan_visit(
            db.session(),
            db.session.get_one(Dwelling, home),
            candidates,
            db.session.get_one(Account, estate.agents[agent]),
            starts_at or datetime.now(UTC),
            slot=SlotKind.GROUP if len(names) > 1 else SlotKind.INDIVIDUAL,
        )
        slot = Slot(visit.id, home, tuple(candidate.id for candidate in candidates), tuple(proposals))
        db.session.commit()
    return slot


def new_candidate(estate: Estate, name: str = "Alex Essai") -> Candidate:
    """A candidate's row, not added yet."""
    return Candidate(
        id=new_id(),
        landlord_id=estate.landlord_id,
        agency_id=estate.agencies["north"],
        name=name,
        phone="06 39 98 00 01",
        unique_number=NUMBER,
        created_at=datetime.now(UTC),
    )


def _place(
    estate: Estate, kind: str, name: str, lines: str, lat_e7: int | None, lon_e7: int | None, distance_m: int | None
) -> Place:
    return Place(
        id=new_id(),
        landlord_id=estate.landlord_id,
        building_id=estate.building_id,
        kind=kind,
        name=name,
        lines=lines,
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        distance_m=distance_m,
    )


def _add(*rows: Base) -> None:
    for row in rows:
        db.session.add(row)
        db.session.flush()
