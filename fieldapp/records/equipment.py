"""The equipment of a dwelling that is looked at apart from its rooms."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.dwelling import Energy, Scope
from fieldapp.domain.equipment import EquipmentKind
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Equipment(Base):
    """A smoke detector, a boiler, a water heater or a ventilation unit as the dwelling sheet knows it."""

    __tablename__ = "equipment"
    __table_args__ = (
        UniqueConstraint("dwelling_id", "position"),
        UniqueConstraint("dwelling_id", "reference"),
        one_of("equipment_kind", EquipmentKind),
        one_of("energy", Energy),
        one_of("scope", Scope),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    equipment_kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    place: Mapped[str] = mapped_column(String(120), default="")
    installed_on: Mapped[date | None]
    energy: Mapped[str | None] = mapped_column(String(12))
    scope: Mapped[str | None] = mapped_column(String(12))
    last_maintenance: Mapped[date | None]
    position: Mapped[int]
