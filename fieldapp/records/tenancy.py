"""The tenancies, with the people who hold each lease."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.party import Bond, Quality
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.records.base import Base, Cents, Uuid
from fieldapp.records.choice import one_of


class Tenancy(Base):
    """One lease of one dwelling; amounts in cents."""

    __tablename__ = "tenancy"
    __table_args__ = (
        UniqueConstraint("landlord_id", "reference"),
        one_of("lease_kind", LeaseKind),
        CheckConstraint("rent >= 0 AND charges >= 0 AND deposit >= 0", name="amounts_not_negative"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), index=True)
    reference: Mapped[str] = mapped_column(String(30))
    lease_kind: Mapped[str] = mapped_column(String(12))
    lease_signed_on: Mapped[date]
    starts_on: Mapped[date]
    rent: Mapped[Cents]
    charges: Mapped[Cents]
    deposit: Mapped[Cents]
    furnished: Mapped[bool] = mapped_column(default=False)


class TenancyParty(Base):
    """A person on the lease, or who signs for one."""

    __tablename__ = "tenancy_party"
    __table_args__ = (
        UniqueConstraint("tenancy_id", "position"),
        UniqueConstraint("tenancy_id", "reference"),
        one_of("quality", Quality),
        one_of("bond", Bond),
        CheckConstraint("(spouse_id IS NULL) = (bond IS NULL)", name="spouse_by_a_bond"),
        CheckConstraint("spouse_id <> id", name="spouse_is_another"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    tenancy_id: Mapped[Uuid] = mapped_column(ForeignKey("tenancy.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(120))
    quality: Mapped[str] = mapped_column(String(12))
    domicile: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="fr")
    position: Mapped[int]
    spouse_id: Mapped[Uuid | None] = mapped_column(ForeignKey("tenancy_party.id"))
    bond: Mapped[str | None] = mapped_column(String(10))
