"""Messages of any purpose: written in the caller's transaction, sent by a job, proved by what the server answered."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from fieldapp.domain.message import Channel, MessageState, Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.outgoing_mail import MailAttachment, OutgoingMail
from fieldapp.records.settlement import Settlement
from fieldapp.services import audit, handover, jobs, password_links, smtp, texting
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import blobs, config
from fieldapp.services.scope import Scope
from fieldapp.services.settlement_sent import went_out_in
from sync.record.client import NotHeard
from sync.record.target import BadTarget

ATTACHED_BYTES = 7_000_000
"""Many mail servers refuse messages of 10 MB, and Base64 adds a third: heavier files are only linked to."""

LINK = "{link}"

PERSONAL = frozenset({Purpose.INVITATION, Purpose.PASSWORD_RESET})
"""Messages whose link opens an account: only its person sees it."""


class BadAddress(ValueError):
    """No e-mail can be sent to this."""


class UnknownMail(LookupError):
    """No such message in this scope."""


class AlreadySent(Exception):
    """The message has left and is not sent twice; or it is a letter, which a person posts."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the blob store: its folder and hash, its size, and its name as the recipient sees it."""

    folder: str
    sha256: str
    bytes: int
    name: str
    media_type: str = "application/pdf"


@dataclass(frozen=True, slots=True)
class Draft:
    """What `write_in` needs of a message; see there."""

    landlord_id: str
    agency_id: str | None
    purpose: Purpose
    to: str
    language: str
    subject: str
    body: str
    topic: Topic | None = None
    topic_id: str | None = None
    recipient_id: str | None = None
    link_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    account_id: str | None = None
    channel: Channel = Channel.EMAIL


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the outbox as a person reads it; `number` is its inventory's, `attachments` those of a page."""

    id: str
    purpose: str
    channel: str
    topic: str | None
    topic_id: str | None
    recipient_id: str | None
    number: str | None
    to: str
    subject: str
    body: str
    attachments: tuple[str, ...]
    state: str
    problem: str | None
    tries: int
    message_id: str | None
    answer: str | None
    created_at: datetime
    sent_at: datetime | None


def write_in(session: Session, draft: Draft) -> str:
    """Put an e-mail or a text message into the outbox (a letter waits there for `letters`), in the caller's transaction; gives its id. The worker sends it after
    the commit.

    Without a mail server or gateway it stays there as `kept`, for a person to read. The caller writes `subject` and `body` in the
    recipient's `language` (within `force_locale(language)`) and checks the address by `checked`. `topic` and `topic_id`
    name what it is about, by which `about` finds it again; `recipient_id` who of the people there it is for. `body` may
    hold `LINK`, in whose place the secret address of `link_id` goes when it is sent: of a copy of an inventory,
    that is a `HandoverLink`, of an invitation or a reset a `PasswordLink`. Files are named by their hash in the blob store, and are to be at most `ATTACHED_BYTES`
    together (`light`); `agency_id` says which agency's people see the message, `None` only the whole landlord's.

        with force_locale(language):
            draft = Draft(landlord_id, agency_id, Purpose.SETTLEMENT_PAPERS, mail.checked(to), language,
                          _("Votre décompte"), _("…"), Topic.SETTLEMENT, root_id, party_id,
                          attachments=(Attachment("reports", sha256, size, "D-2026-0001.pdf"),), account_id=account_id)
        mail.write_in(session, draft)
        session.commit()
    """
    mail_id, waiting = new_id(), carried(draft.channel)
    session.add(
        OutgoingMail(
            id=mail_id,
            landlord_id=draft.landlord_id,
            agency_id=draft.agency_id,
            purpose=draft.purpose,
            channel=draft.channel,
            language=draft.language,
            topic=draft.topic,
            topic_id=draft.topic_id,
            recipient_id=draft.recipient_id,
            link_id=draft.link_id,
            to_address=draft.to,
            subject=draft.subject,
            body=draft.body,
            state=MessageState.WAITING if waiting or draft.channel is Channel.LETTER else MessageState.KEPT,
            created_by=draft.account_id,
            created_at=datetime.now(UTC),
        )
    )
    session.flush()
    session.add_all(
        MailAttachment(
            mail_id=mail_id,
            sha256=one.sha256,
            folder=one.folder,
            name=one.name,
            media_type=one.media_type,
            bytes=one.bytes,
        )
        for one in draft.attachments
    )
    if waiting:
        _ask_in(session, mail_id)
    return mail_id


