"""The sealed reports: one PDF an inventory, which never changes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class SealedReport(Base):
    """The sealed PDF of one inventory: its bytes are the blob `reports/<sha256>`; `level` is the seal's, never claimed."""

    __tablename__ = "sealed_report"
    __table_args__ = (CheckConstraint("bytes > 0", name="bytes_positive"),)

    inventory_id: Mapped[Uuid] = mapped_column(ForeignKey("inventory.id"), primary_key=True)
    sha256: Mapped[Sha256] = mapped_column(unique=True)
    bytes: Mapped[int]
    level: Mapped[str] = mapped_column(String(20))
    sealed_at: Mapped[datetime]
