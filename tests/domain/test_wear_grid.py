"""A grid is imported whole or refused with every wrong place named; a doubtful row is kept and shown."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.file_fault_words import sentence
from fieldapp.domain.grid_file import read_grid
from fieldapp.domain.wear_grid import Agreement, GridRow, WearGrid, curve
from fieldapp.domain.wear_words import doubtful_row
from tests.domain.wear_vectors import GRIDS

DATA = Path(__file__).parent.parent / "data"
GOOD = (DATA / "wear-grid-a.csv").read_text(encoding="utf-8")
TITLES = GOOD.partition("\n")[0]


def faults(text: str | bytes) -> list[tuple[Problem, int, int, str]]:
    with pytest.raises(BadFile) as refused:
        read_grid(text if isinstance(text, bytes) else text.encode())
    return [(fault.problem, fault.line, fault.column, fault.name) for fault in refused.value.faults]


def said(text: str | bytes) -> str:
    with pytest.raises(BadFile) as refused:
        read_grid(text if isinstance(text, bytes) else text.encode())
    return sentence(refused.value.faults[0], str)


def rows(*lines: str) -> str:
    return "\n".join((TITLES, *lines))


@pytest.mark.parametrize("letter", ("a", "b"))
def test_the_published_grids_are_read(letter: str) -> None:
    grid = WearGrid.of(read_grid((DATA / f"wear-grid-{letter}.csv").read_bytes()))
    assert grid == GRIDS[letter]


def test_ten_of_the_nineteen_rows_of_grid_b_are_doubtful_and_kept() -> None:
    assert GRIDS["a"].doubtful == []
    assert (len(GRIDS["b"].rows), len(GRIDS["b"].doubtful)) == (19, 10)


def test_a_doubtful_row_says_its_working() -> None:
    warning = doubtful_row(GRIDS["b"].rows["tap"], str)
    assert (
        warning == "Robinetterie : 100 − 9 × (15 − 5) = 10, mais le plancher est 15. La ligne est gardée telle quelle."
    )


def test_the_curve_shows_every_age_until_nothing_changes() -> None:
    assert curve(GRIDS["a"].rows["paint"]) == [
        (age, Decimal(share)) for age, share in enumerate((100, 100, 85, 70, 55, 40, 25, 10))
    ]
    beyond = GridRow("odd", "Essai", 3, 6, Decimal(10), Decimal(40))
    assert [share for _, share in curve(beyond)] == [100] * 7 + [40]


def test_an_agreement_is_in_force_on_both_of_its_ends() -> None:
    agreement = Agreement(
        "Accord", ("CLCV",), "Tout le parc", date(2019, 11, 14), date(2020, 1, 1), date(2025, 12, 31), 1
    )
    days = (date(2019, 12, 31), date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [agreement.in_force(day) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("line", "problem", "column", "name"),
    (
        ("paint,Peinture,-7,1,15,10", Problem.TOO_SMALL, 3, "life_years"),
        ("paint,Peinture,0,1,15,10", Problem.TOO_SMALL, 3, "life_years"),
        ("paint,Peinture,7,-1,15,10", Problem.TOO_SMALL, 4, "franchise_years"),
        ("paint,Peinture,7,1,101,10", Problem.TOO_LARGE, 5, "annual_rate_percent"),
        ("paint,Peinture,7,1,100.01,10", Problem.TOO_LARGE, 5, "annual_rate_percent"),
        ("paint,Peinture,7,1,15,-1", Problem.TOO_SMALL, 6, "floor_percent"),
        ("paint,Peinture,7.5,1,15,10", Problem.NOT_WHOLE, 3, "life_years"),
        ("paint,Peinture,sept,1,15,10", Problem.NOT_A_NUMBER, 3, "life_years"),
        ("paint,Peinture,7,1,1e1,10", Problem.NOT_A_NUMBER, 5, "annual_rate_percent"),
        ('paint,Peinture,7,1,"15,5",10', Problem.COMMA_DECIMAL, 5, "annual_rate_percent"),
        ("paint,Peinture,7,1,15.125,10", Problem.TOO_PRECISE, 5, "annual_rate_percent"),
        ("paint,Peinture,,1,15,10", Problem.EMPTY_CELL, 3, "life_years"),
        ("paint,,7,1,15,10", Problem.EMPTY_CELL, 2, "label"),
        ("Peinture murale,Peinture,7,1,15,10", Problem.NOT_A_CODE, 1, "element_kind"),
        (f"paint,{'x' * 201},7,1,15,10", Problem.TOO_LONG, 2, "label"),
        ("paint,Peinture,7,1,15", Problem.TOO_FEW_CELLS, 6, ""),
        ("paint,Peinture,7,1,15,5,10", Problem.TOO_MANY_CELLS, 7, ""),
        ('paint,"Peinture,7,1,15,10', Problem.BROKEN_QUOTES, 1, ""),
        ('paint,"Pein"ture,7,1,15,10', Problem.BROKEN_QUOTES, 1, ""),
    ),
)
def test_a_wrong_cell_is_named_by_line_and_column(line: str, problem: Problem, column: int, name: str) -> None:
    assert faults(rows("carpet,Moquette,7,1,15,10", line)) == [(problem, 3, column, name)]


def test_every_wrong_line_is_named_at_once() -> None:
    text = rows("paint,Peinture,-7,1,15,10", "carpet,Moquette,7,1,15,10", "tile,Faïence,20,5,500,25")
    assert [where[1] for where in faults(text)] == [2, 4]


def test_a_kind_that_comes_twice_says_where_it_came_first() -> None:
    text = rows("paint,Peinture,7,1,15,10", "tile,Faïence,20,5,5,25", "paint,Peinture,9,1,15,10")
    assert faults(text) == [(Problem.DUPLICATE, 4, 1, "element_kind")]
    assert said(text) == "« paint » est déjà à la ligne 2 : gardez une seule des deux lignes."


def test_a_missing_and_an_unknown_column_are_both_named() -> None:
    text = GOOD.replace("floor_percent", "plancher")
    assert faults(text) == [(Problem.UNKNOWN_COLUMN, 1, 6, "plancher"), (Problem.MISSING_COLUMN, 1, 7, "floor_percent")]


def test_a_column_that_comes_twice_is_refused() -> None:
    text = "\n".join(f"{line},1" for line in GOOD.splitlines()).replace("floor_percent,1", "floor_percent,label")
    assert faults(text) == [(Problem.REPEATED_COLUMN, 1, 7, "label")]


@pytest.mark.parametrize("data", (b"", b"\n\n", b"\xef\xbb\xbf", b" \r\n"))
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert faults(data) == [(Problem.EMPTY_FILE, 1, 1, "")]


def test_a_file_of_separators_alone_lacks_every_column() -> None:
    assert {found[0] for found in faults(b";;;\n;;;\n")} == {Problem.MISSING_COLUMN}


@given(st.one_of(st.binary(), st.text().map(lambda text: f"{TITLES}\n{text}".encode(errors="surrogatepass"))))
def test_whatever_the_file_is_it_is_read_or_refused_with_a_sentence(data: bytes) -> None:
    found: tuple[Fault, ...] = ()
    try:
        read_grid(data)
    except BadFile as refused:
        found = refused.faults
    assert all(sentence(fault, str) and fault.line >= 1 and fault.column >= 1 for fault in found)


def test_titles_alone_are_refused() -> None:
    assert faults(TITLES + "\n") == [(Problem.NO_ROWS, 1, 1, "")]


def test_another_encoding_is_refused_where_it_shows_and_says_how_to_save() -> None:
    data = GOOD.encode("cp1252")
    assert faults(data) == [(Problem.NOT_UTF8, 6, 2, "")]
    assert "enregistrez au format « CSV UTF-8 »" in said(data)
    assert faults(GOOD.encode("utf-16")) == [(Problem.NOT_UTF8, 1, 1, "")]


def test_a_file_that_is_no_text_is_refused() -> None:
    assert faults(b"PK\x03\x04\0\0")[0][0] is Problem.NOT_TEXT


def test_what_french_spreadsheets_write_is_read() -> None:
    semicolons = "\ufeff" + GOOD.replace('"Carrelage, faïence"', "Carrelage et faïence").replace(",", ";")
    semicolons = semicolons.replace("Serrurerie; quincaillerie", "Serrurerie, quincaillerie")
    semicolons = semicolons.replace("appareils électriques ou gaz", "appareils électriques ou gaz").replace('"', "")
    semicolons = semicolons.replace("Convecteurs; appareils", "Convecteurs, appareils")
    read = read_grid((semicolons.replace("\n", "\r\n") + ";;;;;\r\n\r\n").encode())
    assert [row.share(3) for row in read] == [row.share(3) for row in GRIDS["a"].rows.values()]
    assert read[7].label == "Serrurerie, quincaillerie"


def test_a_comma_decimal_in_a_french_file_says_how_to_write_it() -> None:
    text = rows("paint,Peinture,7,1,15,10").replace(",", ";").replace(";15;", ";12,5;")
    assert said(text) == "« 12,5 » a une virgule : écrivez 12.5, avec un point."


def test_the_lines_of_a_cell_with_a_line_break_are_counted() -> None:
    assert faults(rows('paint,"Peinture\nmurale",7,1,15,10', "carpet,Moquette,0,1,15,10"))[0][1] == 4


def test_columns_may_stand_in_any_order() -> None:
    lines = [",".join(reversed(line.split(","))) for line in GOOD.splitlines()[:4]]
    assert read_grid("\n".join(lines).encode()) == list(GRIDS["a"].rows.values())[:3]
