"""The price lists agreed with the tenants' associations: imported whole, and never changed afterwards."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.domain.price_list import Unit
from fieldapp.records.base import Base, Cents, Sha256, Uuid
from fieldapp.records.choice import one_of


class PriceList(Base):
    """One version of a list, used from `starts_on`; `sha256` is of the imported file."""

    __tablename__ = "price_list"
    __table_args__ = (
        UniqueConstraint("landlord_id", "title", "version"),
        CheckConstraint("version > 0", name="version_positive"),
    )

    id: Mapped[Uuid] = mapped_column(primary_key=True)
    landlord_id: Mapped[Uuid] = mapped_column(ForeignKey("landlord.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    version: Mapped[int]
    starts_on: Mapped[date]
    sha256: Mapped[Sha256]
    imported_at: Mapped[datetime]


class PriceItem(Base):
    """One work: cents before tax a unit, VAT in hundredths of a percent; codes of the catalogue and of the grid."""

    __tablename__ = "price_item"
    __table_args__ = (
        UniqueConstraint("list_id", "position"),
        one_of("unit", Unit),
        CheckConstraint("price >= 0 AND vat >= 0", name="amounts_not_negative"),
    )

    list_id: Mapped[Uuid] = mapped_column(ForeignKey("price_list.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(200), primary_key=True)
    position: Mapped[int]
    label: Mapped[str] = mapped_column(String(200))
    element_kinds: Mapped[list[Any]]
    defects: Mapped[list[Any]]
    wear_kind: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(10))
    price: Mapped[Cents]
    vat: Mapped[int]
