"""By when the deposit is returned, and what a landlord who is late owes on top (loi 89-462, art. 22)."""

from datetime import date

from fieldapp.domain.deadline import months_after
from fieldapp.domain.money import part

CONFORMING_MONTHS, OTHER_MONTHS = 1, 2
ACCOUNTS_MONTHS = 1
PENALTY_PERCENT = 10


def deposit_due_by(keys_returned_on: date, *, conforms: bool) -> date:
    """The last day for returning the deposit: one month after the keys when the exit conforms to the entry, else two.

    The keys count from the day they were given in hand or by registered post. Ends on the last day of a shorter month.
    """
    return months_after(keys_returned_on, CONFORMING_MONTHS if conforms else OTHER_MONTHS)


def provision_due_by(accounts_approved_on: date) -> date:
    """The last day for settling what was kept for charges: a month after the building's accounts are approved."""
    return months_after(accounts_approved_on, ACCOUNTS_MONTHS)


def months_begun(due_by: date, day: date) -> int:
    """How many months of delay have begun on a day: 0 until the deadline, 1 on the day after it.

    Each month is counted from the deadline itself, so that a deadline on the 31st does not drift to the 28th.
    """
    months = max(0, (day.year - due_by.year) * 12 + day.month - due_by.month)
    return months + (months_after(due_by, months) < day)


def late_penalty(rent: int, due_by: date, returned_on: date, *, address_given: bool) -> int:
    """What the deposit grows by, in cents: 10 % of the monthly rent without charges for each month begun.

    Nothing when the delay comes from the tenant's new address, which was never given. Rounded once, half up.
    """
    return part(rent, PENALTY_PERCENT * months_begun(due_by, returned_on), 100) if address_given else 0
