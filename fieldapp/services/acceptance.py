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
from fieldapp.records.outgoing_event import OutgoingEvent
from fieldapp.records.review import Review
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import (
    addendum_results,
    inventory_news,
    outgoing,
    promised_works,
    record_keeping,
    signed_record,
)
from fieldapp.services.identifier import new_id
from sync import moment

ACCEPTED = "inventory.accepted"


def follow_in(session: Session, row: Inventory) -> None:
    """Keep what the signed record says, in the caller's transaction; nothing before both are there, and again nothing."""
    review, report = session.get(Review, row.id), session.get(SealedReport, row.id)
    if review is None or review.verdict != Verdict.ACCEPTED or report is None:
        return
    record = signed_record.read(row)
    _keep_readings(session, row, record)
    record_keeping.keep_in(session, row, record)
    promised_works.raise_in(session, row, record)
    addendum_results.keep_in(session, row)
    _tell(session, row, report, record, review.decided_at or datetime.now(UTC))


def _tell(
    session: Session, row: Inventory, report: SealedReport, record: Mapping[str, Any], accepted_at: datetime
) -> None:
    """Other systems hear once that the office accepted it: what they take over needs no second look from then on."""
    heard = select(OutgoingEvent.id).where(OutgoingEvent.subject_id == row.id, OutgoingEvent.type == ACCEPTED)
    if session.scalar(heard.limit(1)) is not None:
        return
    news = inventory_news.of(session, row, report, record)
    news["inventory"]["accepted_at"] = moment.write(accepted_at)
    outgoing.publish_in(session, row.landlord_id, row.agency_id, ACCEPTED, row.id, news)


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
