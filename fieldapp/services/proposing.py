"""Candidates and proposals: who is ranked for a dwelling, what is offered to whom, and how it ends."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.access_need import AccessNeed
from fieldapp.domain.proposal import OPEN, CommissionDecision, CommissionStage, ProposalState
from fieldapp.domain.public_holidays import department_of
from fieldapp.domain.ranking import Ranked, next_in_rank
from fieldapp.domain.reply_clock import reply_clock
from fieldapp.domain.unique_number import as_kept
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.proposal import Proposal
from fieldapp.services import audit, lettable
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope

OFFERING = frozenset({CommissionDecision.ATTRIBUTION, CommissionDecision.RANKED, CommissionDecision.CONDITIONAL})
"""Decisions after which an offer may be notified."""


class RankTaken(ValueError):
    """Another candidate has this rank for the dwelling."""


class NotTheirTurn(ValueError):
    """A rank before holds the dwelling, or its offer still runs."""


class NoOffer(ValueError):
    """The commission has not decided for this candidate, or the proposal is over."""


@dataclass(frozen=True, slots=True)
class NewCandidate:
    """What the office says of somebody; the number is kept as given, right or wrong."""

    name: str
    phone: str
    email: str
    unique_number: str
    language: str
    need: AccessNeed | None
    rank: int | None
    decision: CommissionDecision | None
    dalo: bool


def add_candidate(scope: Scope, dwelling_id: str, said: NewCandidate, account_id: str) -> str:
    """Add a candidate with a proposal for a dwelling and give the proposal's id; raises `NotHere` and `RankTaken`."""
    session = db.session()
    dwelling, building = _dwelling(session, scope, dwelling_id)
    if said.rank is not None and said.rank in {one.rank for one in _open(session, dwelling.id)}:
        raise RankTaken(said.rank)
    candidate = Candidate(
        id=new_id(),
        landlord_id=scope.landlord_id,
        agency_id=building.agency_id,
        name=said.name,
        phone=said.phone,
        email=said.email,
        unique_number=as_kept(said.unique_number),
        language=said.language,
        need=said.need,
        created_at=datetime.now(UTC),
    )
    session.add(candidate)
    session.flush()
    proposal = Proposal(
        id=new_id(),
        landlord_id=scope.landlord_id,
        dwelling_id=dwelling.id,
        candidate_id=candidate.id,
        rank=said.rank,
        stage=CommissionStage.BEFORE if said.decision is None else CommissionStage.AFTER,
        decision=said.decision,
        dalo=said.dalo,
        created_at=datetime.now(UTC),
    )
    session.add(proposal)
    proposal_id = proposal.id
    audit.record(session, f"account:{account_id}", "proposal.made", "proposal", proposal_id, scope.landlord_id)
    session.commit()
    return proposal_id


def decide(scope: Scope, proposal_id: str, decision: CommissionDecision, rank: int | None, account_id: str) -> None:
    """Note what the commission decided; raises `NotHere` and `RankTaken`."""
    session = db.session()
    proposal = _proposal(session, scope, proposal_id)
    others = {one.rank for one in _open(session, proposal.dwelling_id) if one.id != proposal_id}
    if rank is not None and rank in others:
        raise RankTaken(rank)
    proposal.decision, proposal.stage, proposal.rank = decision, CommissionStage.AFTER, rank
    if decision not in OFFERING:
        proposal.state = ProposalState.WITHDRAWN
    _note(session, proposal, "proposal.decided", account_id)


def notify(scope: Scope, proposal_id: str, notified_on: date, today: date, account_id: str) -> date:
    """Note that an offer was notified and give the last day of the answer; raises `NotHere`, `NoOffer`, `NotTheirTurn`
    and `NotLettable`.
    """
    session = db.session()
    proposal = _proposal(session, scope, proposal_id)
    if proposal.state != ProposalState.WAITING or proposal.decision not in OFFERING:
        raise NoOffer(proposal_id)
    lapse(session, proposal.dwelling_id, today)
    turn = next_in_rank(_ranked(session, proposal.dwelling_id), today)
    if proposal.rank is not None and (turn is None or turn.id != proposal_id):
        raise NotTheirTurn(proposal_id)
    dwelling = session.get_one(Dwelling, proposal.dwelling_id)
    lettable.insist_in(session, dwelling, today)
    building = session.get_one(Building, dwelling.building_id)
    clock = reply_clock(notified_on, department_of(building.postcode))
    proposal.state, proposal.notified_on, proposal.reply_by = ProposalState.OFFERED, notified_on, clock.reply_by
    _note(session, proposal, "proposal.notified", account_id)
    return clock.reply_by