def carried(channel: Channel) -> bool:
    """Whether a server is set that takes messages of this channel."""
    settings = config()
    servers = {Channel.EMAIL: settings.smtp_url, Channel.TEXT: settings.sms_url}
    return servers.get(channel) is not None


def light(attachments: Sequence[Attachment]) -> bool:
    """Whether these files may travel with a message."""
    return sum(one.bytes for one in attachments) <= ATTACHED_BYTES


def checked(to: str) -> str:
    """The address, trimmed; raises `BadAddress`."""
    if not usable(to):
        raise BadAddress
    return to.strip()


def usable(to: str) -> bool:
    """Whether this is an address to which e-mail can be sent."""
    try:
        address = Address(addr_spec=to.strip())
    except (ValueError, IndexError, MessageError):
        return False
    return bool(address.username and "." in address.domain)


def outbox(scope: Scope, most: int = 50) -> tuple[Message, ...]:
    """The latest messages, the newest first."""
    rows = db.session.execute(_found(scope).order_by(OutgoingMail.created_at.desc()).limit(most))
    return tuple(_message(row, number) for row, number in rows)


def about(scope: Scope, topic: Topic, topic_id: str) -> tuple[Message, ...]:
    """The messages about one thing, the newest first."""
    wanted = _found(scope).where(OutgoingMail.topic == topic, OutgoingMail.topic_id == topic_id)
    return tuple(
        _message(row, number) for row, number in db.session.execute(wanted.order_by(OutgoingMail.created_at.desc()))
    )


def message(scope: Scope, mail_id: str) -> Message:
    """One message; raises `UnknownMail`."""
    found = db.session.execute(_found(scope).where(OutgoingMail.id == mail_id)).one_or_none()
    if found is None:
        raise UnknownMail(mail_id)
    attached = tuple(one.name for one in db.session.scalars(_attached(mail_id)))
    return _message(*found, attached)


def send_again(scope: Scope, mail_id: str, account_id: str) -> None:
    """Try a message again that was refused, or that waits: raises `UnknownMail` and `AlreadySent`."""
    session = db.session()
    found = session.execute(_found(scope).where(OutgoingMail.id == mail_id)).one_or_none()
    if found is None:
        raise UnknownMail(mail_id)
    row = found[0]
    if row.state == MessageState.SENT or row.channel == Channel.LETTER:
        raise AlreadySent
    row.state, row.problem = MessageState.WAITING, None
    _ask_in(session, mail_id)
    audit.record(
        session,
        f"account:{account_id}",
        "mail.sent_again",
        row.topic or "mail",
        row.topic_id or row.id,
        row.landlord_id,
    )
    session.commit()


def deliver(mail_id: str) -> None:
    """Job: hand the message to its server; a refusal of the address is final, any other failure is tried again."""
    session = db.session()
    row = session.get(OutgoingMail, mail_id)
    if row is None or row.state != MessageState.WAITING:
        session.rollback()
        return
    if not carried(Channel(row.channel)):
        row.state = MessageState.KEPT
        session.commit()
        return
    to, said = row.to_address, _said(row)
    letter = _letter(session, row) if row.channel == Channel.EMAIL else None
    session.rollback()  # no lock is held while a server thinks
    try:
        answer, known_as = texting.hand_over(mail_id, to, said) if letter is None else _post(letter)
    except (smtp.Refused, texting.RefusedText) as error:
        _end(mail_id, MessageState.FAILED, problem="refused", answer=str(error))
    except (OSError, smtplib.SMTPException, NotHeard, BadTarget) as error:
        problem = str(error) if isinstance(error, NotHeard | BadTarget) else type(error).__name__
        _end(mail_id, MessageState.WAITING, problem=problem)
        raise
    else:
        _end(mail_id, MessageState.SENT, answer=answer, message_id=known_as)


