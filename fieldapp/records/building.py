"""The buildings of the stock."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Uuid


class Building(Base):
    """A building at one address, looked after by one agency; its point in ten-millionths of a degree."""

    __tablename__ = "building"
    __table_args__ = (
        UniqueConstraint("landlord_id", "reference"),
        CheckConstraint("(lat_e7 IS NULL) = (lon_e7 IS NULL)", name="point_whole"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    agency_id: Mapped[Uuid] = mapped_column(ForeignKey("agency.id"), index=True)
    reference: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    street: Mapped[str] = mapped_column(String(120))
    postcode: Mapped[str] = mapped_column(String(10))
    town: Mapped[str] = mapped_column(String(80))
    lat_e7: Mapped[int | None]
    lon_e7: Mapped[int | None]
