"""The elements of a room, whose ids live as long as the dwelling."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Element(Base):
    """A surface or a piece of equipment; `material` is the dwelling sheet's word for it, empty when unknown."""

    __tablename__ = "element"
    __table_args__ = (UniqueConstraint("room_id", "position"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    room_id: Mapped[Uuid] = mapped_column(ForeignKey("room.id"))
    element_kind: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    material: Mapped[str] = mapped_column(String(120), default="")
    quantity: Mapped[int | None]
    position: Mapped[int]
