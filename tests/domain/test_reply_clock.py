"""Until when an offer may be answered: ten days, and the next working day of the department (R441-10)."""

from datetime import date

import pytest

from fieldapp.domain.public_holidays import department_of, holidays_in
from fieldapp.domain.reply_clock import reply_clock
from tests.domain.vectors import read

VECTORS = read("reply/clock.json")


def test_the_delay_of_2_february_ends_on_the_12th() -> None:
    clock = reply_clock(date(2026, 2, 2), "29")
    assert clock.reply_by == date(2026, 2, 12)
    assert not clock.extended


def test_a_delay_that_ends_on_a_saturday_goes_on_until_monday() -> None:
    clock = reply_clock(date(2022, 2, 2), "29")
    assert clock.tenth == date(2022, 2, 12)
    assert clock.reply_by == date(2022, 2, 14)


@pytest.mark.parametrize(
    ("department", "notified_on", "reply_by"),
    (
        ("29", date(2026, 12, 15), date(2026, 12, 28)),  # Christmas Day, then a weekend
        ("67", date(2025, 12, 15), date(2025, 12, 29)),  # Christmas, 26 December in Alsace, a weekend
        ("29", date(2025, 12, 15), date(2025, 12, 26)),
        ("57", date(2026, 3, 24), date(2026, 4, 7)),  # Good Friday in Moselle, Easter Monday
        ("29", date(2026, 3, 24), date(2026, 4, 3)),
        ("974", date(2027, 12, 10), date(2027, 12, 21)),  # 20 December in Réunion
        ("972", date(2026, 5, 12), date(2026, 5, 26)),  # 22 May in Martinique, weekend, Whit Monday
    ),
)
def test_each_department_has_its_own_holidays(department: str, notified_on: date, reply_by: date) -> None:
    assert reply_clock(notified_on, department).reply_by == reply_by


def test_silence_is_a_refusal_only_after_midnight_of_the_last_day() -> None:
    clock = reply_clock(date(2026, 2, 2), "29")
    assert not clock.is_over(date(2026, 2, 12))
    assert clock.is_over(date(2026, 2, 13))
    assert clock.days_left(date(2026, 2, 10)) == 2


def test_a_landlord_may_give_more_days_and_never_fewer() -> None:
    assert reply_clock(date(2026, 2, 2), "29", days=15).reply_by == date(2026, 2, 17)
    with pytest.raises(ValueError, match="10"):
        reply_clock(date(2026, 2, 2), "29", days=9)


def test_the_days_are_those_of_the_shared_vector() -> None:
    for notified_on, department, tenth, reply_by in VECTORS["clocks"]:
        clock = reply_clock(date.fromisoformat(notified_on), department)
        assert (clock.tenth.isoformat(), clock.reply_by.isoformat()) == (tenth, reply_by)
    for department, years in VECTORS["holidays"].items():
        for year, days in years.items():
            assert sorted(day.isoformat() for day in holidays_in(department, int(year))) == days
    for postcode, department in VECTORS["departments"].items():
        assert department_of(postcode) == department
