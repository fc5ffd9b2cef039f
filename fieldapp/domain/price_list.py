"""The price list (bordereau de prix) that landlord and tenants' associations agreed on."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

MISSING, BROKEN = "missing", "broken"
"""Defects, as the catalogue codes them, after which a thing is replaced."""


class Unit(StrEnum):
    """What one unit price is for."""

    SQUARE_METRE = "m2"
    METRE = "m"
    PIECE = "piece"
    FLAT = "flat"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class PriceItem:
    """One work: `price` in cents before tax for one unit, `vat` in percent.

    `element_kinds` are the elements and keys of the catalogue that it repairs, `defects` the ones it mends (none: any); `wear_kind` is
    the row of the wear grid that ages it, "" when no grid speaks of it.
    """

    code: str
    label: str
    element_kinds: tuple[str, ...]
    defects: tuple[str, ...]
    wear_kind: str
    unit: Unit
    price: int
    vat: Decimal

    def net(self, quantity: Decimal) -> Decimal:
        """The exact price before tax in euros of a quantity in hundredths; rounding waits for the tax."""
        return quantity * self.price / 100

    def mends(self, element_kind: str, defects: Collection[str]) -> bool:
        """Whether it is for this kind of element, and for one of these defects when it is for particular ones."""
        return element_kind in self.element_kinds and (
            not self.defects or any(code in self.defects for code in defects)
        )

    def replaces(self, element_kind: str) -> bool:
        """Whether it puts a new one in the place of what is gone: meant for what is missing, or a whole piece."""
        if element_kind not in self.element_kinds:
            return False
        whole = self.unit is Unit.PIECE and (not self.defects or BROKEN in self.defects)
        return MISSING in self.defects or whole


@dataclass(frozen=True, slots=True)
class PriceList:
    """A dated version of the list; a line that was charged keeps the version it was priced with."""

    title: str
    version: int
    starts_on: date
    items: tuple[PriceItem, ...]


def fitting(items: Iterable[PriceItem], element_kind: str, defects: Collection[str], *, gone: bool) -> list[PriceItem]:
    """What may be charged: the works meant for one of these defects first, then those for any.

    For what is `gone`: what puts a new one in its place, the works meant for what is missing first. Vectors: `works.json`.
    """
    if gone:
        found = [item for item in items if item.replaces(element_kind)]
        return sorted(found, key=lambda item: MISSING not in item.defects)
    found = [item for item in items if item.mends(element_kind, defects)]
    return sorted(found, key=lambda item: not item.defects)
