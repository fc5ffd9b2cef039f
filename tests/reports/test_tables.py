"""Tables leave as XLSX and CSV exactly as they were, and nothing in them runs in a spreadsheet."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from fieldapp.reports import workbook as book
from fieldapp.reports.csv_table import csv_bytes
from fieldapp.reports.table import Table, restored
from fieldapp.reports.workbook import TooManyRows, workbook

EVIL = ("=HYPERLINK(1)", "+33 6 00 00 00 00", "-1", "@SUM(A1)", "\tx", "\rx")


def opened(data: bytes) -> list[list[list[object]]]:
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in load_workbook(io.BytesIO(data))]


def test_a_workbook_holds_exact_values_and_one_sheet_a_table() -> None:
    moment = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)
    row = ("Été", 12, Decimal("606.10"), date(2026, 2, 28), moment, None, True)
    data = workbook([Table("Logements", list("abcdefg"), [row]), Table("Baux", ["x"], [])])
    first, second = opened(data)
    assert first[1] == ["Été", 12, 606.1, datetime(2026, 2, 28), datetime(2026, 11, 27, 23, 30), None, True]  # noqa: DTZ001
    assert second == [["x"]]
    assert load_workbook(io.BytesIO(data)).sheetnames == ["Logements", "Baux"]


@pytest.mark.parametrize("evil", EVIL)
def test_text_that_looks_like_a_formula_stays_text(evil: str) -> None:
    data = workbook([Table("t", ["=title"], [[evil]])])
    (sheet,) = load_workbook(io.BytesIO(data))
    assert sheet["A2"].data_type == "s"
    assert sheet["A1"].data_type == "s"
    lines = csv_bytes(Table("t", ["a"], [[evil]])).decode("utf-8-sig")
    (_, (cell,)) = csv.reader(io.StringIO(lines, newline=""), delimiter=";")
    assert cell == f"'{evil}"
    assert restored(cell) == evil


def test_what_no_file_can_hold_is_left_out_and_a_title_fits() -> None:
    data = workbook([Table("a/b:c*" + "x" * 60, ["t"], [["a\x00b\x0b"]])])
    (sheet,) = load_workbook(io.BytesIO(data))
    assert sheet["A2"].value == "ab"
    assert len(sheet.title) == 31


def test_a_sheet_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "MOST_ROWS", 2)
    with pytest.raises(TooManyRows):
        workbook([Table("t", ["a"], [["1"], ["2"], ["3"]])])


def test_csv_is_read_by_a_french_spreadsheet() -> None:
    moment = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)
    data = csv_bytes(
        Table(
            "t",
            ["nom", "loyer", "le", "à", "oui"],
            [["Zoé; dit « Z »", Decimal("1E+2"), date(2026, 2, 28), moment, False]],
        )
    )
    assert data.startswith(b"\xef\xbb\xbfnom;loyer;")
    assert data.decode("utf-8-sig").splitlines()[1] == '"Zoé; dit « Z »";100;2026-02-28;2026-11-27T22:30:00Z;no'
