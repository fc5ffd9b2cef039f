"""The condition of an element: its state, and the other things that can be said of it."""

from enum import StrEnum


class State(StrEnum):
    """The states, best first, then the two answers that are no state. Empty is none of them."""

    NEW = "new"
    GOOD = "good"
    WORN = "worn"
    POOR = "poor"
    OUT_OF_ORDER = "out_of_order"
    NOT_CHECKED = "not_checked"
    ABSENT = "absent"

    @property
    def is_condition(self) -> bool:
        """Whether this says how the element is, not why it cannot be said."""
        return self not in {State.NOT_CHECKED, State.ABSENT}


class Working(StrEnum):
    """Whether what should work does."""

    YES = "yes"
    NO = "no"
    NOT_TESTED = "not_tested"


class Cleanliness(StrEnum):
    """Whether an element is clean."""

    CLEAN = "clean"
    TO_CLEAN = "to_clean"


_ORDER = (State.NEW, State.GOOD, State.WORN, State.POOR, State.OUT_OF_ORDER)


def is_worse(before: State, after: State) -> bool | None:
    """Whether an element got worse; None when either answer is no state."""
    if not (before.is_condition and after.is_condition):
        return None
    return _ORDER.index(after) > _ORDER.index(before)
