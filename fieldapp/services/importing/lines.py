"""The lines of an imported file, whichever form it has."""

from collections.abc import Iterator
from pathlib import Path

from fieldapp.domain.csv_lines import csv_lines
from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.import_table import Header, ImportTable, Values, read_header, read_line
from fieldapp.reports.table import restored

PACKED = b"PK\x03\x04"
Read = tuple[int, Header, Values, list[Fault]]


def form_of(path: Path) -> str:
    """`xlsx` for a packed file, else `csv`: the name of a file says nothing."""
    with path.open("rb") as file:
        return "xlsx" if file.read(4) == PACKED else "csv"


def read_file(table: ImportTable, path: Path) -> Iterator[Read]:
    """Number, header, values and faults of each line, in the order of the file; raises `BadFile`."""
    lines = _lines(path)
    first = next(lines, None)
    if first is None:
        raise BadFile([Fault(Problem.EMPTY_FILE, 1, 1)])
    header = read_header(table, first[0], [_title(cell) for cell in first[1]])
    empty = True
    for number, cells in lines:
        empty = False
        yield number, header, *read_line(table, header, number, cells)
    if empty:
        raise BadFile([Fault(Problem.NO_ROWS, first[0], 1)])


def _lines(path: Path) -> Iterator[tuple[int, list[str | Problem]]]:
    if form_of(path) == "xlsx":
        from fieldapp.reports.sheet_lines import sheet_lines

        yield from sheet_lines(path)
        return
    with path.open("rb") as file:
        for number, cells in csv_lines(file):
            yield number, [restored(cell) for cell in cells]


def _title(cell: str | Problem) -> str:
    return "" if isinstance(cell, Problem) else cell
