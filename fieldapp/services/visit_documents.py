"""The slips and answers of a visit: which were signed on a tablet and have not come yet, and what an answer does."""

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.local_day import local_day
from fieldapp.domain.proposal import ProposalState
from fieldapp.domain.visit import Answer, DocumentKind
from fieldapp.records.appointment_candidate import AppointmentCandidate
from fieldapp.records.field_state import FieldState
from fieldapp.records.proposal import Proposal
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument

ANSWERED = {Answer.ACCEPTS: ProposalState.ACCEPTED, Answer.REFUSES: ProposalState.REFUSED}


def awaited_in(session: Session, visit_id: str) -> set[str]:
    """The documents that a tablet closed and whose record was not accepted yet, by id."""
    closed = session.execute(
        select(FieldState.entity_id, FieldState.value).where(
            FieldState.root_id == visit_id, FieldState.kind == "document", FieldState.field == "closed"
        )
    )
    signed = {entity_id for entity_id, value in closed if json.loads(value) is not None}
    return signed - set(session.scalars(select(VisitDocument.id).where(VisitDocument.visit_id == visit_id)))


def proposal_of(session: Session, visit_id: str, candidate_id: str) -> Proposal | None:
    """The proposal that brought a candidate to a visit; None for a candidate who came without one, or is unknown."""
    return session.scalar(
        select(Proposal)
        .join(AppointmentCandidate, AppointmentCandidate.proposal_id == Proposal.id)
        .join(Visit, Visit.appointment_id == AppointmentCandidate.appointment_id)
        .where(Visit.id == visit_id, AppointmentCandidate.candidate_id == candidate_id)
    )


def expects(session: Session, visit_id: str, candidate_id: str) -> bool:
    """Whether a candidate is on the list of a visit."""
    return (
        session.scalar(
            select(AppointmentCandidate.candidate_id)
            .join(Visit, Visit.appointment_id == AppointmentCandidate.appointment_id)
            .where(Visit.id == visit_id, AppointmentCandidate.candidate_id == candidate_id)
        )
        is not None
    )


def answer_in(session: Session, document: VisitDocument, body: dict[str, Any], zone: str) -> None:
    """Let a signed answer answer its offer (CCH, art. R.441-10), in the caller's transaction.

    A slip changes nothing here: it is an opinion. Nor does an answer to an offer that ended before it was signed.
    """
    if document.kind != DocumentKind.ANSWER or document.decision != "signed":
        return
    if document.answer is None or document.candidate_id is None:
        return
    proposal = proposal_of(session, document.visit_id, document.candidate_id)
    if proposal is not None and proposal.state == ProposalState.OFFERED:
        proposal.state = ANSWERED[Answer(document.answer)]
        proposal.answered_on = local_day(body["made_at"], zone)
