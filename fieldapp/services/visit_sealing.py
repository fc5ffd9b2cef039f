"""What was accepted at a visit becomes its sealed file: rendered, sealed, verified, kept; once and for ever."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.audit_entry import AuditEntry
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import addendum_news, audit, installation, slip_mail, snapshot, visit_closing
from fieldapp.services.sealing import AUDIT_FORMAT, CannotSeal, Papers, keys_of, sealed, utc_text
from sync import canonical

Json = dict[str, Any]


def seal_document(document_id: str) -> str:
    """Seal an accepted document and give the SHA-256 of its file; a second call gives the one that exists.

    The body of the job `seal_document`: whatever it raises, the job is tried again. Raises CannotSeal, SealDoesNotHold,
    RenderFailed, StamperUnavailable.
    """
    session = db.session()
    row = session.get(VisitDocument, document_id)
    if row is None:
        raise CannotSeal("no record was accepted")
    if row.report_sha256 is not None:
        kept = row.report_sha256
        session.rollback()
        slip_mail.send_requested(document_id)
        return kept
    papers = _papers(session, row)
    session.rollback()
    pdf, level = sealed(papers, installation.config())
    sha256 = canonical.sha256_hex(pdf)
    installation.blobs().put(f"reports/{sha256}", pdf)
    kept = _keep(session, document_id, sha256, len(pdf), level)
    slip_mail.send_requested(document_id)
    return kept


def _papers(session: Session, row: VisitDocument) -> Papers:
    with installation.blobs().open(f"records/{row.record_sha256}") as file:
        record = file.read()
    blobs = installation.blobs()
    shots = {photo["report"]["sha256"] for photo in json.loads(record)["photos"]}
    lost = sorted(sha256 for sha256 in shots if not blobs.exists(f"photos/{sha256}"))
    if lost:
        raise CannotSeal(f"{len(lost)} photographs are not here")
    entities = snapshot.state_in(session, row.visit_id)["entities"]
    acts = [body for body in snapshot.acts_in(session, row.visit_id) if body["record_sha256"] == row.record_sha256]
    return Papers(
        record=record,
        acts=canonical.dumps(acts),
        keys=canonical.dumps(keys_of(session, acts)),
        audit=canonical.dumps(_journal(session, row, entities)),
        files={sha256: blobs.path(f"photos/{sha256}") for sha256 in shots},
        landlord_id=row.landlord_id,
    )


def _journal(session: Session, row: VisitDocument, entities: Mapping[str, Json]) -> Json:
    """What happened to this document; of the visit's other candidates nothing is in it."""
    accepted = select(AuditEntry).where(
        AuditEntry.subject_id == row.visit_id, AuditEntry.action == "visit.document_accepted"
    )
    mine = [entry for entry in session.scalars(accepted) if entry.facts.get("sha256") == row.record_sha256]
    return {
        "format": AUDIT_FORMAT,
        "inventory_id": row.visit_id,
        "received_at": utc_text(row.accepted_at),
        "copies": _copies(row, entities),
        "events": [{"at": utc_text(entry.at), "actor": entry.actor, "action": entry.action} for entry in mine],
    }


def _copies(row: VisitDocument, entities: Mapping[str, Json]) -> list[Json]:
    bodies = [
        entity["fields"]["body"]
        for entity in entities.values()
        if entity["kind"] == "handover" and entity["fields"].get("body", {}).get("document_id") == row.id
    ]
    names = slip_mail.receivers(entities[row.id]["fields"]["body"])
    found = [
        {"name": names.get(body["party_id"], ""), **{part: body[part] for part in ("channel", "at", "done")}}
        for body in bodies
    ]
    return sorted(found, key=lambda copy: str(copy["at"]))


def _keep(session: Session, document_id: str, sha256: str, size: int, level: str) -> str:
    """Row and journal in one transaction; of two workers that sealed at once, the first one's file stands."""
    first = visit_closing.mark_sealed_in(session, document_id, sha256, size, level, datetime.now(UTC))
    row = session.get_one(VisitDocument, document_id)
    if first:
        addendum_news.follow_in(session, row.visit_id)
        audit.record(
            session,
            "server",
            "visit.document_sealed",
            "visit",
            row.visit_id,
            row.landlord_id,
            sha256=sha256,
            level=level,
        )
    kept = row.report_sha256 or sha256
    session.commit()
    return kept
