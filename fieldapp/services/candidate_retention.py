"""A candidate's data is kept until the attribution or the removal, and a while for objections; the figures stay."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from fieldapp.domain.message import Purpose
from fieldapp.domain.proposal import OPEN, ProposalState
from fieldapp.domain.visit import VisitState
from fieldapp.extensions import db
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.candidate import Candidate
from fieldapp.records.change import Change
from fieldapp.records.field_state import FieldState
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_follow_up import VisitFollowUp
from fieldapp.services import audit

KEPT = timedelta(days=60)
"""After the end: two months, in which a decision of the commission can be contested."""

SAID = ("attendance",)
"""What a visit notes of one candidate, by the candidate's id. A signed document is proof of its own (`document_retention`)."""


def erase_old(now: datetime) -> int:
    """Erase the candidates whose time is over and give their number: one transaction each."""
    session = db.session()
    erasable = session.scalars(_erasable(now.date() - KEPT)).all()
    session.rollback()
    for candidate_id in erasable:
        erase_in(session, candidate_id, now)
        session.commit()
    return len(erasable)


def erase_in(session: Session, candidate_id: str, now: datetime) -> None:
    """Take name, numbers and need away, and what was noted of and written to this candidate, in the caller's transaction.

    Of a message that it was sent stays, with the server's answer; copies of signed documents go with these.
    """
    candidate = session.get_one(Candidate, candidate_id, with_for_update=True)
    candidate.name = candidate.phone = candidate.email = candidate.unique_number = ""
    candidate.need, candidate.reference, candidate.erased_at = None, None, now
    for table in (Change, FieldState):
        session.execute(delete(table).where(table.entity_id == candidate_id, table.kind.in_(SAID)))
    session.execute(delete(VisitFollowUp).where(VisitFollowUp.candidate_id == candidate_id))
    written = (OutgoingMail.recipient_id == candidate_id, OutgoingMail.purpose != Purpose.VISIT_SLIP)
    session.execute(update(OutgoingMail).where(*written).values(to_address="", body=""))
    audit.record(session, "server", "candidate.erased", "candidate", candidate_id, candidate.landlord_id)


def _erasable(before: date) -> Select[str]:
    """Candidates without an open proposal (one for a dwelling that was let to somebody else is not open any more),
    whose last proposal ended before this day, and of whom no tablet holds a visit.
    """
    other = aliased(Proposal)
    attributed = exists().where(
        other.dwelling_id == Proposal.dwelling_id,
        other.state == ProposalState.SIGNED,
        other.signed_on < before,
        # Let after this one was proposed: an earlier letting of the dwelling is another one.
        other.signed_on >= func.date(Proposal.created_at),
    )
    own = Proposal.candidate_id == Candidate.id
    waits = exists().where(own, Proposal.state.in_([state.value for state in OPEN]), ~attributed)
    recent = exists().where(own, or_(Proposal.answered_on >= before, Proposal.signed_on >= before))
    visited = exists().where(
        AppointmentCandidate.candidate_id == Candidate.id,
        Visit.appointment_id == AppointmentCandidate.appointment_id,
        Visit.received_at.is_(None),
        Visit.state != VisitState.CANCELLED,
    )
    midnight = datetime.combine(before, time(), UTC)
    return (
        select(Candidate.id)
        .where(Candidate.erased_at.is_(None), Candidate.created_at < midnight, ~waits, ~recent, ~visited)
        .order_by(Candidate.id)
    )
