"""A week of a team: what meets what."""

from datetime import UTC, date, datetime

import pytest

from fieldapp.domain.week import Span, covers, days_from, meeting, monday_of


def span(name: str, first: str, last: str) -> Span:
    begins, ends = (datetime.fromisoformat(f"2026-11-23T{hour}").replace(tzinfo=UTC) for hour in (first, last))
    return Span(name, begins, ends)


@pytest.mark.parametrize("day", ("2026-11-23", "2026-11-26", "2026-11-29"))
def test_a_week_begins_on_its_monday(day: str) -> None:
    assert monday_of(date.fromisoformat(day)) == date(2026, 11, 23)
    assert days_from(date(2026, 11, 23))[-1] == date(2026, 11, 29)


def test_what_ends_when_the_next_begins_does_not_meet_it() -> None:
    assert meeting([span("a", "09:00", "10:00"), span("b", "10:00", "11:00")]) == frozenset()


def test_a_long_one_meets_everything_within_it_and_nothing_after() -> None:
    day = [span("long", "09:00", "12:00"), span("a", "09:30", "10:00"), span("b", "11:00", "11:30")]
    assert meeting([*day, span("after", "12:00", "13:00")]) == {"long", "a", "b"}


def test_an_absence_has_both_its_days() -> None:
    away = [(date(2026, 11, 24), date(2026, 11, 25))]
    assert [covers(day, away) for day in days_from(date(2026, 11, 23))[:4]] == [False, True, True, False]
