"""Writes tables as an XLSX workbook: a sheet each, titles kept in sight, text that is never taken for a formula."""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from fieldapp.reports.table import Cell, Table, clean

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_575
"""What a sheet holds below its titles."""

MOST_CHARACTERS = 32_767
"""What a cell holds."""

NARROW, WIDE = 10, 48
FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


class TooManyRows(ValueError):
    """A sheet cannot hold so many rows; write CSV."""


def workbook(tables: Sequence[Table], zone: str = "Europe/Paris") -> bytes:
    """The bytes of an XLSX file with one sheet a table; moments are shown in `zone`. Raises `TooManyRows`."""
    # Here: openpyxl and what it brings are 12 MB that a web process does without until the first workbook.
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    for number, table in enumerate(tables, 1):
        sheet = book.create_sheet(_title(table.title, number))
        sheet.freeze_panes = "A2"
        for place, column in enumerate(table.columns, 1):
            sheet.column_dimensions[get_column_letter(place)].width = min(max(NARROW, len(column) + 2), WIDE)
        sheet.append(_heading(sheet, table.columns))
        try:
            _fill(sheet, table, ZoneInfo(zone))
        except BaseException:
            sheet.close()  # what was begun would otherwise complain when it is thrown away
            raise
        last = get_column_letter(max(1, len(table.columns)))
        sheet.auto_filter.ref = f"A1:{last}1"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: "WriteOnlyWorksheet", table: Table, zone: ZoneInfo) -> None:
    for count, row in enumerate(table.rows, 1):
        if count > MOST_ROWS:
            raise TooManyRows(table.title)
        sheet.append(list(_cells(sheet, row, zone)))


def _title(text: str, number: int) -> str:
    """At most 31 characters without those that a formula would read (ECMA-376, 18.2.19)."""
    return FORBIDDEN.sub(" ", clean(text)).strip("' ")[:31] or f"Sheet {number}"


def _heading(sheet: "WriteOnlyWorksheet", columns: Sequence[str]) -> "list[SheetCell]":
    from openpyxl.styles import Font

    cells = []
    for column in columns:
        cell = _text(sheet, column)
        cell.font = Font(bold=True)
        cells.append(cell)
    return cells


def _cells(sheet: "WriteOnlyWorksheet", row: Sequence[Cell], zone: ZoneInfo) -> Iterator[object]:
    for value in row:
        if isinstance(value, str):
            # A bare string would become a formula when it begins with an equals sign.
            yield _text(sheet, value)
        elif isinstance(value, datetime):
            yield _formatted(sheet, value.astimezone(zone).replace(tzinfo=None), MOMENT)
        elif isinstance(value, date):
            yield _formatted(sheet, value, DAY)
        else:
            yield value


def _text(sheet: "WriteOnlyWorksheet", text: str) -> "SheetCell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, clean(text)[:MOST_CHARACTERS])
    cell.data_type = "s"
    return cell


def _formatted(sheet: "WriteOnlyWorksheet", value: date, how: str) -> "SheetCell":
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.number_format = how
    return cell
