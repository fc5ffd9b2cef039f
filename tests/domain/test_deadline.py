"""Deadlines, as French law counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.deadline import (
    easter_sunday,
    heating_month,
    months_after,
    public_holidays,
    ten_days_until,
    working_day_from,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("established_on", "until"),
    (
        (date(2026, 11, 10), date(2026, 11, 20)),
        (date(2026, 12, 17), date(2026, 12, 28)),  # ends on Sunday 27 December
        (date(2022, 5, 16), date(2022, 5, 27)),  # ends on Ascension Day
        (date(2026, 4, 24), date(2026, 5, 4)),
        (date(2027, 4, 21), date(2027, 5, 3)),  # Saturday 1 May, then Sunday
        (date(2026, 12, 22), date(2027, 1, 4)),  # New Year's Day is a Friday, before a weekend
    ),
)
def test_the_ten_days_end_on_a_working_day(established_on: date, until: date) -> None:
    assert ten_days_until(established_on) == until


@given(DAYS)
def test_the_tenant_never_has_less_than_ten_days(day: date) -> None:
    until = ten_days_until(day)
    assert until - day >= timedelta(days=10)
    assert until.weekday() < 5
    assert until not in public_holidays(until.year)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    (
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 6, 15), 12, date(2027, 6, 15)),
    ),
)
def test_a_month_that_is_too_short_ends_the_delay_on_its_last_day(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@pytest.mark.parametrize(
    ("established_on", "first", "last"),
    (
        (date(2026, 6, 1), date(2026, 10, 15), date(2026, 11, 16)),  # 15 November 2026 is a Sunday
        (date(2026, 10, 20), date(2026, 10, 20), date(2026, 11, 16)),
        (date(2026, 11, 16), date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 17), date(2027, 10, 15), date(2027, 11, 15)),
        (date(2027, 1, 8), date(2027, 10, 15), date(2027, 11, 15)),
    ),
)
def test_the_heating_is_completed_in_the_first_month_of_a_season_that_is_not_over(
    established_on: date, first: date, last: date
) -> None:
    assert heating_month(established_on) == (first, last)


def test_a_landlord_may_open_the_season_on_another_day() -> None:
    assert heating_month(date(2026, 6, 1), opens=(10, 1)) == (date(2026, 10, 1), date(2026, 11, 2))


@given(DAYS)
def test_the_heating_month_is_never_over_when_it_is_announced(day: date) -> None:
    first, last = heating_month(day)
    assert day <= first <= last


@pytest.mark.parametrize(
    ("year", "easter"),
    ((1999, date(1999, 4, 4)), (2000, date(2000, 4, 23)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))),
)
def test_easter_falls_where_the_calendar_says(year: int, easter: date) -> None:
    assert easter_sunday(year) == easter


def test_france_has_eleven_public_holidays() -> None:
    assert public_holidays(2026) == {
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    }


@given(DAYS)
def test_a_working_day_stays_where_it_is(day: date) -> None:
    assert working_day_from(working_day_from(day)) == working_day_from(day)
