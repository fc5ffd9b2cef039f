"""The elements of a room, whose ids live as long as the dwelling."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Element(Base):
    """A surface or a piece of equipment; `material` is the dwelling sheet's word for it, empty when unknown.

    `reference` is the landlord's own name for it in files; the days say when it was put in and last renewed.
    """

    __tablename__ = "element"
    __table_args__ = (UniqueConstraint("room_id", "position"), UniqueConstraint("room_id", "reference"))

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    room_id: Mapped[Uuid] = mapped_column(ForeignKey("room.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    element_kind: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    material: Mapped[str] = mapped_column(String(120), default="")
    quantity: Mapped[int | None]
    position: Mapped[int]
    installed_on: Mapped[date | None]
    renewed_on: Mapped[date | None]
