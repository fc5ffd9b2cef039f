"""The landlord's staff, who sign in."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.account import Role
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Account(Base):
    """A member of staff: `quality`, `mandate` and `domicile` are what an inventory prints of an agent."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("role <> 'agent' OR agency_id IS NOT NULL", name="agent_has_agency"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agency_id: Mapped[Uuid | None] = mapped_column(ForeignKey("agency.id"), index=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(12))
    password_hash: Mapped[str] = mapped_column(String(200))
    quality: Mapped[str] = mapped_column(String(120), default="")
    mandate: Mapped[str] = mapped_column(String(200), default="")
    domicile: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
