"""What a sales visit came to for one candidate, in the words that staff count."""

from enum import StrEnum

from fieldapp.domain.visit import End, Outcome, Presence


class VisitResult(StrEnum):
    """An opinion or an absence, never the answer in law."""

    ACCEPTS = "accepts"
    INTERESTED = "interested"
    THINKING = "thinking"
    REFUSES = "refuses"
    ABSENT_EXCUSED = "absent_excused"
    ABSENT_UNEXCUSED = "absent_unexcused"
    UNREACHABLE = "unreachable"
    IMPOSSIBLE = "impossible"
    CANCELLED = "cancelled"


NO_SHOWS = frozenset({VisitResult.ABSENT_EXCUSED, VisitResult.ABSENT_UNEXCUSED, VisitResult.UNREACHABLE})
"""Results for which somebody waited in vain."""

VISITED = frozenset({VisitResult.ACCEPTS, VisitResult.INTERESTED, VisitResult.THINKING, VisitResult.REFUSES})
"""Results of a candidate who saw the dwelling."""


def result_of(presence: Presence | None, outcome: Outcome | None, end: End) -> VisitResult | None:
    """What counts for a candidate; None for one who came and of whom nothing was noted."""
    if end is End.IMPOSSIBLE:
        return VisitResult.IMPOSSIBLE
    if end is End.CANCELLED:
        return VisitResult.CANCELLED
    if presence is not None and not presence.came:
        return VisitResult(presence.value)
    return None if outcome is None else VisitResult(outcome.value)
