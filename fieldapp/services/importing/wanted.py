"""The names that some lines of a file speak of, as a table to join with.

A long `IN` beside the landlord's column makes PostgreSQL read every row of the landlord and compare it with each name;
joined, each name is looked up by its index. All of them are one parameter, so that the statement is built once.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import CTE, ColumnElement, String, and_, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

Name = tuple[str, ...]


def wanted(session: Session, names: Collection[Name]) -> CTE:
    """The names as rows; every one has as many parts as the first."""
    parts = range(len(next(iter(names))))
    said = literal(json.dumps(sorted(names), ensure_ascii=False), String)
    if session.get_bind().dialect.name == "postgresql":
        each = func.jsonb_array_elements(cast(said, JSONB)).table_valued("value")
        columns: list[ColumnElement[Any]] = [each.c.value.op("->>")(literal_column(str(place))) for place in parts]
    else:
        each = func.json_each(said).table_valued("value")
        columns = [func.json_extract(each.c.value, f"$[{place}]") for place in parts]
    rows = select(*(cast(one, String).label(f"part_{place}") for place, one in enumerate(columns)))
    # SQLite would read the JSON text again for each row of the landlord.
    return rows.cte("wanted").prefix_with("MATERIALIZED", dialect="sqlite")


def fits(found: CTE, *columns: Any) -> ColumnElement[bool]:
    """That these columns are the parts of a name."""
    return and_(*(column == part for column, part in zip(columns, found.columns, strict=True)))
