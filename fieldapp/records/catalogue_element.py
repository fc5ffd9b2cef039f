"""What a landlord's rooms hold: the elements with which an imported room is furnished."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class CatalogueElement(Base):
    """An element that every room of a kind has at this landlord; kinds are those of the catalogue."""

    __tablename__ = "catalogue_element"
    __table_args__ = (UniqueConstraint("landlord_id", "room_kind", "reference"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    room_kind: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str] = mapped_column(String(40))
    element_kind: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    material: Mapped[str] = mapped_column(String(120), default="")
    position: Mapped[int]
