"""What an accepted inventory and its addenda tell the central record and the works list, once the sealed report is there."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.review import Verdict
from fieldapp.records.inventory import Inventory
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.review import Review
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import addendum_results, promised_works, record_keeping, signed_record
from fieldapp.services.identifier import new_id
from sync import moment


def follow_in(session: Session, row: Inventory) -> None:
    """Keep what the signed record says, in the caller's transaction; nothing before both are there, and again nothing."""
    verdict = session.scalar(select(Review.verdict).where(Review.inventory_id == row.id))
    if verdict != Verdict.ACCEPTED or session.get(SealedReport, row.id) is None:
        return
    record = signed_record.read(row)
    _keep_readings(session, row, record)
    record_keeping.keep_in(session, row, record)
    promised_works.raise_in(session, row, record)
    addendum_results.keep_in(session, row)


def _keep_readings(session: Session, row: Inventory, record: Mapping[str, Any]) -> None:
    """What the meters of the dwelling said; a meter that only this inventory knows stays in its document."""
    if not record["established_at"]:
        return
    known = set(session.scalars(select(Meter.id).where(Meter.dwelling_id == row.dwelling_id)))
    known -= set(session.scalars(select(MeterReading.meter_id).where(MeterReading.inventory_id == row.id)))
    for meter in record["meters"]:
        if meter["id"] not in known or not meter["state"]:
            continue
        session.add(
            MeterReading(
                id=new_id(),
                landlord_id=row.landlord_id,
                dwelling_id=row.dwelling_id,
                meter_id=meter["id"],
                read_at=moment.read(record["established_at"]),
                inventory_id=row.id,
                written_at=datetime.now(UTC),
                **{name: meter[name] for name in ("state", "index", "index_low", "unit", "reason")},
            )
        )
