"""The part of a monthly amount that some of the month's days cost."""

from calendar import monthrange
from datetime import date, timedelta

from fieldapp.domain.money import part

DAY = timedelta(days=1)


def rent_for(monthly: int, first: date, last: date) -> int:
    """What the days from `first` to `last`, both included, cost in cents; 0 when there are none.

    By the days of each calendar month, half up. Counted from the month's first day: however a month is cut, its parts
    add up to the monthly amount.
    """
    return max(0, _since_the_beginning(monthly, last) - _since_the_beginning(monthly, first - DAY))


def _since_the_beginning(monthly: int, day: date) -> int:
    """Whole months of the calendar before this day's month, then its own days."""
    months = day.year * 12 + day.month - 1
    return monthly * months + part(monthly, day.day, monthrange(day.year, day.month)[1])
