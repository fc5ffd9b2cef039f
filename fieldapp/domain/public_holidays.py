"""The public holidays where a dwelling stands: mainland France, Alsace-Moselle and overseas each have their own."""

from datetime import date, timedelta

from fieldapp.domain.deadline import SATURDAY, easter_sunday, public_holidays

ALSACE_MOSELLE = frozenset({"57", "67", "68"})
"""Good Friday and 26 December are holidays there (ordonnance du 16 août 1892; code du travail, art. L3134-13)."""

ABOLITION = {
    "971": (5, 27),
    "972": (5, 22),
    "973": (6, 10),
    "974": (12, 20),
    "976": (4, 27),
    "977": (10, 9),
    "978": (5, 28),
}
"""Month and day on which the abolition of slavery is commemorated (code du travail, art. L3422-2; décret 83-1003)."""

_ISLANDS = {"97133": "977", "97150": "978"}
"""Postcodes that Guadeloupe kept for the islands that left it."""


def department_of(postcode: str) -> str:
    """The department of a French postcode: `29`, `2A`, `974`; empty for another text."""
    digits = "".join(postcode.split())
    if len(digits) != 5 or not digits.isascii() or not digits.isdigit():
        return ""
    if digits in _ISLANDS:
        return _ISLANDS[digits]
    if digits.startswith(("97", "98")):
        return digits[:3]
    if digits.startswith("20"):
        return "2A" if digits < "20200" else "2B"
    return digits[:2]


def holidays_in(department: str, year: int) -> frozenset[date]:
    """The public holidays of a year in a department; those of mainland France for one that is not known.

    Good Friday is a holiday only in those communes of Alsace-Moselle that have a Protestant church: taken for all,
    because a delay that ends a few days later harms nobody.
    """
    national = public_holidays(year)
    if department in ALSACE_MOSELLE:
        return national | {easter_sunday(year) - timedelta(days=2), date(year, 12, 26)}
    if department in ABOLITION:
        return national | {date(year, *ABOLITION[department])}
    return national


def working_day_in(department: str, day: date) -> date:
    """This day, or the first after it that is neither Saturday, Sunday nor public holiday in the department."""
    while day.weekday() >= SATURDAY or day in holidays_in(department, day.year):
        day += timedelta(days=1)
    return day
