"""Reads a table from the bytes of a CSV file: all of it, or nothing and the list of what is wrong."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.table_row import BadCell, TableRow

Item = TypeVar("Item")

UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SHOWN = 40
"""How many characters of a wrong title or cell are repeated."""


def read(
    data: bytes, columns: Sequence[str], build: Callable[[TableRow], Item], *, may_be_empty: bool = False
) -> list[Item]:
    """One item for each line below the titles, which are exactly `columns` in any order.

    UTF-8, with or without a byte order mark (French spreadsheets write one); cells are separated by commas or, when
    the titles are, by semicolons (French spreadsheets again); lines without any text are passed over.
    Raises `BadFile` with the first problem of every wrong line: nothing of a file is used unless all of it is right.
    """
    text = _decoded(data)
    lines = _split(text)
    titles = _titles(*next(lines, (1, [])), columns)
    items: list[Item] = []
    faults: list[Fault] = []
    try:
        for line, cells in lines:
            try:
                items.append(build(TableRow(line, titles, _counted(line, cells, titles))))
            except BadCell as error:
                faults.append(error.fault)
    except BadFile as error:
        faults.extend(error.faults)
    if faults:
        raise BadFile(faults)
    if not items and not may_be_empty:
        raise BadFile([Fault(Problem.NO_ROWS, 1, 1)])
    return items


def _decoded(data: bytes) -> str:
    if data.startswith(UTF16_MARKS):
        raise BadFile([Fault(Problem.NOT_UTF8, 1, 1)])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        start = max(before.rfind(b"\n"), before.rfind(b"\r")) + 1
        line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
        separator = _separator(data[: data.find(b"\n")].decode("latin-1")).encode()
        raise BadFile([Fault(Problem.NOT_UTF8, line, before[start:].count(separator) + 1)]) from error
    if "\0" in text:
        raise BadFile([Fault(Problem.NOT_TEXT, text[: text.index("\0")].count("\n") + 1, 1)])
    if not text.strip():
        raise BadFile([Fault(Problem.EMPTY_FILE, 1, 1)])
    return text


def _split(text: str) -> Iterator[tuple[int, list[str]]]:
    """(number of its first line, stripped cells) of every line that holds text."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_separator(text.lstrip().partition("\n")[0]), strict=True
    )
    first = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise BadFile([Fault(Problem.BROKEN_QUOTES, first, 1)]) from error
        if any(cell.strip() for cell in cells):
            yield first, [cell.strip() for cell in cells]
        first = reader.line_num + 1


def _separator(titles: str) -> str:
    return ";" if titles.count(";") > titles.count(",") else ","


def _titles(line: int, found: list[str], columns: Sequence[str]) -> list[str]:
    known = ", ".join(columns)
    faults = []
    for place, title in enumerate(found, start=1):
        if title not in columns:
            given = {"found": title[:SHOWN], "columns": known}
            faults.append(Fault(Problem.UNKNOWN_COLUMN, line, place, title[:SHOWN], given))
        elif title in found[: place - 1]:
            faults.append(Fault(Problem.REPEATED_COLUMN, line, place, title, {"found": title}))
    faults += [
        Fault(Problem.MISSING_COLUMN, line, len(found) + 1, title, {"missing": title, "columns": known})
        for title in columns
        if title not in found
    ]
    if faults:
        raise BadFile(faults)
    return found


def _counted(line: int, cells: list[str], titles: list[str]) -> list[str]:
    if len(cells) == len(titles):
        return cells
    problem = Problem.TOO_FEW_CELLS if len(cells) < len(titles) else Problem.TOO_MANY_CELLS
    place = min(len(cells), len(titles)) + 1
    raise BadCell(Fault(problem, line, place, given={"found": len(cells), "wanted": len(titles)}))
