"""What should make the office look twice at a charge before keeping it."""

from collections.abc import Collection
from decimal import Decimal
from enum import StrEnum

from fieldapp.domain.condition import State
from fieldapp.domain.price_list import PriceItem, Unit
from fieldapp.domain.wear import ChargeLine

SPOTS = frozenset({"hole", "stain", "scratch", "chip", "burn"})
"""Defects that have a place and not the whole surface; the codes are the catalogue's."""

SPOT_AREA = Decimal(1)
"""Up to how many square metres a repair of spots is no whole wall; no text fixes it."""


class Doubt(StrEnum):
    """A warning; the line keeps its amount."""

    ABSENT_AT_ENTRY = "absent_at_entry"
    WHOLE_SURFACE_FOR_SPOTS = "whole_surface_for_spots"


def doubts(line: ChargeLine, item: PriceItem | None, quantity: Decimal, defects: Collection[str]) -> list[Doubt]:
    """What is odd about a line priced as `quantity` units of `item` for these defects.

    Only the damaged surface may be charged: a price by the square metre, over more than a square metre, for nothing
    but holes or stains is worth a look. So is a charge for what the entry says was not there.
    """
    found = []
    if line.entry_state is State.ABSENT:
        found.append(Doubt.ABSENT_AT_ENTRY)
    by_area = item is not None and item.unit is Unit.SQUARE_METRE and quantity > SPOT_AREA
    if by_area and defects and SPOTS.issuperset(defects):
        found.append(Doubt.WHOLE_SURFACE_FOR_SPOTS)
    return found
