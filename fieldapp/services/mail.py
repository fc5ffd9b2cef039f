"""Sending the sealed report by e-mail; without a mail server the message stays in the outbox, in sight."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import audit, handover, jobs, snapshot
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import blobs, config
from fieldapp.services.scope import Scope

ATTACHED_BYTES = 7_000_000
"""A heavier report is only linked to: many mail servers refuse messages of 10 MB, and Base64 adds a third."""

LINK = "{link}"
PATIENCE_SECONDS = 30


class BadAddress(ValueError):
    """No e-mail can be sent to this."""


class UnknownMail(LookupError):
    """No such message in this scope."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the outbox as a person reads it."""

    id: str
    inventory_id: str
    number: str
    to: str
    subject: str
    body: str
    state: str
    problem: str | None
    created_at: datetime
    sent_at: datetime | None


def send(scope: Scope, inventory_id: str, party_id: str, to: str, account_id: str) -> None:
    """Write to a party that its report is ready, with a link of its own, and attach it when it is light enough.

    Raises `BadAddress`, and `NotSealed` and `UnknownParty` of `handover`.
    """
    session = db.session()
    inventory = handover.sealed_in(session, scope, inventory_id)
    name = handover.named_in(session, inventory_id, party_id)
    _write_in(session, inventory, party_id, name, checked(to), account_id)
    session.commit()


def send_requested(inventory_id: str) -> int:
    """Send the copies that parties asked for by e-mail when they signed, once the report is sealed; gives how many.

    Asking twice sends once: a party that already has a message is passed over.
    """
    session = db.session()
    inventory = session.get(Inventory, inventory_id, with_for_update=True)
    if inventory is None or inventory.sealed_at is None:
        session.rollback()
        return 0
    entities = snapshot.state_in(session, inventory_id)["entities"]
    written = set(session.scalars(select(OutgoingMail.party_id).where(OutgoingMail.inventory_id == inventory_id)))
    wanted = {
        body["party_id"]: body["to"]
        for body in (entity["fields"].get("body", {}) for entity in entities.values() if entity["kind"] == "handover")
        if body.get("channel") == "email" and body.get("to") and not body.get("done")
    }
    count = 0
    for party_id, to in sorted(wanted.items()):
        party = entities.get(party_id)
        if party is None or party_id in written or not _usable(to):
            continue
        name = str(party["fields"].get("name") or "")
        _write_in(session, inventory, party_id, name, to.strip(), inventory.agent_id, asked=True)
        count += 1
    session.commit()
    return count


def outbox(scope: Scope, most: int = 50) -> tuple[Message, ...]:
    """The latest messages, the newest first."""
    rows = db.session.execute(
        select(OutgoingMail, Inventory.number)
        .join(Inventory, Inventory.id == OutgoingMail.inventory_id)
        .where(*scope.conditions())
        .order_by(OutgoingMail.created_at.desc())
        .limit(most)
    )
    return tuple(_message(row, number) for row, number in rows)


def message(scope: Scope, mail_id: str) -> Message:
    """One message; raises `UnknownMail`."""
    found = db.session.execute(
        select(OutgoingMail, Inventory.number)
        .join(Inventory, Inventory.id == OutgoingMail.inventory_id)
        .where(OutgoingMail.id == mail_id, *scope.conditions())
    ).one_or_none()
    if found is None:
        raise UnknownMail(mail_id)
    return _message(*found)


def deliver(mail_id: str) -> None:
    """Job: hand the message to the mail server; a refusal of the address is final, any other failure is tried again."""
    session = db.session()
    row = session.get(OutgoingMail, mail_id)
    if row is None or row.state != "waiting":
        session.rollback()
        return
    smtp_url = config().smtp_url
    if smtp_url is None:
        row.state = "kept"
        session.commit()
        return
    letter = _letter(session, row)
    session.rollback()  # no lock is held while a mail server thinks
    try:
        _hand_to_server(smtp_url, letter)
    except smtplib.SMTPRecipientsRefused:
        _end(mail_id, "failed", "refused")
    except (OSError, smtplib.SMTPException) as error:
        _end(mail_id, "waiting", type(error).__name__)
        raise
    else:
        _end(mail_id, "sent", None)


def checked(to: str) -> str:
    """The address, trimmed; raises `BadAddress`."""
    if not _usable(to):
        raise BadAddress
    return to.strip()


def _usable(to: str) -> bool:
    try:
        address = Address(addr_spec=to.strip())
    except (ValueError, IndexError, MessageError):
        return False
    return bool(address.username and "." in address.domain)


