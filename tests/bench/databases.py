"""The two kinds of database that a family measures on, by their names."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, insert, text

from fieldapp.extensions import db
from fieldapp.records.base import Base
from tests.support import postgresql

BOTH = ("SQLite", "PostgreSQL")
LOT = 5000

Row = dict[str, object]


@contextmanager
def database(name: str) -> Iterator[dict[str, str]]:
    """The settings for an empty one."""
    if name == "SQLite":
        yield {}
    else:
        with postgresql.cluster() as cluster, cluster.database() as one:
            yield {"FIELDAPP_DATABASE_URL": cluster.url(one)}


def pour(tables: dict[type[Base], list[Row]]) -> None:
    """Write rows that are whole, each reference unlooked up, by an engine without the product's own habits."""
    plain = create_engine(db.engine.url)
    with plain.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, rows in tables.items():
            _pour(connection, table, rows)
    plain.dispose()


def settle() -> None:
    """What a database does by itself in a while: know how much there is of what."""
    plain = create_engine(db.engine.url)
    if plain.dialect.name == "postgresql":
        with plain.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    plain.dispose()


def _pour(connection: Connection, table: type[Base], rows: list[Row]) -> None:
    for start in range(0, len(rows), LOT):
        connection.execute(insert(table), rows[start : start + LOT])
