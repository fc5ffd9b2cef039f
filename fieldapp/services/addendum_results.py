"""What the signed addenda of an accepted inventory tell the central record: readings, counts of keys, states."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.addendum import AddendumKind, AddendumState, told
from fieldapp.domain.meter import MeterState
from fieldapp.records.addendum import Addendum
from fieldapp.records.inventory import Inventory
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services import installation, record_keeping
from fieldapp.services.identifier import new_id
from sync import moment


def keep_in(session: Session, row: Inventory) -> None:
    """Keep what every sealed addendum says, in the caller's transaction, each under its own name; again, it adds nothing."""
    signed = session.execute(
        select(VisitDocument, Addendum.kind)
        .join(Addendum, Addendum.visit_id == VisitDocument.visit_id)
        .where(
            Addendum.inventory_id == row.id,
            Addendum.state == AddendumState.SIGNED,
            VisitDocument.decision == "signed",
            VisitDocument.sealed_at.is_not(None),
        )
        .order_by(VisitDocument.accepted_at)
    ).all()
    for document, kind in signed:
        with installation.blobs().open(f"records/{document.record_sha256}") as file:
            record = json.load(file)
        since = moment.read(record["established_at"])
        record_keeping.keep_addendum_in(session, document, row, told(record), since)
        # A correction is of what was read on the day of the original; the heating is looked at today.
        read_at = since if kind == AddendumKind.HEATING else moment.read(record["original"]["established_at"])
        _read(session, document, row.dwelling_id, record, read_at)


def _read(
    session: Session, document: VisitDocument, dwelling_id: str, record: Mapping[str, Any], read_at: datetime
) -> None:
    known = set(session.scalars(select(Meter.id).where(Meter.dwelling_id == dwelling_id)))
    known -= set(session.scalars(select(MeterReading.meter_id).where(MeterReading.document_id == document.id)))
    read = {one["subject_id"]: one for one in record["amendments"] if one["index"] and one["subject_id"] in known}
    session.add_all(
        MeterReading(
            id=new_id(),
            landlord_id=document.landlord_id,
            dwelling_id=dwelling_id,
            meter_id=meter_id,
            document_id=document.id,
            read_at=read_at,
            state=MeterState.READ,
            written_at=datetime.now(UTC),
            reason="",
            **{name: one[name] for name in ("index", "index_low", "unit")},
        )
        for meter_id, one in read.items()
    )
    session.flush()
