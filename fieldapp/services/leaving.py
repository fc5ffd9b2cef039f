"""A landlord leaves with everything: its rows as JSON and CSV, its photographs, signed records and sealed reports."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Date, Integer, Row, Table, select

from fieldapp.extensions import db
from fieldapp.records.base import UtcDateTime
from fieldapp.reports.csv_table import csv_lines
from fieldapp.reports.table import Table as Sheet
from fieldapp.services import audit
from fieldapp.services.installation import blobs
from fieldapp.services.ownership import SECRET, owned

FORMAT = "fieldapp.leaving/1"
ROWS_AT_ONCE = 1000
BYTES = {"photo_use.sha256": "photos", "photo.sha256": "photos", "dwelling_picture.sha256": "photos"}
BYTES |= {"sealed_report.sha256": "reports", "refused_record.sha256": "records"}
"""Which columns name files; those called `record_sha256` and `report_sha256` do everywhere."""

SUFFIXES = {"photos": ".jpg", "records": ".json", "reports": ".pdf"}


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
        columns = [column for column in table.columns if column.name not in SECRET]
        schemas[table.name] = _schema(table, [column.name for column in columns])
        found = db.session.execute(
            select(*columns)
            .where(condition)
            .order_by(*table.primary_key.columns)
            .execution_options(yield_per=ROWS_AT_ONCE)
        )
        counts[table.name] = _write(folder, table, [column.name for column in columns], found, counts, missing)
    _json(folder / "schema.json", {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": schemas})
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
                whole.write(("," if number else "") + "\n" + json.dumps(_plain(names, row), ensure_ascii=False))
                number += 1
                for name, value in zip(names, row, strict=True):
                    _copy(folder, f"{table.name}.{name}", value, counts, missing)
                yield [_cell(value) for value in row]

        with (folder / f"data/{table.name}.csv").open("w", encoding="utf-8", newline="") as lines:
            lines.writelines(csv_lines(Sheet(table.name, names, rows())))
        whole.write("\n]\n")
    return number


def _copy(folder: Path, column: str, value: Any, counts: dict[str, int], missing: list[str]) -> None:
    name = column.partition(".")[2]
    kind = BYTES.get(column) or {"record_sha256": "records", "report_sha256": "reports"}.get(name)
    if kind is None or not value:
        return
    target = folder / kind / f"{value}{SUFFIXES[kind]}"
    if target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    try:
        shutil.copyfile(blobs().path(f"{kind}/{value}"), target)
    except FileNotFoundError:  # announced by a tablet and not arrived yet
        missing.append(f"{kind}/{value}")
        return
    counts[kind] = counts.get(kind, 0) + 1


def _plain(names: list[str], row: Row[Any]) -> dict[str, Any]:
    return {name: _told(value) for name, value in zip(names, row, strict=True)}


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else value


def _cell(value: Any) -> Any:
    told = _told(value)
    return json.dumps(told, ensure_ascii=False) if isinstance(told, dict | list) else told


def _schema(table: Table, names: list[str]) -> dict[str, Any]:
    properties = {}
    for name in names:
        column = table.columns[name]
        kind: dict[str, Any] = {}
        if isinstance(column.type, Boolean):
            kind = {"type": "boolean"}
        elif isinstance(column.type, UtcDateTime):
            kind = {"type": "string", "format": "date-time"}
        elif isinstance(column.type, Date):
            kind = {"type": "string", "format": "date"}
        elif isinstance(column.type, Integer):
            kind = {"type": "integer"}
        elif hasattr(column.type, "length"):
            kind = {"type": "string"}
        properties[name] = {"anyOf": [kind, {"type": "null"}]} if column.nullable and kind else kind
    shape = {"type": "object", "required": names, "additionalProperties": False, "properties": properties}
    return {"type": "array", "items": shape}


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _hashes(folder: Path) -> dict[str, str]:
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                found[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    return found
