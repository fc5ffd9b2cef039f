"""The browsers in which members of staff are signed in."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class OfficeSession(Base):
    """One sign-in; ended by its owner, by signing out, or by time. `browser` is what the browser calls itself, shortened."""

    __tablename__ = "office_session"
    __table_args__ = (Index(None, "account_id", "ended_at"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    account_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    browser: Mapped[str] = mapped_column(String(80))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
