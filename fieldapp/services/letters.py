"""Convocations by letter: what they say, their sealed PDF to print, and the note that they were posted."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.context import context_of
from fieldapp.domain.local_day import local_day
from fieldapp.domain.message import Channel, MessageState
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.outgoing_mail import MailAttachment, OutgoingMail
from fieldapp.records.tenancy import Tenancy
from fieldapp.reports.convocation import FORMAT
from fieldapp.services import audit, installation, jobs
from fieldapp.services.convocation_words import Invitation, closing_of, opening_of, subject_of, things_of
from fieldapp.services.mail import UnknownMail
from fieldapp.services.scope import Scope
from fieldapp.services.stock import surroundings
from sync import canonical


class NotReady(Exception):
    """The letter has no PDF yet, was posted already, or is no letter."""


def prepare_in(session: Session, mail_id: str, row: Appointment, said: Invitation, lines: tuple[str, ...]) -> None:
    """Keep what the letter says and ask for its PDF, in the caller's transaction; within the locale of its language."""
    dwelling, agent = session.get_one(Dwelling, row.dwelling_id), session.get_one(Account, row.agent_id)
    lease = session.get(Tenancy, row.tenancy_id) if row.tenancy_id else None
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    day = local_day(now, said.zone)
    document = canonical.dumps(
        {
            "format": FORMAT,
            "kind": "convocation",
            "language": said.language,
            "zone": said.zone,
            "established_at": now,
            "made_on": day.isoformat() if day else None,
            "number": mail_id[-12:],
            "parties": [],
            "photos": [],
            "context": context_of(surroundings(session, dwelling, lease, agent)),
            "to": {"name": said.name, "lines": list(lines)},
            "subject": subject_of(said),
            "paragraphs": list(opening_of(said)),
            "things": list(things_of(said)),
            "closing": list(closing_of(said)),
        }
    )
    sha256 = canonical.sha256_hex(document)
    installation.blobs().put(f"records/{sha256}", document)
    jobs.enqueue(session, "make_letter", {"mail_id": mail_id, "document": sha256}, key=f"letter:{mail_id}")


def pdf_of(scope: Scope, mail_id: str) -> tuple[str, str]:
    """The hash and the name of a letter's PDF; raises `UnknownMail`."""
    row = _letter(db.session(), scope, mail_id)
    found = db.session.scalars(select(MailAttachment).where(MailAttachment.mail_id == row.id)).first()
    if found is None:
        raise UnknownMail(mail_id)
    return found.sha256, found.name.removesuffix(".pdf")


def posted(scope: Scope, mail_id: str, number: str, account_id: str) -> None:
    """Note that the letter was posted, with the number of the registered one if it has any.

    Raises `UnknownMail` and `NotReady`.
    """
    session = db.session()
    row = _letter(session, scope, mail_id)
    if row.state != MessageState.KEPT:
        session.rollback()
        raise NotReady(mail_id)
    row.state, row.sent_at, row.answer, row.tries = MessageState.SENT, datetime.now(UTC), number or None, 1
    actor = f"account:{account_id}"
    audit.record(
        session, actor, "mail.posted", row.topic or "mail", row.topic_id or row.id, row.landlord_id, mail_id=row.id
    )
    session.commit()


def _letter(session: Session, scope: Scope, mail_id: str) -> OutgoingMail:
    row = session.scalars(
        select(OutgoingMail).where(
            OutgoingMail.id == mail_id,
            OutgoingMail.channel == Channel.LETTER,
            *scope.of(OutgoingMail.landlord_id, OutgoingMail.agency_id),
        )
    ).one_or_none()
    if row is None:
        session.rollback()
        raise UnknownMail(mail_id)
    return row
