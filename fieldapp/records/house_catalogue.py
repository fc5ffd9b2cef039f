"""The versions of a landlord's own catalogue, as tablets hold them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class HouseCatalogue(Base):
    """One version: the canonical bytes of its document and their hash; the highest `version` is in force.

    An inventory names the one with which it began, so that none is ever deleted.
    """

    __tablename__ = "house_catalogue"
    __table_args__ = (UniqueConstraint("landlord_id", "version"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"))
    version: Mapped[int]
    sha256: Mapped[Sha256] = mapped_column(index=True)
    document: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
