"""The history of the central record: each value with the document that said it, or who corrected it and why."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.record_fields import Subject
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class RecordValue(Base):
    """One value of one field, true from `since` on; `value` is canonical JSON. Rows are added, never changed.

    What holds today is the row with the latest `since`, and of two the one written later: a document that arrives late
    does not take the place of a newer one.
    """

    __tablename__ = "record_value"
    __table_args__ = (
        one_of("subject", Subject),
        CheckConstraint(
            "(CASE WHEN inventory_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN document_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN account_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="one_source",
        ),
        CheckConstraint("account_id IS NULL OR reason <> ''", name="corrected_with_reason"),
        UniqueConstraint("inventory_id", "entity_id", "field"),
        UniqueConstraint("document_id", "entity_id", "field"),
        Index(None, "entity_id", "field"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    subject: Mapped[str] = mapped_column(String(12))
    entity_id: Mapped[Uuid]
    field: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime]
    inventory_id: Mapped[Uuid | None] = mapped_column(ForeignKey("inventory.id"))
    document_id: Mapped[Uuid | None] = mapped_column(ForeignKey("visit_document.id"))
    account_id: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    written_at: Mapped[datetime]
