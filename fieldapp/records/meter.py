"""The individual meters of a dwelling."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.meter import MeterKind
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Meter(Base):
    """A meter with its serial number, its place and its delivery point (PRM or PCE)."""

    __tablename__ = "meter"
    __table_args__ = (
        UniqueConstraint("dwelling_id", "position"),
        UniqueConstraint("dwelling_id", "reference"),
        one_of("meter_kind", MeterKind),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    meter_kind: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(80))
    serial: Mapped[str] = mapped_column(String(40), default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    point: Mapped[str] = mapped_column(String(20), default="")
    position: Mapped[int]