def reach(scope: Scope, proposal_id: str, email: str, account_id: str) -> None:
    """Note the address of a candidate with an open proposal; raises `NotHere`, and `NoOffer` when it is over."""
    session = db.session()
    proposal = _proposal(session, scope, proposal_id)
    if proposal.state not in OPEN:
        raise NoOffer(proposal_id)
    session.get_one(Candidate, proposal.candidate_id, with_for_update=True).email = email
    _note(session, proposal, "candidate.reached", account_id)


def end(scope: Scope, proposal_id: str, state: ProposalState, day: date, account_id: str) -> None:
    """Note a written answer, a withdrawal or the signed lease; raises `NotHere`, and `NoOffer` when it is over."""
    session = db.session()
    proposal = _proposal(session, scope, proposal_id)
    answer = state in {ProposalState.ACCEPTED, ProposalState.REFUSED}
    if proposal.state not in OPEN or (answer and proposal.state != ProposalState.OFFERED):
        raise NoOffer(proposal_id)
    proposal.state = state
    if state is ProposalState.SIGNED:
        proposal.signed_on = day
    else:
        proposal.answered_on = day
    _note(session, proposal, f"proposal.{state}", account_id)


def lapse(session: Session, dwelling_id: str, today: date) -> None:
    """Close, in the caller's transaction, the offers to which silence was the answer."""
    for proposal in _open(session, dwelling_id):
        over = proposal.reply_by is not None and today > proposal.reply_by
        if proposal.state == ProposalState.OFFERED and over:
            proposal.state, proposal.answered_on = ProposalState.LAPSED, proposal.reply_by
            audit.record(session, "server", "proposal.lapsed", "proposal", proposal.id, proposal.landlord_id)
    session.flush()


def lapse_all(now: datetime) -> None:
    """Close every offer whose delay has ended where its dwelling stands: one transaction."""
    session = db.session()
    rows = session.execute(
        select(Proposal.dwelling_id, Building.postcode)
        .join(Dwelling, Dwelling.id == Proposal.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Proposal.state == ProposalState.OFFERED, Proposal.reply_by < now.date() + timedelta(days=1))
        .distinct()
    ).all()
    for dwelling_id, postcode in rows:
        lapse(session, dwelling_id, now.astimezone(ZoneInfo(zone_of(postcode))).date())
    session.commit()


def _ranked(session: Session, dwelling_id: str) -> list[Ranked]:
    rows = session.scalars(select(Proposal).where(Proposal.dwelling_id == dwelling_id, Proposal.rank.is_not(None)))
    return [Ranked(row.id, row.rank or 0, ProposalState(row.state), row.reply_by) for row in rows]


def _open(session: Session, dwelling_id: str) -> list[Proposal]:
    states = [state.value for state in OPEN]
    return list(
        session.scalars(select(Proposal).where(Proposal.dwelling_id == dwelling_id, Proposal.state.in_(states)))
    )


def _dwelling(session: Session, scope: Scope, dwelling_id: str) -> tuple[Dwelling, Building]:
    found = session.execute(
        select(Dwelling, Building)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id == dwelling_id, *scope.of(Building.landlord_id, Building.agency_id))
        .with_for_update(of=Dwelling)
    ).one_or_none()
    if found is None:
        raise NotHere(dwelling_id)
    return found[0], found[1]


def _proposal(session: Session, scope: Scope, proposal_id: str) -> Proposal:
    proposal = session.scalar(
        select(Proposal).where(Proposal.id == proposal_id, *scope.of(Proposal.landlord_id)).with_for_update()
    )
    if proposal is None:
        raise NotHere(proposal_id)
    _dwelling(session, scope, proposal.dwelling_id)
    return proposal


def _note(session: Session, proposal: Proposal, action: str, account_id: str) -> None:
    audit.record(session, f"account:{account_id}", action, "proposal", proposal.id, proposal.landlord_id)
    session.commit()
