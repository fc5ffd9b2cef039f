"""Writes a table as CSV that every spreadsheet opens and none takes for a program."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

from fieldapp.reports.table import Cell, Table, clean, harmless

MARK = "\ufeff"
"""French spreadsheets read UTF-8 only after a byte order mark."""


def csv_lines(table: Table) -> Iterator[str]:
    """The file, a line at a time: semicolons, UTF-8 with a mark, days and moments in ISO form, numbers with a point."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    buffer.write(MARK)
    writer.writerow([harmless(clean(title)) for title in table.columns])
    yield _taken(buffer)
    for values in table.rows:
        writer.writerow([_written(value) for value in values])
        yield _taken(buffer)


def csv_bytes(table: Table) -> bytes:
    """The whole file."""
    return "".join(csv_lines(table)).encode()


def _written(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return harmless(clean(value))
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
