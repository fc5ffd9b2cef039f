"""The rooms and parts of a dwelling, whose ids live as long as the dwelling."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Room(Base):
    """A room, a cellar, a garden: whatever the tenant alone uses (décret 2016-382, art. 1).

    `reference` is the landlord's own name for it in files.
    """

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("dwelling_id", "position"), UniqueConstraint("dwelling_id", "reference"))

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    dwelling_id: Mapped[Uuid] = mapped_column(ForeignKey("dwelling.id"))
    reference: Mapped[str | None] = mapped_column(String(40))
    room_kind: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]