def _write_in(
    session: Session, inventory: Inventory, party_id: str, name: str, to: str, account_id: str, *, asked: bool = False
) -> None:
    link = handover.new_link_in(session, inventory, party_id, "email", account_id)
    landlord = session.get_one(Landlord, inventory.landlord_id)
    # Within the job that sends it there is nobody whose language could be asked for: it is the inventory's.
    with force_locale(_language(session, inventory.id)):
        subject = _("Votre état des lieux %(number)s", number=inventory.number)
        body = _text(name, inventory.number, landlord)
    mail_id = new_id()
    waiting = config().smtp_url is not None
    session.add(
        OutgoingMail(
            id=mail_id,
            landlord_id=inventory.landlord_id,
            inventory_id=inventory.id,
            party_id=party_id,
            link_id=link.id,
            to_address=to,
            subject=subject,
            body=body,
            state="waiting" if waiting else "kept",
            created_by=account_id,
            created_at=datetime.now(UTC),
        )
    )
    if not asked:  # what was asked for at the signature is written down already
        handover.write_down_in(session, inventory, party_id, "email", account_id=account_id, to=to, done=False)
    if waiting:
        jobs.enqueue(session, "send_mail", {"mail_id": mail_id}, key=f"mail:{mail_id}")


def _text(name: str, number: str, landlord: Landlord) -> str:
    days = handover.LINK_LIVES.days
    return "\n\n".join(
        (
            _("Bonjour %(name)s,", name=name),
            _("Votre état des lieux %(number)s est prêt. Vous pouvez le lire et le garder :", number=number),
            LINK,
            _("Ce lien est pour vous seul. Il s’ouvre pendant %(days)s jours.", days=days),
            _("Une question ? Appelez-nous au %(phone)s.", phone=landlord.phone),
            landlord.name,
        )
    )


def _language(session: Session, inventory_id: str) -> str:
    entities = snapshot.state_in(session, inventory_id)["entities"]
    language = entities.get(inventory_id, {"fields": {}})["fields"].get("language")
    return language if language in {"fr", "en"} else "fr"


def _letter(session: Session, row: OutgoingMail) -> EmailMessage:
    landlord = session.get_one(Landlord, row.landlord_id)
    inventory = session.get_one(Inventory, row.inventory_id)
    report = session.scalars(select(SealedReport).where(SealedReport.inventory_id == row.inventory_id)).one()
    letter = EmailMessage(policy=SMTP)
    letter["From"] = Address(display_name=landlord.name, addr_spec=landlord.email)
    letter["To"] = row.to_address
    letter["Subject"] = row.subject
    letter["Date"] = format_datetime(datetime.now(UTC))
    # The same at every try, so that a message sent twice is shown once.
    letter["Message-ID"] = f"<{row.id}@{landlord.email.partition('@')[2]}>"
    letter.set_content(_said(row))
    if report.bytes <= ATTACHED_BYTES:
        with blobs().open(f"reports/{report.sha256}") as file:
            letter.add_attachment(
                file.read(), maintype="application", subtype="pdf", filename=f"{inventory.number}.pdf"
            )
    return letter


def _said(row: OutgoingMail) -> str:
    return row.body.replace(LINK, config().public_url + handover.path_of(row.link_id))


def _hand_to_server(smtp_url: str, letter: EmailMessage) -> None:
    parts = urlsplit(smtp_url)
    host, secure = parts.hostname or "localhost", ssl.create_default_context()
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE_SECONDS, context=secure)
    else:
        server = smtplib.SMTP(
            host, parts.port or (587 if parts.scheme == "smtp+starttls" else 25), timeout=PATIENCE_SECONDS
        )
    with server:
        if parts.scheme == "smtp+starttls":
            server.starttls(context=secure)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(letter)


def _end(mail_id: str, state: str, problem: str | None) -> None:
    session = db.session()
    row = session.get_one(OutgoingMail, mail_id)
    row.state, row.problem = state, problem
    if state == "sent":
        row.sent_at = datetime.now(UTC)
        inventory = session.get_one(Inventory, row.inventory_id)
        handover.write_down_in(session, inventory, row.party_id, "email", actor="server", to=row.to_address, done=True)
    elif state == "failed":
        audit.record(
            session, "server", "handover.mail_refused", "inventory", row.inventory_id, row.landlord_id, mail_id=row.id
        )
    session.commit()


def _message(row: OutgoingMail, number: str) -> Message:
    return Message(
        id=row.id,
        inventory_id=row.inventory_id,
        number=number,
        to=row.to_address,
        subject=row.subject,
        body=_said(row),
        state=row.state,
        problem=row.problem,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )
