"""What a meter counted between two days."""

from datetime import date
from decimal import Decimal

import pytest

from fieldapp.domain.consumption import Gap, Read, between

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def read(on: str, index: str, low: str = "", *, state: str = "read", unit: str = "m³", serial: str = "S1") -> Read:
    return Read(date.fromisoformat(on), state, index, low, unit, serial, "EDL")


def test_it_runs_from_the_last_reading_before_the_period_to_the_last_in_it() -> None:
    readings = [
        read("2024-03-01", "00010"),
        read("2025-11-30", "00100,5"),
        read("2026-06-30", "", state="inaccessible"),
        read("2026-10-01", "00142,75"),
        read("2027-01-02", "00200"),
    ]
    found = between(readings, FIRST, LAST)
    assert (found.opening, found.closing) == (readings[1], readings[3])
    assert (found.total, found.low, found.gap) == (Decimal("42.25"), None, None)


def test_without_a_reading_before_the_period_it_starts_at_the_first_one_in_it() -> None:
    found = between([read("2026-02-01", "100", "40"), read("2026-05-01", "130", "55")], FIRST, LAST)
    assert (found.total, found.low) == (Decimal(30), Decimal(15))


@pytest.mark.parametrize(
    ("readings", "gap"),
    (
        ([], Gap.TOO_FEW),
        ([read("2026-02-01", "5")], Gap.TOO_FEW),
        ([read("2025-02-01", "5"), read("2025-03-01", "6")], Gap.TOO_FEW),
        ([read("2026-02-01", "5"), read("2026-03-01", "illisible")], Gap.NOT_A_NUMBER),
        ([read("2026-02-01", "5", "1"), read("2026-03-01", "6")], Gap.NOT_A_NUMBER),
        ([read("2026-02-01", "5"), read("2026-03-01", "6", serial="S2")], Gap.REPLACED),
        ([read("2026-02-01", "5"), read("2026-03-01", "6", unit="kWh")], Gap.OTHER_UNIT),
        ([read("2026-02-01", "99"), read("2026-03-01", "6")], Gap.BACKWARDS),
    ),
)
def test_what_cannot_be_said_is_said_to_be_so(readings: list[Read], gap: Gap) -> None:
    found = between(readings, FIRST, LAST)
    assert (found.total, found.gap) == (None, gap)
