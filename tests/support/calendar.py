"""What day it is where the dwellings stand: late in the evening it is no longer the machine's day."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from fieldapp.domain.zone import PARIS


def today() -> date:
    """The day of the appointments that a tablet gets now."""
    return datetime.now(ZoneInfo(PARIS)).date()
