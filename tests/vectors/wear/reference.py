"""Wear, rent and delays worked out a second time, straight from the text of the rules: what the vectors expect.

Nothing of the application is imported here. Fractions instead of decimals, anniversaries walked one by one instead of
calculated: whoever agrees with this on every vector did not merely copy it.
"""

import calendar
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

ORDER = ("new", "good", "worn", "poor", "out_of_order")
FREE = ("normal_wear", "construction_defect", "force_majeure", "third_party", "landlord_fault", "landlord_works")

Json = dict[str, Any]


def expected(line: Json, grid: Json) -> Json:
    """The assessment that a line must get."""
    gross = half_up(Fraction(line["net"] or 0) * (1 + Fraction(line["vat_percent"]) / 100) * 100)
    share: Fraction | None = None
    age: int | None = None
    reason = gate(line) or ("price_missing" if line["net"] is None else "")
    if not reason and line["cause"] == "loss" and not grid["wears_losses"]:
        reason, share = "loss", Fraction(100)
    if not reason:
        rows = [row for row in grid["rows"] if row["element_kind"] == line["element_kind"]]
        age = complete_years(line["start_date"], line["end_date"])
        if not rows:
            reason, age = "no_grid_row", None
        elif age is None:
            reason = "age_unknown"
        else:
            reason, share = formula(rows[0], age)
    free = reason in {*FREE, "not_worse", "landlord_obstructed"}
    due = 0 if free else None if share is None else half_up(Fraction(gross) * share / 100)
    return {
        "line_id": line["line_id"],
        "age": age,
        "share_percent": None if share is None else percent(share),
        "gross": euros(gross),
        "due": None if due is None else euros(due),
        "outcome": "to_assess" if due is None else "due",
        "reason": reason,
    }


def gate(line: Json) -> str:
    """The first gate that stops the line, in the order of the rules; "" when none does."""
    entry, leaving, cause = line["entry_state"], line["exit_state"], line["cause"]
    gates = (
        (entry in ORDER and leaving in ORDER and ORDER.index(leaving) <= ORDER.index(entry), "not_worse"),
        (cause in FREE, cause),
        (line["entry_inventory"] == "obstructed_by_landlord", "landlord_obstructed"),
        (line["entry_inventory"] == "no", "no_entry_inventory"),
        (entry is None, "entry_missing"),
        (entry == "not_checked", "entry_not_checked"),
        (leaving is None, "exit_missing"),
        (leaving == "not_checked", "exit_not_checked"),
        (leaving == "absent" and cause != "loss", "exit_absent"),
        (cause is None, "cause_missing"),
        (cause == "incident", "incident"),
    )
    return next((reason for stops, reason in gates if stops), "")


def formula(row: Json, age: int) -> tuple[str, Fraction]:
    """(branch, percent) of the grid's formula."""
    life, franchise = row["life_years"], row["franchise_years"]
    rate, floor = Fraction(row["annual_rate_percent"]), Fraction(row["floor_percent"])
    if age <= franchise:
        return "within_franchise", Fraction(100)
    if age >= life:
        return "past_life", floor
    falling = 100 - rate * (age - franchise)
    return ("by_rate", falling) if falling > floor else ("floor_reached", floor)


def complete_years(start: str | None, end: str | None) -> int | None:
    """How many anniversaries have come; each counts on its day, one of 29 February on the last day of February."""
    if start is None or end is None or end < start:
        return None
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    years = 0
    while anniversary(first, years + 1) <= last:
        years += 1
    return years


def anniversary(first: date, years: int) -> date:
    """The day on which so many years are complete."""
    if (first.month, first.day) == (2, 29) and not calendar.isleap(first.year + years):
        return date(first.year + years, 2, 28)
    return date(first.year + years, first.month, first.day)


def rent_for(monthly: int, first: date, last: date) -> int:
    """Cents for the days of a span: each month is worth what its days until the end cost, less those before the span."""
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    cost = 0
    for year, month in sorted({(day.year, day.month) for day in days}):
        inside = [day.day for day in days if (day.year, day.month) == (year, month)]
        length = calendar.monthrange(year, month)[1]
        cost += half_up(Fraction(monthly * inside[-1], length)) - half_up(Fraction(monthly * (inside[0] - 1), length))
    return cost


def month_later(day: date, months: int) -> date:
    """The same day some months later, going back to the month's last day where there is no such day."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        if number <= calendar.monthrange(year, month)[1]:
            return date(year, month, number)
    raise ValueError(day)


def months_begun(due_by: date, day: date) -> int:
    """How many months of delay have begun."""
    months = 0
    while month_later(due_by, months) < day:
        months += 1
    return months


def half_up(value: Fraction) -> int:
    """The nearest whole number, a half up."""
    return (value + Fraction(1, 2)).__floor__()


def euros(cents: int) -> str:
    """Cents as an amount."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def percent(share: Fraction) -> str:
    """A percent of at most two decimals, without needless zeros."""
    whole, hundredths = divmod(int(share * 100), 100)
    return f"{whole}.{hundredths:02d}".rstrip("0").rstrip(".")
