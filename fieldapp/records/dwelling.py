"""The dwelling sheets: what is known of the premises before anybody visits them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.dwelling import DwellingKind, Energy, Scope
from fieldapp.records.base import Base, Cents, Hundredths, Uuid
from fieldapp.records.choice import one_of


class Dwelling(Base):
    """The premises of one lease: area in hundredths of m², yearly energy cost in cents."""

    __tablename__ = "dwelling"
    __table_args__ = (
        UniqueConstraint("landlord_id", "reference"),
        one_of("kind", DwellingKind),
        one_of("heating_scope", Scope),
        one_of("heating_energy", Energy),
        one_of("hot_water_scope", Scope),
        CheckConstraint("area > 0", name="area_positive"),
        CheckConstraint("dpe_class IN ('A', 'B', 'C', 'D', 'E', 'F', 'G')", name="dpe_class_known"),
        CheckConstraint("dpe_cost_low <= dpe_cost_high", name="dpe_cost_ordered"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    building_id: Mapped[Uuid] = mapped_column(ForeignKey("building.id"), index=True)
    reference: Mapped[str] = mapped_column(String(30))
    kind: Mapped[str] = mapped_column(String(20))
    type: Mapped[str] = mapped_column(String(10), default="")
    area: Mapped[Hundredths]
    detail: Mapped[str] = mapped_column(String(120), default="")
    annexes: Mapped[str] = mapped_column(String(200), default="")
    access: Mapped[str] = mapped_column(String(200), default="")
    heating_scope: Mapped[str] = mapped_column(String(12))
    heating_energy: Mapped[str] = mapped_column(String(12))
    hot_water_scope: Mapped[str] = mapped_column(String(12))
    dpe_class: Mapped[str | None] = mapped_column(String(1))
    dpe_number: Mapped[str | None] = mapped_column(String(20))
    dpe_date: Mapped[date | None]
    dpe_cost_low: Mapped[Cents | None]
    dpe_cost_high: Mapped[Cents | None]
