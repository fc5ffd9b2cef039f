"""When dwellings stood empty, and why: what a vacancy costs is counted from it."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.vacancy import VacancyKind
from fieldapp.records.base import Base, Cents, Uuid
from fieldapp.records.choice import one_of


class Vacancy(Base):
    """One stretch of days without a tenant, the last one not counted; `monthly` is rent and charges in cents."""

    __tablename__ = "vacancy"
    __table_args__ = (
        one_of("kind", VacancyKind),
        CheckConstraint("ends_on > starts_on", name="ends_after_start"),
        CheckConstraint("monthly >= 0", name="monthly_not_negative"),
        Index(None, "landlord_id", "starts_on"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    monthly: Mapped[Cents]
