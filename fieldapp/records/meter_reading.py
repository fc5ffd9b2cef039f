"""What the meters said over time, and where each reading came from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.meter import MeterState
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class MeterReading(Base):
    """One reading; the index is text, with its leading zeros. It came from an inventory, a technical
    visit or another system.
    """

    __tablename__ = "meter_reading"
    __table_args__ = (
        UniqueConstraint("inventory_id", "meter_id"),
        Index(None, "meter_id", "read_at"),
        one_of("state", MeterState),
        UniqueConstraint("document_id", "meter_id"),
        CheckConstraint(
            "(CASE WHEN inventory_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN document_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN token_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    meter_id: Mapped[Uuid] = mapped_column(ForeignKey("meter.id"))
    state: Mapped[str] = mapped_column(String(20))
    index: Mapped[str] = mapped_column(Text, default="")
    index_low: Mapped[str] = mapped_column(Text, default="")
    unit: Mapped[str] = mapped_column(Text, default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    read_at: Mapped[datetime]
    inventory_id: Mapped[Uuid | None] = mapped_column(ForeignKey("inventory.id"))
    document_id: Mapped[Uuid | None] = mapped_column(ForeignKey("visit_document.id"))
    token_id: Mapped[Uuid | None] = mapped_column(ForeignKey("api_token.id"))
    written_at: Mapped[datetime]
