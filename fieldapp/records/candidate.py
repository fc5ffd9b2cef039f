"""The candidates for a dwelling."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.access_need import AccessNeed
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Candidate(Base):
    """Somebody who looks for a dwelling; `unique_number` is kept as it was given, right or wrong.

    `erased_at` says when the retention rule took name, telephone, mail and number away: the figures keep the row.
    """

    __tablename__ = "candidate"
    __table_args__ = (UniqueConstraint("landlord_id", "reference"), one_of("need", AccessNeed))

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agency_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"), index=True)
    reference: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    unique_number: Mapped[str] = mapped_column(String(30), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    need: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None] = mapped_column(index=True)
