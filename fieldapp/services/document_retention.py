"""The end of a signed slip's or answer's time: whoever signed it is forgotten, and what was signed can still be proved."""

import json
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from fieldapp.domain.deadline import months_after
from fieldapp.domain.message import Purpose
from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.change import Change
from fieldapp.records.field_state import FieldState
from fieldapp.records.outgoing_mail import MailAttachment, OutgoingMail
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import audit
from fieldapp.services.installation import blobs

KEPT_MONTHS = 36
"""From the day it came in: as long as what follows from a letting can be claimed (loi 89-462, art. 7-1)."""

ABOUT = ("document", "act", "handover")
"""What the operation log says of a document: its words, the name and strokes under it, where the copy went."""


def erase_old(now: datetime) -> int:
    """Erase the documents whose time is over and give their number: one transaction each."""
    session = db.session()
    before = months_after(now.date(), -KEPT_MONTHS)
    old = session.scalars(
        select(VisitDocument.id)
        .where(
            VisitDocument.erased_at.is_(None),
            VisitDocument.candidate_id.is_not(None),
            VisitDocument.accepted_at < datetime(before.year, before.month, before.day, tzinfo=now.tzinfo),
        )
        .order_by(VisitDocument.accepted_at)
    ).all()
    session.rollback()
    for document_id in old:
        _erase(session, document_id, now)
    return len(old)


def _erase(session: Session, document_id: str, now: datetime) -> None:
    """Both files go, then the rows: a worker that dies in between does it again.

    Number, kind, decision, days and both hashes stay: with a copy in hand, a stranger still finds that it is the one
    that was accepted, and the copy's own seal says the rest.
    """
    row = session.get_one(VisitDocument, document_id, with_for_update=True)
    for key in (f"records/{row.record_sha256}", f"reports/{row.report_sha256}", *_refused(session, row)):
        blobs().erase(key)
    entities = _entities(session, row)
    for table in (Change, FieldState):
        session.execute(delete(table).where(table.root_id == row.visit_id, table.entity_id.in_(entities)))
    mails = select(OutgoingMail.id).where(
        OutgoingMail.topic_id == document_id, OutgoingMail.purpose == Purpose.VISIT_SLIP
    )
    session.execute(delete(MailAttachment).where(MailAttachment.mail_id.in_(mails)))
    session.execute(update(OutgoingMail).where(OutgoingMail.id.in_(mails)).values(to_address="", body=""))
    row.erased_at = now
    facts = {"sha256": row.record_sha256, "report_sha256": row.report_sha256}
    audit.record(session, "server", "visit.document_erased", "visit", row.visit_id, row.landlord_id, **facts)
    session.commit()


def _entities(session: Session, row: VisitDocument) -> list[str]:
    """The document itself, and each act and handover that names it."""
    bodies = session.execute(
        select(FieldState.entity_id, FieldState.value).where(
            FieldState.root_id == row.visit_id, FieldState.kind.in_(ABOUT), FieldState.field == "body"
        )
    )
    return [row.id, *(entity for entity, value in bodies if json.loads(value).get("document_id") == row.id)]


def _refused(session: Session, row: VisitDocument) -> Iterable[str]:
    """Records of the same candidate that could not be accepted: kept until now for the office."""
    refused = select(AuditEntry).where(
        AuditEntry.subject_id == row.visit_id, AuditEntry.action == "visit.document_refused"
    )
    for entry in session.scalars(refused).all():
        key = f"records/{entry.facts['sha256']}"
        if blobs().exists(key):
            with blobs().open(key) as file:
                record = json.loads(file.read())
            if record.get("candidate", {}).get("id") == row.candidate_id:
                yield key
