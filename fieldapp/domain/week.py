"""A week of a team: which appointments of one agent meet each other, and which meet an absence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAYS = 7


@dataclass(frozen=True, slots=True)
class Span:
    """One appointment of an agent, told by its id."""

    id: str
    starts_at: datetime
    ends_at: datetime


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def days_from(monday: date) -> tuple[date, ...]:
    """The seven days of a week."""
    return tuple(monday + timedelta(days=number) for number in range(DAYS))


def meeting(spans: Iterable[Span]) -> frozenset[str]:
    """The ids of those that overlap another one of the same agent; one that ends when the next begins does not."""
    found: set[str] = set()
    open_: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.starts_at, one.id)):
        open_ = [one for one in open_ if one.ends_at > span.starts_at]
        if open_:
            found.update((span.id, *(one.id for one in open_)))
        open_.append(span)
    return frozenset(found)


def covers(day: date, away: Sequence[tuple[date, date]]) -> bool:
    """Whether one of these absences has this day in it."""
    return any(first <= day <= last for first, last in away)
