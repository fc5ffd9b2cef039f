"""Until when a candidate may answer an offer of a dwelling (code de la construction et de l'habitation, art. R441-10)."""

from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.domain.public_holidays import working_day_in

DELAY = 10
"""Days to answer at least; a landlord may give more."""


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """An offer's delay: `tenth` is its last day as counted, `reply_by` the one on which it ends, until midnight."""

    notified_on: date
    tenth: date
    reply_by: date

    @property
    def extended(self) -> bool:
        """Whether it goes on because its last day is a Saturday, a Sunday or a public holiday."""
        return self.reply_by != self.tenth

    def is_over(self, today: date) -> bool:
        """Whether the delay has ended: silence is a refusal from then on."""
        return today > self.reply_by

    def days_left(self, today: date) -> int:
        """How many days remain, today not counted; 0 on the last day."""
        return (self.reply_by - today).days


def reply_clock(notified_on: date, department: str, days: int = DELAY) -> ReplyClock:
    """Count from the day after notification; raises `ValueError` for fewer days than the law gives.

    2 February gives 12 February, and Monday 14 when that is a Saturday.
    """
    if days < DELAY:
        raise ValueError(f"the law gives {DELAY} days at least")
    tenth = notified_on + timedelta(days=days)
    return ReplyClock(notified_on, tenth, working_day_in(department, tenth))
