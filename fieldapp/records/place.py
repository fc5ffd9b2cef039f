"""The surroundings sheets: what is around a building."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.place import PlaceKind
from fieldapp.records.base import Base, Uuid
from fieldapp.records.choice import one_of


class Place(Base):
    """A place around a building: latitude and longitude in ten-millionths of a degree, distance in metres.

    Coverage and risks are words without a point.
    """

    __tablename__ = "place"
    __table_args__ = (
        one_of("kind", PlaceKind),
        CheckConstraint(
            "(lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (distance_m IS NULL)", name="point_whole"
        ),
        CheckConstraint("distance_m >= 0", name="distance_natural"),
        UniqueConstraint("building_id", "reference"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    building_id: Mapped[Uuid] = mapped_column(ForeignKey("building.id"), index=True)
    reference: Mapped[str | None] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(120))
    lines: Mapped[str] = mapped_column(String(120), default="")
    detail: Mapped[str] = mapped_column(String(300), default="")
    lat_e7: Mapped[int | None]
    lon_e7: Mapped[int | None]
    distance_m: Mapped[int | None]
