"""Sending the sealed report of an inventory to a party by e-mail."""

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.message import Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import handover, mail, snapshot
from fieldapp.services.scope import Scope


def send(scope: Scope, inventory_id: str, party_id: str, to: str, account_id: str) -> None:
    """Write to a party that its report is ready, with a link of its own, and attach it when it is light enough.

    Raises `BadAddress` of `mail`, and `NotSealed` and `UnknownParty` of `handover`.
    """
    session = db.session()
    inventory = handover.sealed_in(session, scope, inventory_id)
    name = handover.named_in(session, inventory_id, party_id)
    _write_in(session, inventory, party_id, name, mail.checked(to), account_id)
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
    copies = select(OutgoingMail.recipient_id).where(
        OutgoingMail.topic_id == inventory_id, OutgoingMail.purpose == Purpose.INVENTORY_COPY
    )
    written = set(session.scalars(copies))
    wanted = {
        body["party_id"]: body["to"]
        for body in (entity["fields"].get("body", {}) for entity in entities.values() if entity["kind"] == "handover")
        if body.get("channel") == "email" and body.get("to") and not body.get("done")
    }
    count = 0
    for party_id, to in sorted(wanted.items()):
        party = entities.get(party_id)
        if party is None or party_id in written or not mail.usable(to):
            continue
        name = str(party["fields"].get("name") or "")
        _write_in(session, inventory, party_id, name, to.strip(), inventory.agent_id, asked=True)
        count += 1
    session.commit()
    return count


def _write_in(
    session: Session, inventory: Inventory, party_id: str, name: str, to: str, account_id: str, *, asked: bool = False
) -> None:
    link = handover.new_link_in(session, inventory, party_id, "email", account_id)
    landlord = session.get_one(Landlord, inventory.landlord_id)
    report = session.scalars(select(SealedReport).where(SealedReport.inventory_id == inventory.id)).one()
    files = (mail.Attachment("reports", report.sha256, report.bytes, f"{inventory.number}.pdf"),)
    language = _language(session, inventory.id)
    # Within the job that sends it there is nobody whose language could be asked for: it is the inventory's.
    with force_locale(language):
        draft = mail.Draft(
            landlord_id=inventory.landlord_id,
            agency_id=inventory.agency_id,
            purpose=Purpose.INVENTORY_COPY,
            to=to,
            language=language,
            subject=_("Votre état des lieux %(number)s", number=inventory.number),
            body=_text(name, inventory.number, landlord),
            topic=Topic.INVENTORY,
            topic_id=inventory.id,
            recipient_id=party_id,
            link_id=link.id,
            attachments=files if mail.light(files) else (),
            account_id=account_id,
        )
    mail.write_in(session, draft)
    if not asked:  # what was asked for at the signature is written down already
        handover.write_down_in(session, inventory, party_id, "email", account_id=account_id, to=to, done=False)


def _text(name: str, number: str, landlord: Landlord) -> str:
    days = handover.LINK_LIVES.days
    return "\n\n".join(
        (
            _("Bonjour %(name)s,", name=name),
            _("Votre état des lieux %(number)s est prêt. Vous pouvez le lire et le garder :", number=number),
            mail.LINK,
            _("Ce lien est pour vous seul. Il s’ouvre pendant %(days)s jours.", days=days),
            _("Une question ? Appelez-nous au %(phone)s.", phone=landlord.phone),
            landlord.name,
        )
    )


def _language(session: Session, inventory_id: str) -> str:
    entities = snapshot.state_in(session, inventory_id)["entities"]
    language = entities.get(inventory_id, {"fields": {}})["fields"].get("language")
    return language if language in {"fr", "en"} else "fr"
