"""The empty files that somebody fills in: a table's titles, and beside them what each column wants."""

from collections.abc import Callable

from fieldapp.domain.import_cell import Choice
from fieldapp.domain.import_table import Column, ImportTable
from fieldapp.reports.csv_table import csv_bytes
from fieldapp.reports.table import Table
from fieldapp.reports.workbook import workbook

Say = Callable[[str], str]


def pattern(table: ImportTable, kind: str, say: Say) -> bytes:
    """A file of titles alone; as `xlsx` with a second sheet that explains them in the reader's language."""
    titles = [column.name for column in table.columns]
    empty = Table(say(table.title), titles, [])
    return csv_bytes(empty) if kind == "csv" else workbook([empty, guide(table, say)])


def guide(table: ImportTable, say: Say) -> Table:
    """A line a column: its title, its words, whether it is needed, what it holds, an example."""
    heads = [say("Colonne"), say("Sens"), say("Obligatoire"), say("Contenu"), say("Exemple")]
    return Table(say("Aide"), heads, [_line(column, say) for column in table.columns])


def holds(column: Column, say: Say) -> str:
    """What the cells of a column hold; a choice names its words."""
    if isinstance(column.cell, Choice):
        return ", ".join(column.cell.codes)
    return say(column.cell.words)


def _line(column: Column, say: Say) -> list[str]:
    needed = say("oui") if column.required else say("non")
    return [column.name, say(column.title), needed, holds(column, say), column.example]
