"""The landlord's local offices."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Agency(Base):
    """A local office: its buildings, its agents, its telephone; `reference` is the landlord's own name for it in files."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("landlord_id", "reference"),)

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    reference: Mapped[str | None] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(20))
