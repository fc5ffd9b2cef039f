"""A works request: who noticed what is to be repaired, and how far it has come."""

from enum import StrEnum


class WorksSource(StrEnum):
    """Whether the agent saw it, or a resident asked for it."""

    SNAG = "snag"
    REQUEST = "request"


class WorksState(StrEnum):
    """How far it has come."""

    NEW = "new"
    ORDERED = "ordered"
    DONE = "done"
    DROPPED = "dropped"


SETTLED = frozenset({WorksState.DONE, WorksState.DROPPED})
"""Nothing is waited for any more."""

INSIDE = "dwelling"
"""The place of a defect that keeps a dwelling empty: one in the common parts or outside keeps nobody from moving in."""
