"""Which tablet holds which inventory."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Holding(Base):
    """A tablet received this inventory in a pack, or wrote to it; it is fed until told to drop it."""

    __tablename__ = "holding"
    __table_args__ = (Index(None, "root_id"),)

    device_id: Mapped[Uuid] = mapped_column(ForeignKey("device.id"), primary_key=True)
    root_id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid]
    since: Mapped[datetime]
    evicted_at: Mapped[datetime | None]
