"""Reads the first sheet of an XLSX workbook line by line, in little memory; a formula is never taken for a value."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from fieldapp.domain.file_fault import BadFile, Fault, Problem

MOST_UNPACKED = 600_000_000
"""Bytes that a workbook may have once unpacked: a small file can hold an endless one."""

BROKEN = (zipfile.BadZipFile, KeyError, ValueError, TypeError, OSError, EOFError, ParseError)
Line = tuple[int, list[str | Problem]]


def sheet_lines(path: Path) -> Iterator[Line]:
    """(number, cells as text) of every line that holds something; a formula or an error is `Problem.FORMULA`.

    Days are written as ISO days, numbers exactly. Raises `BadFile`.
    """
    # Here: a process that reads no workbook does without openpyxl's 12 MB.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > MOST_UNPACKED:
                raise BadFile([Fault(Problem.TOO_LARGE_FILE, 1, 1)])
        with path.open("rb") as file, closing(load_workbook(file, read_only=True, keep_links=False)) as book:
            sheet: Any = book.worksheets[0]
            sheet.reset_dimensions()  # what a workbook says of its own size may be wrong
            for number, row in enumerate(sheet.iter_rows(), 1):
                cells = [_told(cell) for cell in row]
                while cells and not cells[-1]:
                    cells.pop()
                if cells:
                    yield number, cells
    except (*BROKEN, InvalidFileException) as error:
        raise BadFile([Fault(Problem.NOT_A_SHEET, 1, 1)]) from error


def _told(cell: Any) -> str | Problem:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in {"f", "e"}:
        return Problem.FORMULA
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # The shortest decimal that gives this binary number is what the person typed.
        text = f"{Decimal(repr(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value).strip()
