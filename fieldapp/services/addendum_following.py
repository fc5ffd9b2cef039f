"""What follows from an addendum that was signed, refused or called off: its inventory waits for the office again."""

from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldapp.domain.addendum import AddendumState
from fieldapp.domain.review import Verdict
from fieldapp.extensions import db
from fieldapp.records.addendum import Addendum
from fieldapp.records.appointment import Appointment
from fieldapp.records.inventory import Inventory
from fieldapp.records.review import Review
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import acceptance, audit, header, standing, visit_documents

LIVING = (AddendumState.ASKED, AddendumState.WITHDRAWN)
"""What a document that arrives late still ends otherwise."""


def follow(visit_id: str) -> None:
    """Bring an addendum to what its appointment has come to: one transaction, the body of the job `follow_addendum`.

    One that is sealed after the office accepted its inventory reaches the central record here.
    """
    session = db.session()
    inventory_id = session.scalar(select(Addendum.inventory_id).where(Addendum.visit_id == visit_id))
    if inventory_id is None:
        session.rollback()
        return
    header.lock(session, [inventory_id])
    row = session.scalars(select(Addendum).where(Addendum.visit_id == visit_id).with_for_update()).one()
    state, answer = _come_to(session, visit_id)
    if row.state in LIVING and state not in {row.state, AddendumState.ASKED}:
        _end(session, row, state, answer)
        session.flush()
    acceptance.follow_in(session, session.get_one(Inventory, inventory_id))
    session.commit()


def _come_to(session: Session, visit_id: str) -> tuple[AddendumState, str]:
    decisions = select(VisitDocument.decision).where(VisitDocument.visit_id == visit_id)
    decision = session.scalar(decisions.order_by(VisitDocument.accepted_at.desc()).limit(1))
    if decision is not None:
        return (AddendumState.SIGNED if decision == "signed" else AddendumState.NOT_SIGNED), ""
    closed_at, reason = session.execute(
        select(Visit.closed_at, Appointment.cancel_reason)
        .join(Appointment, Appointment.id == Visit.appointment_id)
        .where(Visit.id == visit_id)
    ).one()
    if closed_at is not None and not visit_documents.awaited_in(session, visit_id):
        return AddendumState.WITHDRAWN, reason
    return AddendumState.ASKED, ""


def _end(session: Session, row: Addendum, state: AddendumState, answer: str) -> None:
    now = datetime.now(UTC)
    row.state, row.ended_at, row.answer = state, now, answer
    session.execute(
        update(Review)
        .where(Review.inventory_id == row.inventory_id, Review.verdict == Verdict.ADDENDUM)
        .values(verdict=Verdict.CORRECTED, rev=Review.rev + 1, decided_at=now, decided_by=None)
    )
    inventory = session.get_one(Inventory, row.inventory_id)
    audit.record(session, "server", f"addendum.{state}", "inventory", inventory.id, inventory.landlord_id)
    standing.judge_in(session, [inventory.id])
