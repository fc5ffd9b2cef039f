"""An accountant's lines are read whole, or refused with the place and what to do."""

from datetime import date
from decimal import Decimal

import pytest

from fieldapp.domain.cause import Cause
from fieldapp.domain.charge_lines import COLUMNS, read_lines
from fieldapp.domain.condition import State
from fieldapp.domain.file_fault import BadFile, Problem
from fieldapp.domain.file_fault_words import sentence
from fieldapp.domain.wear import ChargeLine, EntryInventory

GOOD = "1,paint,2022-05-12,2026-09-30,551.00,10,good,poor,damage,yes"
TITLES = ",".join(COLUMNS)


def file(*lines: str) -> bytes:
    return "\n".join((TITLES, *lines)).encode()


def test_a_line_holds_what_was_written() -> None:
    assert read_lines(file(GOOD)) == [
        ChargeLine(
            "1",
            "paint",
            date(2022, 5, 12),
            date(2026, 9, 30),
            Decimal("551.00"),
            Decimal(10),
            State.GOOD,
            State.POOR,
            Cause.DAMAGE,
            EntryInventory.YES,
        )
    ]


def test_days_may_be_empty_and_an_exit_may_have_no_line() -> None:
    [line] = read_lines(file("1,badge,,,40,5.5,good,absent,loss,no"))
    assert (line.started_on, line.ended_on) == (None, None)
    assert read_lines(file()) == []


@pytest.mark.parametrize(
    ("old", "new", "problem", "column"),
    (
        ("2022-05-12", "12/05/2022", Problem.NOT_A_DAY, 3),
        ("2022-05-12", "2022-02-30", Problem.NOT_A_DAY, 3),
        ("2022-05-12", "2026-10-01", Problem.STARTS_AFTER_END, 3),
        ("551.00", "", Problem.EMPTY_CELL, 5),
        ("551.00", "-1.00", Problem.TOO_SMALL, 5),
        ("551.00", "1.00001", Problem.TOO_PRECISE, 5),
        ("551.00", "551.00 €", Problem.NOT_A_NUMBER, 5),
        ("551.00", '"551,00"', Problem.COMMA_DECIMAL, 5),
        (",10,", ",,", Problem.EMPTY_CELL, 6),
        (",10,", ",19.6,", Problem.UNKNOWN_VAT, 6),
        (",10,", ",10%,", Problem.NOT_A_NUMBER, 6),
        ("good", "bon", Problem.UNKNOWN_WORD, 7),
        ("poor", "", Problem.EMPTY_CELL, 8),
        ("damage", "wear", Problem.UNKNOWN_WORD, 9),
        ("damage", "", Problem.EMPTY_CELL, 9),
        ("yes", "oui", Problem.UNKNOWN_WORD, 10),
    ),
)
def test_a_wrong_cell_is_named_by_line_and_column(old: str, new: str, problem: Problem, column: int) -> None:
    with pytest.raises(BadFile) as refused:
        read_lines(file(GOOD, GOOD.replace("1,paint", "2,paint").replace(old, new)))
    [fault] = refused.value.faults
    assert (fault.problem, fault.line, fault.column, fault.name) == (problem, 3, column, COLUMNS[column - 1])


def test_a_line_that_comes_twice_is_refused() -> None:
    with pytest.raises(BadFile) as refused:
        read_lines(file(GOOD, GOOD))
    assert sentence(refused.value.faults[0], str).startswith("« 1 » est déjà à la ligne 2")


def test_the_words_that_may_stand_there_are_said() -> None:
    with pytest.raises(BadFile) as refused:
        read_lines(file(GOOD.replace("yes", "oui")))
    assert (
        sentence(refused.value.faults[0], str) == "« oui » n’est pas connu : écrivez yes, no, obstructed_by_landlord."
    )
