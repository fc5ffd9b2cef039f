"""One table of the landlord's, or of an agency's part of it, as a file; that it was taken along is in the journal."""

import json
import tempfile
from collections.abc import Iterator
from datetime import date
from typing import IO, Any, Literal, cast

from sqlalchemy import ColumnElement, Table, select

from fieldapp.extensions import db
from fieldapp.reports.csv_table import csv_lines
from fieldapp.reports.table import Table as Sheet
from fieldapp.reports.workbook import workbook
from fieldapp.services import audit
from fieldapp.services.extracts import EXTRACTS
from fieldapp.services.ownership import of_agency, owned
from fieldapp.services.row_form import DIALECT, cell_of, plain_row, schema_of, shown_columns
from fieldapp.services.scope import Scope

Form = Literal["csv", "xlsx", "json"]
ROWS_AT_ONCE = 1000


class UnknownTable(LookupError):
    """Nothing of this name may be taken along by this person."""


def tables(scope: Scope) -> list[str]:
    """The names of what somebody may take along."""
    return sorted(table.name for table, _ in _within(scope))


def schema(scope: Scope) -> dict[str, Any]:
    """The JSON Schema of every table and extract, under `$defs`."""
    of_tables = {table.name: schema_of(table) for table, _ in _within(scope)}
    of_extracts = {name: extract.schema() for name, extract in EXTRACTS.items()}
    return {"$schema": DIALECT, "$defs": {**of_tables, **of_extracts}}


def export(scope: Scope, account_id: str, name: str, form: Form) -> IO[bytes]:
    """A whole table in a temporary file that is open at its beginning; raises `UnknownTable` and `TooManyRows`."""
    found = next(((table, condition) for table, condition in _within(scope) if table.name == name), None)
    if found is None:
        raise UnknownTable(name)
    table, condition = found
    columns = shown_columns(table)
    rows = db.session.execute(
        select(*columns).where(condition).order_by(*table.primary_key.columns).execution_options(yield_per=ROWS_AT_ONCE)
    )
    return _taken(scope, account_id, name, form, [column.name for column in columns], rows)


def extract(scope: Scope, account_id: str, name: str, form: Form, days: tuple[date, date]) -> IO[bytes]:
    """The same of a table that is put together for the whole stock, between two days; raises `UnknownTable` and
    `TooManyRows`.
    """
    found = EXTRACTS.get(name)
    if found is None:
        raise UnknownTable(name)
    return _taken(scope, account_id, name, form, list(found.columns), found.rows(scope, *days))


def _taken(scope: Scope, account_id: str, name: str, form: Form, names: list[str], rows: Any) -> IO[bytes]:
    """The file, and its line in the journal."""
    file = cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - whoever sends it closes it
    try:
        count = _write(file, form, name, names, rows)
    except BaseException:
        file.close()
        raise
    actor = f"account:{account_id}"
    audit.note_read(
        actor, "table.exported", "table", name, scope.landlord_id, form=form, count=count, agency=scope.agency_id
    )
    file.seek(0)
    return file


def _within(scope: Scope) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    if scope.agency_id is None:
        return owned(scope.landlord_id)
    return of_agency(scope.landlord_id, scope.agency_id)


def _write(file: IO[bytes], form: Form, title: str, names: list[str], rows: Any) -> int:
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for row in rows:
            count += 1
            yield row

    if form == "json":
        file.write(b"[")
        for row in counted():
            text = json.dumps(plain_row(names, row), ensure_ascii=False)
            file.write(((",\n" if count > 1 else "\n") + text).encode())
        file.write(b"\n]\n")
        return count
    sheet = Sheet(title, names, ([cell_of(value) for value in row] for row in counted()))
    if form == "csv":
        for line in csv_lines(sheet):
            file.write(line.encode())
    else:
        file.write(workbook([sheet]))
    return count
