"""The days that both languages must give: the ten-day window and the heating month."""

from datetime import date

from fieldapp.domain.deadline import heating_month, public_holidays, ten_days_until
from fieldapp.domain.local_day import long_day
from tests.domain.vectors import read

VECTORS = read("deadline/days.json")


def test_the_deadlines_are_those_of_the_shared_vector() -> None:
    for day, until, *month in VECTORS["days"]:
        established_on = date.fromisoformat(day)
        assert ten_days_until(established_on).isoformat() == until
        assert [end.isoformat() for end in heating_month(established_on)] == month


def test_the_holidays_are_those_of_the_shared_vector() -> None:
    for year, days in VECTORS["holidays"].items():
        assert sorted(day.isoformat() for day in public_holidays(int(year))) == days


def test_ten_days_that_end_on_a_sunday_or_on_ascension_day_go_on_to_the_next_working_day() -> None:
    assert ten_days_until(date(2026, 12, 17)) == date(2026, 12, 28)
    assert ten_days_until(date(2022, 5, 16)) == date(2022, 5, 27)


def test_a_day_is_written_with_its_weekday() -> None:
    assert long_day(date(2026, 12, 1), "fr") == "mardi 1er décembre 2026"
    assert long_day(date(2026, 12, 1), "en") == "Tuesday 1 December 2026"
