"""The commercial sheets: what a candidate is told of a dwelling."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Cents, Sha256, Uuid


class DwellingSheet(Base):
    """What the office prepares of a dwelling beyond the stock's facts; amounts in cents a month.

    `key_place` is for the agent alone. `energy_sheet` holds the one-page sheet: contracts, heating, energy_cheque,
    local_services. `override_*` is the office's decision to let a dwelling that the energy rules warn about.
    """

    __tablename__ = "dwelling_sheet"
    __table_args__ = (
        CheckConstraint("rent >= 0 AND charges >= 0 AND deposit >= 0 AND aids >= 0", name="amounts_not_negative"),
        CheckConstraint("climate_class IN ('A', 'B', 'C', 'D', 'E', 'F', 'G')", name="climate_class_known"),
        CheckConstraint("(override_reason IS NULL) = (override_at IS NULL)", name="override_whole"),
    )

    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"), primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    rent: Mapped[Cents]
    charges: Mapped[Cents]
    deposit: Mapped[Cents]
    aids: Mapped[Cents | None]
    available_on: Mapped[date | None]
    floor: Mapped[int | None]
    lift: Mapped[bool] = mapped_column(default=False)
    step_free: Mapped[bool] = mapped_column(default=False)
    wheelchair: Mapped[bool] = mapped_column(default=False)
    adapted_bathroom: Mapped[bool] = mapped_column(default=False)
    climate_class: Mapped[str | None] = mapped_column(String(1))
    planned_works: Mapped[str] = mapped_column(Text, default="")
    key_place: Mapped[str] = mapped_column(String(200), default="")
    risks_on: Mapped[date | None]
    energy_sheet: Mapped[dict[str, Any]]
    contradicted: Mapped[str | None] = mapped_column(String(24))
    override_reason: Mapped[str | None] = mapped_column(String(300))
    override_by: Mapped[Uuid | None] = mapped_column(ForeignKey("account.id"))
    override_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class DwellingPicture(Base):
    """A photograph or the plan of a sheet; its bytes are kept under `photos/<sha256>` like every photograph."""

    __tablename__ = "dwelling_picture"
    __table_args__ = (
        UniqueConstraint("dwelling_id", "position"),
        CheckConstraint("kind IN ('photo', 'plan')", name="kind_known"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    kind: Mapped[str] = mapped_column(String(8))
    sha256: Mapped[Sha256] = mapped_column(index=True)
    bytes: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    caption: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int]
