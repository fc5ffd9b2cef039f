"""An approved settlement becomes its two sealed papers, the assessment and the letter; once and for ever."""

import json
from datetime import UTC, datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.settlement import Settlement, SettlementReport
from fieldapp.services import audit, installation, settlement_document
from fieldapp.services.sealing import AUDIT_FORMAT, CannotSeal, Papers, sealed, utc_text
from sync import canonical


def seal_settlement(root_id: str) -> None:
    """Seal what of the two papers is not there yet: the body of the job `seal_settlement`.

    Raises `CannotSeal`, `SealDoesNotHold`, `RenderFailed`, `StamperUnavailable`: the job is then tried again.
    """
    session = db.session()
    row = session.get(Settlement, root_id)
    if row is None or row.document_sha256 is None:
        session.rollback()
        raise CannotSeal("nothing was approved")
    landlord_id, approved_at = row.landlord_id, row.approved_at or datetime.now(UTC)
    with installation.blobs().open(f"settlements/{row.document_sha256}") as file:
        document = json.load(file)
    here = [
        kind
        for kind in (settlement_document.ASSESSMENT, settlement_document.LETTER)
        if session.get(SettlementReport, (root_id, kind)) is None
    ]
    session.rollback()
    for kind in here:
        paper = canonical.dumps(settlement_document.paper(document, kind))
        pdf, level = sealed(_papers(paper, root_id, landlord_id, approved_at), installation.config())
        _keep(session, root_id, landlord_id, kind, pdf, level)


def _papers(paper: bytes, root_id: str, landlord_id: str, approved_at: datetime) -> Papers:
    """Nobody signs a settlement: it has neither acts nor tablets, and its journal begins with the approval."""
    journal = {
        "format": AUDIT_FORMAT,
        "inventory_id": root_id,
        "received_at": None,
        "copies": [],
        "events": [{"at": utc_text(approved_at), "actor": "server", "action": "settlement.approved"}],
    }
    nothing = canonical.dumps([])
    return Papers(paper, nothing, nothing, canonical.dumps(journal), {}, landlord_id)


def _keep(session: Session, root_id: str, landlord_id: str, kind: str, pdf: bytes, level: str) -> None:
    """Row and journal in one transaction; of two workers that sealed at once, the first one's paper stands."""
    sha256 = canonical.sha256_hex(pdf)
    installation.blobs().put(f"reports/{sha256}", pdf)
    session.add(
        SettlementReport(
            inventory_id=root_id, kind=kind, sha256=sha256, bytes=len(pdf), level=level, sealed_at=datetime.now(UTC)
        )
    )
    facts: dict[str, audit.Fact] = {"kind": kind, "sha256": sha256, "level": level}
    audit.record(session, "server", "settlement.sealed", "inventory", root_id, landlord_id, **facts)
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
