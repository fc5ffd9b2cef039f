"""Why a dwelling stands empty, and what that costs."""

from datetime import date
from enum import StrEnum


class VacancyKind(StrEnum):
    """Whether it waits for a tenant, or for works."""

    COMMERCIAL = "commercial"
    TECHNICAL = "technical"


DAYS_OF_A_YEAR = 365
MONTHS_OF_A_YEAR = 12


def empty_days(starts_on: date, ends_on: date | None, first: date, last: date) -> int:
    """How many days of a stretch lie between two days, both counted; the day on which a tenant comes is not empty."""
    begins = max(starts_on, first)
    ends = min(ends_on, date.fromordinal(last.toordinal() + 1)) if ends_on else date.fromordinal(last.toordinal() + 1)
    return max(0, (ends - begins).days)


def cost_of(days: int, monthly: int) -> int:
    """What these days cost in cents: rent and charges of a year by the day, half up."""
    return (2 * days * monthly * MONTHS_OF_A_YEAR + DAYS_OF_A_YEAR) // (2 * DAYS_OF_A_YEAR)
