"""What a sealed inventory changes elsewhere: who lives there from which day, and the event that other systems hear."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from fieldapp.domain.record_fields import Subject
from fieldapp.records.inventory import Inventory
from fieldapp.records.sealed_report import SealedReport
from fieldapp.services import acceptance, inventory_news, outgoing, record_keeping, vacating

Record = Mapping[str, Any]


def tell_in(session: Session, report: SealedReport, record: Record) -> None:
    """Write all of it in the transaction that keeps the sealed report."""
    row = session.get_one(Inventory, report.inventory_id)
    record_keeping.keep_in(session, row, record, {Subject.TENANCY})
    vacating.follow_in(session, row, record)
    news = inventory_news.of(session, row, report, record)
    outgoing.publish_in(session, row.landlord_id, row.agency_id, "inventory.sealed", row.id, news)
    # The office may have accepted it before its report was rendered.
    acceptance.follow_in(session, row)
