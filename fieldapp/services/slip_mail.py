"""The copies of what was signed at a visit that were asked for by e-mail: each sent once, with the sealed file."""

from collections.abc import Mapping
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.message import Purpose, Topic
from fieldapp.domain.visit import TECHNICAL_DOCUMENTS, DocumentKind
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
    """Send the copies of one document where they were asked for last, and give how many.

    None leaves twice for the same address, nor before the file is sealed or once it is erased; a technical document has no such copies.
    """
    session = db.session()
    row = session.get(VisitDocument, document_id, with_for_update=True)
    if row is None or row.report_sha256 is None or row.erased_at is not None or row.kind in TECHNICAL_DOCUMENTS:
        session.rollback()
        return 0
    entities = snapshot.state_in(session, row.visit_id)["entities"]
    said = entities[document_id]["fields"]["body"]
    wished = {party_id: to for party_id, to in _wished(entities, document_id).items() if party_id in receivers(said)}
    before = select(OutgoingMail.to_address).where(
        OutgoingMail.topic_id == document_id, OutgoingMail.purpose == Purpose.VISIT_SLIP
    )
    sent = set(session.scalars(before))
    drafts = [
        _draft(session, row, said, (party_id, to))
        for party_id, to in wished.items()
        if mail.usable(to) and to not in sent
    ]
    for draft in drafts:
        mail.write_in(session, draft)
    session.commit()
    return len(drafts)


def receivers(said: Mapping[str, Any]) -> Mapping[str, str]:
    """The names of those who may get a copy of a document, by the id that a handover names; `said` is its body."""
    if "people" in said:
        return {person["id"]: person["name"] for person in said["people"]}
    if "candidate_id" in said:
        return {said["candidate_id"]: said["name"]}
    firm = said["firm"] or {"id": "", "person": ""}
    return {firm["id"]: firm["person"]}


def _wished(entities: Entities, document_id: str) -> dict[str, str]:
    """The last address that each of them gave."""
    bodies = [
        body
        for body in (entity["fields"].get("body", {}) for entity in entities.values() if entity["kind"] == "handover")
        if body.get("document_id") == document_id and body.get("channel") == "email" and body.get("to")
    ]
    in_order = sorted(bodies, key=lambda body: str(body["at"]))
    return {str(body["party_id"]): str(body["to"]).strip() for body in in_order}


def _draft(session: Session, row: VisitDocument, said: Mapping[str, Any], whom: tuple[str, str]) -> mail.Draft:
    landlord = session.get_one(Landlord, row.landlord_id)
    party_id, to = whom
    language = said["language"] if said["language"] in {"fr", "en"} else "fr"
    # Within the job that sends it there is nobody whose language could be asked for: it is the document's.
    with force_locale(language):
        return mail.Draft(
            landlord_id=row.landlord_id,
            agency_id=session.get_one(Visit, row.visit_id).agency_id,
            purpose=Purpose.VISIT_SLIP,
            to=to,
            language=language,
            subject=_("Votre exemplaire n° %(number)s", number=row.number),
            body=_text(receivers(said)[party_id], row, landlord),
            topic=Topic.VISIT_DOCUMENT,
            topic_id=row.id,
            recipient_id=party_id,
            attachments=(mail.Attachment("reports", row.report_sha256 or "", row.bytes or 0, f"{row.number}.pdf"),),
        )


def _what(row: VisitDocument) -> str:
    if row.kind == DocumentKind.ADDENDUM:
        return _(
            "Voici l’exemplaire scellé de l’avenant à votre état des lieux, n° %(number)s. L’état des lieux ne change pas : gardez les deux.",
            number=row.number,
        )
    if row.kind == DocumentKind.ANSWER:
        return _("Voici l’exemplaire scellé de votre réponse à l’offre, n° %(number)s.", number=row.number)
    return _(
        "Voici l’exemplaire scellé de votre bon de visite, n° %(number)s. C’est un avis, jamais la réponse officielle.",
        number=row.number,
    )


def _text(name: str, row: VisitDocument, landlord: Landlord) -> str:
    return "\n\n".join(
        (
            _("Bonjour %(name)s,", name=name),
            _what(row),
            _("Une question ? Appelez-nous au %(phone)s.", phone=landlord.phone),
            landlord.name,
        )
    )