def _post(letter: EmailMessage) -> tuple[str, str]:
    """Hand a letter to the mail server; gives its answer and how the letter is known outside."""
    return smtp.hand_over(config().smtp_url or "", letter), str(letter["Message-ID"])


def _ask_in(session: Session, mail_id: str) -> None:
    jobs.enqueue(session, "send_mail", {"mail_id": mail_id}, key=f"mail:{mail_id}")


def _found(scope: Scope) -> Select[OutgoingMail, str]:
    topics = (Topic.INVENTORY, Topic.SETTLEMENT)
    of_inventory = (Inventory.id == OutgoingMail.topic_id) & OutgoingMail.topic.in_(topics)
    return (
        select(OutgoingMail, Inventory.number)
        .outerjoin(Inventory, of_inventory)
        .where(OutgoingMail.landlord_id == scope.landlord_id)
        .where(*(() if scope.agency_id is None else (OutgoingMail.agency_id == scope.agency_id,)))
    )


def _letter(session: Session, row: OutgoingMail) -> EmailMessage:
    landlord = session.get_one(Landlord, row.landlord_id)
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(display_name=landlord.name, addr_spec=landlord.email)
    letter["To"] = row.to_address
    letter["Subject"] = row.subject
    letter["Date"] = format_datetime(datetime.now(UTC))
    # The same at every try, so that a message sent twice is shown once.
    letter["Message-ID"] = f"<{row.id}@{landlord.email.partition('@')[2]}>"
    letter.set_content(_said(row))
    letter["Content-Language"] = row.language
    for one in session.scalars(_attached(row.id)):
        main, _, sub = one.media_type.partition("/")
        with blobs().open(f"{one.folder}/{one.sha256}") as file:
            letter.add_attachment(file.read(), maintype=main, subtype=sub, filename=one.name)
    return letter


def _attached(mail_id: str) -> Select[MailAttachment]:
    return select(MailAttachment).where(MailAttachment.mail_id == mail_id).order_by(MailAttachment.name)


def _said(row: OutgoingMail) -> str:
    if row.link_id is None:
        return row.body
    path_of = password_links.path_of if row.purpose in PERSONAL else handover.path_of
    return row.body.replace(LINK, config().public_url + path_of(row.link_id))


def _end(
    mail_id: str,
    state: MessageState,
    *,
    problem: str | None = None,
    answer: str | None = None,
    message_id: str | None = None,
) -> None:
    session = db.session()
    row = session.get_one(OutgoingMail, mail_id)
    row.state, row.problem, row.answer, row.message_id = state, problem, answer and answer[:300], message_id
    row.tries += 1
    if state == MessageState.SENT:
        row.sent_at = datetime.now(UTC)
        if row.purpose == Purpose.INVENTORY_COPY and row.topic_id is not None and row.recipient_id is not None:
            inventory = session.get_one(Inventory, row.topic_id)
            handover.write_down_in(
                session, inventory, row.recipient_id, "email", actor="server", to=row.to_address, done=True
            )
        if row.purpose == Purpose.SETTLEMENT_PAPERS and row.topic_id is not None:
            went_out_in(session, session.get_one(Settlement, row.topic_id), "email", "server")
    if state != MessageState.WAITING and row.purpose != Purpose.INVENTORY_COPY:
        _note(session, row, f"mail.{state}")
    elif state == MessageState.FAILED:
        _note(session, row, "handover.mail_refused")
    session.commit()


def _note(session: Session, row: OutgoingMail, action: str) -> None:
    audit.record(
        session, "server", action, row.topic or "mail", row.topic_id or row.id, row.landlord_id, mail_id=row.id
    )


def _message(row: OutgoingMail, number: str | None, attachments: tuple[str, ...] = ()) -> Message:
    return Message(
        id=row.id,
        purpose=row.purpose,
        channel=row.channel,
        topic=row.topic,
        topic_id=row.topic_id,
        recipient_id=row.recipient_id,
        number=number,
        to=row.to_address,
        subject=row.subject,
        body=row.body.replace(LINK, "…") if row.purpose in PERSONAL else _said(row),
        attachments=attachments,
        state=row.state,
        problem=row.problem,
        tries=row.tries,
        message_id=row.message_id,
        answer=row.answer,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
