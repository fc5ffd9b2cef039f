"""A row of any table as other programs read it: the values of its columns, and the JSON Schema that they keep."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, Row, Table

from fieldapp.records.base import UtcDateTime
from fieldapp.services.ownership import SECRET

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def shown_columns(table: Table) -> list[Column[Any]]:
    """The columns that may leave: not those that open something."""
    return [column for column in table.columns if column.name not in SECRET]


def plain_row(names: Sequence[str], row: Sequence[Any] | Row[Any]) -> dict[str, Any]:
    """A row as JSON."""
    return {name: _told(value) for name, value in zip(names, row, strict=True)}


def _told(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.hex() if isinstance(value, bytes) else value


def cell_of(value: Any) -> Any:
    """A value as a spreadsheet has it."""
    if isinstance(value, Decimal):
        return value
    told = _told(value)
    return json.dumps(told, ensure_ascii=False) if isinstance(told, dict | list) else told


def schema_of(table: Table) -> dict[str, Any]:
    """The JSON Schema of an array of a table's rows."""
    names = [column.name for column in shown_columns(table)]
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
