"""The price list (bordereau de prix) that landlord and tenants' associations agreed on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class PriceList:
    """A dated version of the list; a line that was charged keeps the version it was priced with."""

    title: str
    version: int
    starts_on: date
    items: tuple[PriceItem, ...]

    def for_defects(self, element_kind: str, defects: Collection[str]) -> list[PriceItem]:
        """What may be charged for these defects: the works meant for one of them first, then those for any."""
        fitting = [item for item in self.items if item.mends(element_kind, defects)]
        return sorted(fitting, key=lambda item: not item.defects)
