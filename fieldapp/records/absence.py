"""The days on which an agent is not there."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Absence(Base):
    """Whole days, both ends counted; why is nobody's business here."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_on >= first_on", name="ends_after_start"),
        Index(None, "agent_id", "last_on"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    agent_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    created_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
