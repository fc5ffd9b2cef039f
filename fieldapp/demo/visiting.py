"""The sales visits of a day: who comes to which dwelling, in which rank, with which offer."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from fieldapp.demo.estate import TOWN, Home
from fieldapp.demo.identity import stable_id
from fieldapp.demo.stocking import LANDLORD, dwelling_id
from fieldapp.domain.appointment import SlotKind
from fieldapp.domain.proposal import CommissionDecision, CommissionStage, ProposalState
from fieldapp.domain.public_holidays import department_of
from fieldapp.domain.reply_clock import reply_clock
from fieldapp.records.account import Account
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.proposal import Proposal
from fieldapp.services.visiting import plan_visit

NAMES = (
    "Mme Nour Amrani",
    "M. Victor Le Bihan",
    "Mme Ana Pereira",
    "M. Sékou Camara",
    "Mme Louise Garnier",
    "M. Bilal Demir",
    "Mme Ivana Petrov",
    "M. Aurélien Caron",
)
GROUP = 3
LENGTH = timedelta(minutes=45)


def show(session: Session, home: Home, agent: Account, starts_at: datetime) -> None:
    """Plan the visit of a dwelling with its candidates, in the caller's transaction: the four-room flats in a group."""
    day = starts_at.date()
    several = home.type == "T4" and home.house == "0311"
    first = (sum(map(ord, home.reference)) + day.toordinal() // 2) % len(NAMES)
    names = [NAMES[(first + place) % len(NAMES)] for place in range(GROUP if several else 1)]
    before = home.house == "0522"
    candidates = [_candidate(session, home, day, name, rank, before=before) for rank, name in enumerate(names, 1)]
    plan_visit(
        session,
        session.get_one(Dwelling, dwelling_id(home.reference)),
        candidates,
        agent,
        starts_at,
        length=LENGTH,
        slot=SlotKind.GROUP if several else SlotKind.INDIVIDUAL,
        note="" if before else "L’offre est notifiée au premier rang." if several else "Offre notifiée.",
    )


def _candidate(session: Session, home: Home, day: date, name: str, rank: int, *, before: bool) -> Candidate:
    """One candidate; the first in rank holds a notified offer unless the commission has not met yet."""
    number = f"061{NAMES.index(name):03d}{day:%y%m%d}{rank:02d}{len(home.reference):04d}"
    candidate = Candidate(
        id=stable_id("candidate", home.reference, day.isoformat(), name),
        landlord_id=LANDLORD,
        agency_id=stable_id("agency", "quais"),
        name=name,
        phone=f"06 39 98 40 {10 + NAMES.index(name):02d}",
        unique_number="" if rank == GROUP else number[:18],
        language="en" if name == "Mme Ivana Petrov" else "fr",
        need="step_free" if name == "M. Victor Le Bihan" else None,
        created_at=datetime.now(UTC),
    )
    session.add(candidate)
    session.flush()
    offered = None if before or rank > 1 else day - timedelta(days=3)
    session.add(
        Proposal(
            id=stable_id("proposal", home.reference, day.isoformat(), name),
            landlord_id=LANDLORD,
            dwelling_id=dwelling_id(home.reference),
            candidate_id=candidate.id,
            rank=None if before else rank,
            stage=CommissionStage.BEFORE if before else CommissionStage.AFTER,
            decision=None if before else CommissionDecision.RANKED,
            state=ProposalState.WAITING if offered is None else ProposalState.OFFERED,
            dalo=offered is not None and home.house == "0108",
            notified_on=offered,
            reply_by=None if offered is None else reply_clock(offered, department_of(TOWN[0])).reply_by,
            created_at=datetime.now(UTC),
        )
    )
    session.flush()
    return candidate
