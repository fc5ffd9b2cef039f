"""What follows from what a tablet wrote about a visit: how far it is, and whether all of it is here."""

from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.local_day import moment
from fieldapp.domain.visit import WITHOUT_CANDIDATE, End, VisitState
from fieldapp.records.appointment import Appointment
from fieldapp.records.photo import Photo, PhotoUse
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import addendum_news, audit, jobs, missing, visit_documents, visit_results
from fieldapp.services.field_writing import Batch
from fieldapp.services.header import Header

STATES = {End.DONE: VisitState.DONE, End.IMPOSSIBLE: VisitState.DONE, End.CANCELLED: VisitState.CANCELLED}


def advance(session: Session, batch: Batch, row: Header, actor: str) -> None:
    """Bring a visit's header to the state that follows from its content, in the caller's transaction."""
    if row.state == VisitState.PLANNED and not actor.startswith("device:"):
        return
    before = row.state
    if (row.id, row.id, "ended") in batch.touched:
        _end(session, batch, row)
        addendum_news.follow_in(session, row.id)
    elif row.state == VisitState.PLANNED:
        row.state = VisitState.IN_PROGRESS
    visit_results.keep(session, batch, row)
    for root_id, entity_id, _ in batch.touched:
        if root_id == row.id and batch.kinds[root_id, entity_id] == "handover":
            # A copy may be asked for after its document was sealed.
            jobs.enqueue(session, "send_slip_copies", {"visit_id": row.id}, key=f"send_slip_copies:{entity_id}")
    if row.state != before:
        row.told = True
        audit.record(session, actor, f"visit.{row.state}", "visit", row.id, row.landlord_id)


def receive_when_whole(session: Session, row: Header) -> None:
    """Note that everything of an ended visit is durable here, its signed documents included: from then on the tablet
    keeps nothing of it.
    """
    waiting = len(missing.photos_in(session, [row.id])[row.id])
    if row.missing_photos != waiting:
        row.missing_photos, row.told = waiting, True
    if row.closed_at is None or row.received_at is not None or waiting:
        return
    if not visit_documents.awaited_in(session, row.id):
        row.received_at, row.told = datetime.now(UTC), True


def seal_in(session: Session, row: Header) -> None:
    """Have what was accepted sealed, in the caller's transaction; a document that shows photographs waits for all of them
    and for their examination.
    """
    rows = select(VisitDocument).where(VisitDocument.visit_id == row.id, VisitDocument.sealed_at.is_(None))
    unseen = select(PhotoUse.photo_id).join(Photo, Photo.sha256 == PhotoUse.sha256)
    unseen = unseen.where(PhotoUse.root_id == row.id, Photo.verdict == "pending").limit(1)
    for document in session.scalars(rows).all():
        waits = document.kind in WITHOUT_CANDIDATE and (row.missing_photos or session.scalar(unseen) is not None)
        if not waits:
            jobs.enqueue(session, "seal_document", {"document_id": document.id}, key=f"seal_document:{document.id}")


def _end(session: Session, batch: Batch, row: Header) -> None:
    """The agent ended the visit, or took the end back."""
    root = next(iter(batch.values(row.id, "visit")), {})
    ended = root.get("ended")
    if ended is None:
        row.state, row.closed_at, row.received_at = VisitState.IN_PROGRESS, None, None
    else:
        row.state, row.closed_at = STATES[End(ended["end"])], moment(ended["at"])
    state = AppointmentState.PLANNED if ended is None else AppointmentState.DONE
    appointment = session.get_one(Visit, row.id).appointment_id
    session.execute(update(Appointment).where(Appointment.id == appointment).values(state=state))
