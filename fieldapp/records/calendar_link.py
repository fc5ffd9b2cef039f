"""The secret addresses of the agents' calendars."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class CalendarLink(Base):
    """One address of one agent's calendar; only a hash of its secret is kept, and it works until revoked."""

    __tablename__ = "calendar_link"

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agent_id: Mapped[Uuid] = mapped_column(ForeignKey("account.id"), index=True)
    secret_sha256: Mapped[Sha256] = mapped_column(unique=True)
    created_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
