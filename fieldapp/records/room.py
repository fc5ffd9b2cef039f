"""The rooms and parts of a dwelling, whose ids live as long as the dwelling."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Room(Base):
    """A room, a cellar, a garden: whatever the tenant alone uses (décret 2016-382, art. 1)."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("dwelling_id", "position"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    room_kind: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
