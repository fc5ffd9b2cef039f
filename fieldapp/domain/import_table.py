"""An imported table: its columns, what each holds, and how a line of it becomes values or faults."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fieldapp.domain.file_fault import BadFile, Fault, Problem
from fieldapp.domain.import_cell import Cell, Value, WrongCell

SHOWN = 40
"""How many characters of a wrong cell are repeated."""

Values = dict[str, Value]
Check = Callable[[Values], tuple[str, Problem, Mapping[str, str | int]] | None]
"""What is wrong between the cells of a line: the column to change, the problem and its words."""


@dataclass(frozen=True)
class Column:
    """A column: `name` is its title in the file, `title` the French words that are understood as well.

    An empty cell means `empty`; a column that is not `required` may be left out of the file, and then says nothing.
    `names` says what the cell refers to; `attribute` is its name in the record, where that is another one.
    """

    name: str
    title: str
    cell: Cell
    example: str = ""
    required: bool = False
    empty: Value = None
    names: str = ""
    attribute: str = ""


@dataclass(frozen=True)
class ImportTable:
    """A kind of file; `key` are the columns that say which thing a line is about, the last one its own reference."""

    code: str
    title: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    _named: dict[str, Column] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the columns by what a person may write above them."""
        for column in self.columns:
            self._named[column.name.casefold()] = self._named[column.title.casefold()] = column

    def column(self, title: str) -> Column | None:
        """The column of a title, in code or in French, whatever the case."""
        return self._named.get(title.strip().casefold())


@dataclass(frozen=True)
class Header:
    """The first line of a file: which column stands where; None where a title is empty and nothing may stand below."""

    places: tuple[Column | None, ...]

    def place(self, name: str) -> int:
        """Where a column stands, counted from 1; 1 for one that is not in the file."""
        return next((place for place, one in enumerate(self.places, 1) if one is not None and one.name == name), 1)


def read_header(table: ImportTable, line: int, titles: Sequence[str]) -> Header:
    """The columns of a file; raises `BadFile` with everything that is wrong in its titles."""
    faults: list[Fault] = []
    places: list[Column | None] = []
    known = ", ".join(column.name for column in table.columns)
    for place, title in enumerate(titles, 1):
        column = table.column(title)
        if column is None and title:
            given = {"found": title[:SHOWN], "columns": known}
            faults.append(Fault(Problem.UNKNOWN_COLUMN, line, place, title[:SHOWN], given))
        elif column is not None and column in places:
            faults.append(Fault(Problem.REPEATED_COLUMN, line, place, column.name, {"found": column.name}))
        places.append(column)
    faults += [
        Fault(Problem.MISSING_COLUMN, line, len(titles) + 1, one.name, {"missing": one.name, "columns": known})
        for one in table.columns
        if one.required and one not in places
    ]
    if faults:
        raise BadFile(faults)
    return Header(tuple(places))


def read_line(
    table: ImportTable, header: Header, line: int, cells: Sequence[str | Problem]
) -> tuple[Values, list[Fault]]:
    """The values of a line by the names of their columns, and every fault in it."""
    values: Values = {}
    faults: list[Fault] = []
    if len(cells) != len(header.places):
        cells, faults = _fitted(header, line, cells)
    for place, (column, text) in enumerate(zip(header.places, cells, strict=False), 1):
        if column is None:
            continue
        if not text:
            if column.required:
                faults.append(Fault(Problem.EMPTY_CELL, line, place, column.name))
            values[column.name] = column.empty
            continue
        try:
            values[column.name] = _read(column, text)
        except WrongCell as wrong:
            given = {"found": "" if isinstance(text, Problem) else text[:SHOWN], **wrong.given}
            faults.append(Fault(wrong.problem, line, place, column.name, given))
    if not faults:
        for check in table.checks:
            if said := check(values):
                name, problem, words = said
                faults.append(Fault(problem, line, header.place(name), name, words))
    return values, faults


def _read(column: Column, text: str | Problem) -> Value:
    if isinstance(text, Problem):
        raise WrongCell(text)
    if text.startswith("="):
        raise WrongCell(Problem.FORMULA)
    return column.cell.read(text)


def _fitted(header: Header, line: int, cells: Sequence[str | Problem]) -> tuple[Sequence[str | Problem], list[Fault]]:
    """Cells beyond the titles may be empty, and those that a spreadsheet leaves out at the end are."""
    wanted = len(header.places)
    if len(cells) < wanted:
        return [*cells, *[""] * (wanted - len(cells))], []
    if any(cells[wanted:]):
        given = {"found": len(cells), "wanted": wanted}
        return cells[:wanted], [Fault(Problem.TOO_MANY_CELLS, line, wanted + 1, given=given)]
    return cells[:wanted], []
