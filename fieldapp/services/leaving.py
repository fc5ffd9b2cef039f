"""A landlord leaves with everything: its rows as JSON, CSV and XLSX, its photographs, signed records and sealed reports."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from fieldapp.extensions import db
from fieldapp.reports.csv_table import csv_lines
from fieldapp.reports.table import Table as Sheet
from fieldapp.reports.workbook import MOST_ROWS, workbook
from fieldapp.services import audit
from fieldapp.services.installation import blobs
from fieldapp.services.leaving_files import SUFFIXES, named
from fieldapp.services.ownership import owned
from fieldapp.services.row_form import DIALECT, cell_of, plain_row, schema_of, shown_columns

FORMAT = "fieldapp.leaving/1"
ROWS_AT_ONCE = 1000


class NotEmpty(ValueError):
    """The folder has something in it: nothing is mixed with what is there."""


def leave(landlord_id: str, folder: Path) -> Mapping[str, int]:
    """Write everything of a landlord into an empty folder; gives how many rows each table has, and files each kind.

    `manifest.json`, which is written last, names every file with its SHA-256: without it the export is not whole.
    Raises `NotEmpty` and `OSError`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise NotEmpty(str(folder))
    (folder / "data").mkdir()
    counts: dict[str, int] = {}
    missing: list[str] = []
    schemas: dict[str, Any] = {}
    for table, condition in owned(landlord_id):
        columns = shown_columns(table)
        schemas[table.name] = schema_of(table)
        query = (
            select(*columns)
            .where(condition)
            .order_by(*table.primary_key.columns)
            .execution_options(yield_per=ROWS_AT_ONCE)
        )
        found = db.session.execute(query)
        counts[table.name] = _write(folder, table, [column.name for column in columns], found, counts, missing)
        if counts[table.name] <= MOST_ROWS:
            _sheet(folder, table.name, db.session.execute(query), [column.name for column in columns])
    _json(folder / "schema.json", {"$schema": DIALECT, "$defs": schemas})
    db.session.rollback()
    audit.record(db.session(), "server", "landlord.exported", "landlord", landlord_id, landlord_id)
    db.session.commit()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    manifest = {
        "format": FORMAT,
        "written_at": now,
        "counts": counts,
        "missing": sorted(missing),
        "files": _hashes(folder),
    }
    _json(folder / "manifest.json", manifest)
    return counts


def _write(folder: Path, table: Table, names: list[str], found: Any, counts: dict[str, int], missing: list[str]) -> int:
    """One table in both forms, and the files that it names; gives its number of rows."""
    number = 0
    with (folder / f"data/{table.name}.json").open("w", encoding="utf-8") as whole:
        whole.write("[")

        def rows() -> Iterator[list[Any]]:
            nonlocal number
            for row in found:
                whole.write(("," if number else "") + "\n" + json.dumps(plain_row(names, row), ensure_ascii=False))
                number += 1
                for kind, sha256 in named(table.name, dict(zip(names, row, strict=True))):
                    _copy(folder, kind, sha256, counts, missing)
                yield [cell_of(value) for value in row]

        with (folder / f"data/{table.name}.csv").open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(csv_lines(Sheet(table.name, names, rows())))
        whole.write("\n]\n")
    return number


def _sheet(folder: Path, name: str, found: Any, names: list[str]) -> None:
    """The same table as a workbook."""
    rows = ([cell_of(value) for value in row] for row in found)
    (folder / f"data/{name}.xlsx").write_bytes(workbook([Sheet(name, names, rows)]))


def _copy(folder: Path, kind: str, sha256: str, counts: dict[str, int], missing: list[str]) -> None:
    target = folder / kind / f"{sha256}{SUFFIXES.get(kind, '')}"
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    try:
        shutil.copyfile(blobs().path(f"{kind}/{sha256}"), target)
    except FileNotFoundError:  # announced by a tablet and not arrived yet
        missing.append(f"{kind}/{sha256}")
        return
    counts[kind] = counts.get(kind, 0) + 1


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
