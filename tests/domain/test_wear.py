"""The tenant owes what the gates and the grid say, to the cent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.cause import Cause
from fieldapp.domain.condition import State
from fieldapp.domain.money import NotADecimal, cents, decimal, plain
from fieldapp.domain.wear import Outcome, Reason, age_at, assess, total
from fieldapp.domain.wear_grid import GridRow, WearGrid
from tests.domain.wear_vectors import CASES, GRIDS, LINES, line_of
from tests.vectors.wear import generate

A = GRIDS["a"]
PAINT = line_of(LINES["worked"][0]["line"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['grid']}: {case['line']['line_id']}")
def test_a_line_comes_to_what_the_shared_vector_says(case: dict[str, Any]) -> None:
    assert assess(line_of(case["line"]), GRIDS[case["grid"]]).as_json() == case["expected"]


def test_the_vectors_hold_every_worked_example_and_two_hundred_more() -> None:
    assert [case["expected"]["due"] for case in LINES["worked"]] == [
        *("333.36", "424.27", "36.96", "129.80", "24.66", "19.47", "156.31", "0.00", "44.00")
    ]
    assert len(LINES["generated"]) >= 200
    assert {case["expected"]["reason"] for case in CASES} == set(Reason)


def test_the_total_is_the_sum_of_the_rounded_lines_and_leaves_out_what_a_person_decides() -> None:
    assessed = [
        assess(line_of(LINES["worked"][place]["line"]), GRIDS["b" if place == 6 else "a"]) for place in (0, 2, 8)
    ]
    door = assess(line_of(LINES["worked"][6]["line"]), GRIDS["b"])
    waiting = assess(replace(PAINT, started_on=None), A)
    assert waiting.due is None
    assert total([*assessed, door, waiting]) == 57063


def test_the_vectors_are_what_the_reference_gives_today() -> None:
    assert generate.wear() == LINES


@pytest.mark.parametrize(
    ("started", "ended", "age"),
    (
        ("2022-09-30", "2026-09-30", 4),
        ("2022-10-01", "2026-09-30", 3),
        ("2020-02-29", "2021-02-27", 0),
        ("2020-02-29", "2021-02-28", 1),
        ("2020-02-29", "2024-02-28", 3),
        ("2020-02-29", "2024-02-29", 4),
        ("2020-02-28", "2024-02-28", 4),
        ("2026-09-30", "2026-09-30", 0),
        ("2026-10-01", "2026-09-30", None),
    ),
)
def test_age_counts_anniversaries(started: str, ended: str, age: int | None) -> None:
    assert age_at(date.fromisoformat(started), date.fromisoformat(ended)) == age


def test_the_gates_stand_before_any_arithmetic() -> None:
    stopped = assess(replace(PAINT, exit_state=State.GOOD), A)
    assert (stopped.age, stopped.share, stopped.due, stopped.outcome) == (None, None, 0, Outcome.DUE)


def test_an_equal_state_is_free_even_without_an_entry_date_a_row_or_a_cause() -> None:
    line = replace(PAINT, exit_state=State.GOOD, started_on=None, element_kind="hedge", cause=None)
    assert assess(line, A).reason is Reason.NOT_WORSE


def test_two_unchecked_states_are_not_equal_states() -> None:
    line = replace(PAINT, entry_state=State.NOT_CHECKED, exit_state=State.NOT_CHECKED)
    assert assess(line, A).outcome is Outcome.TO_ASSESS


def test_a_lost_thing_needs_neither_date_nor_row() -> None:
    line = replace(
        PAINT, cause=Cause.LOSS, exit_state=State.ABSENT, started_on=None, ended_on=None, element_kind="badge"
    )
    assert assess(line, A).due == 60610


def test_an_agreement_may_let_lost_things_wear() -> None:
    line = replace(PAINT, cause=Cause.LOSS, exit_state=State.ABSENT)
    assert assess(line, replace(A, wears_losses=True)).due == 33336
    assert assess(replace(line, element_kind="badge"), replace(A, wears_losses=True)).reason is Reason.NO_GRID_ROW


rows = st.builds(
    GridRow,
    st.just("paint"),
    st.just("Peinture"),
    st.integers(1, 40),
    st.integers(0, 40),
    st.decimals(0, 100, places=2),
    st.decimals(0, 100, places=2),
)


@given(rows, st.integers(0, 60))
def test_an_older_thing_never_costs_more(row: GridRow, age: int) -> None:
    assert row.floor <= row.share(age) <= 100
    assert row.share(age + 1) <= row.share(age)


@given(rows, st.integers(0, 10**9), st.integers(0, 30_000), st.sampled_from(("0", "2.1", "5.5", "8.5", "10", "20")))
def test_the_due_lies_between_nothing_and_the_whole_price(row: GridRow, net: int, days: int, vat: str) -> None:
    started_on = date(2026, 9, 30) - timedelta(days=days)
    line = replace(PAINT, net=Decimal(net).scaleb(-4), vat=Decimal(vat), started_on=started_on)
    assessed = assess(line, WearGrid.of([row]))
    assert assessed.due is not None
    assert 0 <= assessed.due <= assessed.gross
    assert abs(assessed.gross - net * (100 + Decimal(vat)) / 10_000) <= Decimal("0.5")


def test_a_grid_travels_to_the_tablet_and_back() -> None:
    for name, grid in GRIDS.items():
        assert WearGrid.from_json(grid.as_json()) == grid, name


@pytest.mark.parametrize("text", ("", "1,5", "1e3", "+1", "1 000", ".5", "5.", "NaN", "٣", "--1", "0x1"))
def test_an_amount_is_digits_and_a_point(text: str) -> None:
    with pytest.raises(NotADecimal):
        decimal(text)


def test_an_amount_has_no_fraction_of_a_cent() -> None:
    assert (cents("412.37"), cents("5"), cents("-0.05")) == (41237, 500, -5)
    with pytest.raises(NotADecimal):
        cents("1.005")


def test_a_percent_is_written_without_needless_zeros() -> None:
    assert [plain(Decimal(text)) for text in ("100", "5.50", "0.00", "66.67", "1E+2")] == [
        "100",
        "5.5",
        "0",
        "66.67",
        "100",
    ]
