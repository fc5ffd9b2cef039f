"""Deadlines: the days until which a tenant may still ask, counted as French law counts."""

from calendar import monthrange
from datetime import date, timedelta

WINDOW = timedelta(days=10)
"""How long after its establishment a move-in inventory may be completed (loi 89-462, art. 3-2)."""

SEASON_OPENS = (10, 15)
"""Month and day on which the heating season is taken to begin; no text fixes it."""

SATURDAY = 5


def ten_days_until(established_on: date) -> date:
    """The last day on which the tenant may ask to complete the inventory (loi 89-462, art. 3-2).

    The day of establishment does not count. A window that ends on a Saturday, a Sunday or a public holiday is held
    open to the next working day (code de procédure civile, art. 641 and 642, applied in the tenant's favour).
    """
    return working_day_from(established_on + WINDOW)


def heating_month(established_on: date, opens: tuple[int, int] = SEASON_OPENS) -> tuple[date, date]:
    """First and last day of the month in which the heating elements may still be completed (loi 89-462, art. 3-2).

    The first month of the heating season that has not ended when the inventory is established: of the coming season,
    or what is left of this one's.
    """
    first = date(established_on.year, *opens)
    if established_on > working_day_from(months_after(first, 1)):
        first = date(established_on.year + 1, *opens)
    last = working_day_from(months_after(first, 1))
    return max(first, established_on), last


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it is shorter (CPC, art. 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day_from(day: date) -> date:
    """This day, or the first after it that is neither Saturday, Sunday nor public holiday (CPC, art. 642)."""
    while day.weekday() >= SATURDAY or day in public_holidays(day.year):
        day += timedelta(days=1)
    return day


def public_holidays(year: int) -> frozenset[date]:
    """The eleven public holidays of mainland France (code du travail, art. L3133-1)."""
    easter = easter_sunday(year)
    moving = (easter + timedelta(days=days) for days in (1, 39, 50))
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return frozenset([*moving, *(date(year, month, day) for month, day in fixed)])


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, skipped = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    quarter, beyond = divmod(rest, 4)
    sunday = (32 + 2 * skipped + 2 * quarter - moon - beyond) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
