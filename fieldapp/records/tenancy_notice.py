"""The notices by which tenancies end."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class TenancyNotice(Base):
    """When notice was given and until when the tenancy runs; `next_tenancy_id` is the lease of a move within the stock."""

    __tablename__ = "tenancy_notice"
    __table_args__ = (
        CheckConstraint("leaves_on >= given_on", name="leaves_after_notice"),
        CheckConstraint("next_tenancy_id <> tenancy_id", name="moves_elsewhere"),
    )

    tenancy_id: Mapped[Uuid] = mapped_column(ForeignKey("tenancy.id"), primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    given_on: Mapped[date]
    leaves_on: Mapped[date]
    next_tenancy_id: Mapped[Uuid | None] = mapped_column(ForeignKey("tenancy.id"), unique=True)
    created_by: Mapped[Uuid] = mapped_column(ForeignKey("account.id"))
    created_at: Mapped[datetime]
