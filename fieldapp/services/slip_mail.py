"""The copy of a slip or an answer that a candidate asked for by e-mail: sent once, with the sealed file."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.message import Purpose, Topic
from fieldapp.extensions import db
from fieldapp.records.landlord import Landlord
from fieldapp.records.outgoing_mail import OutgoingMail
from fieldapp.records.visit import Visit
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import mail, snapshot

Entities = Mapping[str, Mapping[str, Any]]


def send_of_visit(visit_id: str) -> int:
    """Send what was asked for at a visit and is sealed already; gives how many: the body of the job `send_slip_copies`."""
    rows = db.session.scalars(select(VisitDocument.id).where(VisitDocument.visit_id == visit_id)).all()
    return sum(send_requested(document_id) for document_id in rows)


def send_requested(document_id: str) -> int:
    """Send the copy of one document where it was asked for last; 0 when it was sent there before, or is not sealed yet."""
    session = db.session()
    row = session.get(VisitDocument, document_id, with_for_update=True)
    if row is None or row.report_sha256 is None or row.candidate_id is None:
        session.rollback()
        return 0
    entities = snapshot.state_in(session, row.visit_id)["entities"]
    to = _wished(entities, document_id)
    before = select(OutgoingMail.id).where(
        OutgoingMail.topic_id == document_id, OutgoingMail.purpose == Purpose.VISIT_SLIP, OutgoingMail.to_address == to
    )
    if not mail.usable(to) or session.scalar(before.limit(1)) is not None:
        session.rollback()
        return 0
    mail.write_in(session, _draft(session, row, entities, to))
    session.commit()
    return 1


def _wished(entities: Entities, document_id: str) -> str:
    bodies = [
        body
        for body in (entity["fields"].get("body", {}) for entity in entities.values() if entity["kind"] == "handover")
        if body.get("document_id") == document_id and body.get("channel") == "email" and body.get("to")
    ]
    return str(max(bodies, key=lambda body: str(body["at"]))["to"]).strip() if bodies else ""


def _draft(session: Session, row: VisitDocument, entities: Entities, to: str) -> mail.Draft:
    landlord = session.get_one(Landlord, row.landlord_id)
    body = entities[row.id]["fields"]["body"]
    language = body["language"] if body["language"] in {"fr", "en"} else "fr"
    # Within the job that sends it there is nobody whose language could be asked for: it is the document's.
    with force_locale(language):
        return mail.Draft(
            landlord_id=row.landlord_id,
            agency_id=session.get_one(Visit, row.visit_id).agency_id,
            purpose=Purpose.VISIT_SLIP,
            to=to,
            language=language,
            subject=_("Votre exemplaire n° %(number)s", number=row.number),
            body=_text(str(body["name"]), row, landlord),
            topic=Topic.VISIT_DOCUMENT,
            topic_id=row.id,
            recipient_id=row.candidate_id,
            attachments=(mail.Attachment("reports", row.report_sha256 or "", row.bytes or 0, f"{row.number}.pdf"),),
        )


def _text(name: str, row: VisitDocument, landlord: Landlord) -> str:
    what = (
        _("Voici l’exemplaire scellé de votre réponse à l’offre, n° %(number)s.", number=row.number)
        if row.kind == "visit_answer"
        else _(
            "Voici l’exemplaire scellé de votre bon de visite, n° %(number)s. C’est un avis, jamais la réponse officielle.",
            number=row.number,
        )
    )
    return "\n\n".join(
        (
            _("Bonjour %(name)s,", name=name),
            what,
            _("Une question ? Appelez-nous au %(phone)s.", phone=landlord.phone),
            landlord.name,
        )
    )
