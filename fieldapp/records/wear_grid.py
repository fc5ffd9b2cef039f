"""The wear grids of the collective agreements: imported whole, and never changed afterwards."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Sha256, Uuid


class WearGrid(Base):
    """One version of a grid; `sha256` is of the imported file, `ends_on` the agreement's last day, if it has one.

    It is for the buildings of `wear_grid_building`, or for the whole stock when none is named there.
    """

    __tablename__ = "wear_grid"
    __table_args__ = (
        UniqueConstraint("landlord_id", "title", "version"),
        CheckConstraint("version > 0", name="version_positive"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    version: Mapped[int]
    signatories: Mapped[str] = mapped_column(String(1000))
    perimeter: Mapped[str] = mapped_column(String(200))
    signed_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    wears_losses: Mapped[bool]
    sha256: Mapped[Sha256]
    imported_at: Mapped[datetime]


class WearGridBuilding(Base):
    """One building of a grid's perimeter."""

    __tablename__ = "wear_grid_building"

    grid_id: Mapped[Uuid] = mapped_column(ForeignKey("wear_grid.id"), primary_key=True)
    building_id: Mapped[Uuid] = mapped_column(ForeignKey("building.id"), primary_key=True, index=True)


class WearGridRow(Base):
    """One kind of element: whole years; `rate` and `floor` in hundredths of a percent."""

    __tablename__ = "wear_grid_row"
    __table_args__ = (
        UniqueConstraint("grid_id", "position"),
        CheckConstraint("life > 0 AND franchise >= 0", name="years_possible"),
        CheckConstraint("rate BETWEEN 0 AND 10000 AND floor BETWEEN 0 AND 10000", name="percents_possible"),
    )

    grid_id: Mapped[Uuid] = mapped_column(ForeignKey("wear_grid.id"), primary_key=True)
    element_kind: Mapped[str] = mapped_column(String(200), primary_key=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    life: Mapped[int]
    franchise: Mapped[int]
    rate: Mapped[int] = mapped_column(Integer)
    floor: Mapped[int] = mapped_column(Integer)


class TenancyGrid(Base):
    """The one grid of a tenancy: chosen once, whatever is imported later."""

    __tablename__ = "tenancy_grid"

    tenancy_id: Mapped[Uuid] = mapped_column(ForeignKey("tenancy.id"), primary_key=True)
    grid_id: Mapped[Uuid] = mapped_column(ForeignKey("wear_grid.id"), index=True)
    chosen_at: Mapped[datetime]
