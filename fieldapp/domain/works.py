"""A works request: who noticed what is to be repaired, and how far it has come."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class WorksSource(StrEnum):
    """Whether the agent saw it, a resident asked for it, or the landlord promised it in an inventory."""

    SNAG = "snag"
    REQUEST = "request"
    PROMISE = "promise"


class WorksState(StrEnum):
    """How far it has come."""

    NEW = "new"
    ORDERED = "ordered"
    DONE = "done"
    DROPPED = "dropped"


class Trade(StrEnum):
    """Whose work it is, by the heads of décret 87-712."""

    EXTERIOR = "exterior"
    OPENINGS = "openings"
    INTERIOR = "interior"
    PLUMBING = "plumbing"
    ELECTRICITY = "electricity"
    OTHER = "other"


SETTLED = frozenset({WorksState.DONE, WorksState.DROPPED})
"""Nothing is waited for any more."""

INSIDE = "dwelling"
"""The place of a defect that keeps a dwelling empty: one in the common parts or outside keeps nobody from moving in."""


def trade_of(element_kind: str | None, catalogue: Mapping[str, Any]) -> Trade:
    """The trade that mends an element of the catalogue; what is no element is for others."""
    found = next((row for row in catalogue["elements"] if row["code"] == element_kind), None)
    return Trade.OTHER if found is None else Trade(found["repair_head"])
