"""Makes the sealed PDF of a convocation by letter; apart from the rest, so that a web process never loads what seals."""

import json

from fieldapp.domain.message import MessageState
from fieldapp.extensions import db
from fieldapp.records.outgoing_mail import MailAttachment, OutgoingMail
from fieldapp.services import installation
from fieldapp.services.sealing import AUDIT_FORMAT, Papers, sealed
from sync import canonical


def seal_letter(mail_id: str, document_sha256: str) -> None:
    """Job: seal the letter and lay it beside its message, to be printed; once. Raises what sealing raises."""
    session = db.session()
    row = session.get(OutgoingMail, mail_id)
    landlord_id = row.landlord_id if row is not None and row.state == MessageState.WAITING else None
    session.rollback()
    if landlord_id is None:
        return
    with installation.blobs().open(f"records/{document_sha256}") as file:
        document = file.read()
    nothing = canonical.dumps([])
    written = {"at": json.loads(document)["established_at"], "actor": "server", "action": "convocation.written"}
    journal = {"format": AUDIT_FORMAT, "inventory_id": mail_id, "received_at": None, "copies": [], "events": [written]}
    papers = Papers(document, nothing, nothing, canonical.dumps(journal), {}, landlord_id)
    pdf, _level = sealed(papers, installation.config())
    sha256 = canonical.sha256_hex(pdf)
    installation.blobs().put(f"reports/{sha256}", pdf)
    row = session.get_one(OutgoingMail, mail_id, with_for_update=True)
    if row.state == MessageState.WAITING:
        row.state = MessageState.KEPT
        name = f"{json.loads(document)['number']}.pdf"
        session.add(
            MailAttachment(
                mail_id=mail_id,
                sha256=sha256,
                folder="reports",
                name=name,
                media_type="application/pdf",
                bytes=len(pdf),
            )
        )
    session.commit()
