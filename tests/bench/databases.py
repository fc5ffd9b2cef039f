"""The two kinds of database that a family measures on, by their names."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from fieldapp.extensions import db
from fieldapp.records.base import Base
from tests.support import postgresql

BOTH = ("SQLite", "PostgreSQL")
Row = dict[str, object]


@contextmanager
def database(name: str, *, durable: bool = False) -> Iterator[dict[str, str]]:
    """The settings for an empty one; `durable` waits for the disk at each commit, as the landlord's does."""
    if name == "SQLite":
        yield {}
    else:
        with postgresql.cluster(durable=durable) as cluster, cluster.database() as one:
            yield {"FIELDAPP_DATABASE_URL": cluster.url(one)}


def pour(tables: dict[type[Base], list[Row]]) -> None:
    """Write rows that are whole, each reference unlooked up, by an engine without the product's own habits."""
    plain = create_engine(db.engine.url)
    with plain.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for table, rows in tables.items():
            if rows:
                _pour(connection, table, rows)
    plain.dispose()


def settle() -> None:
    """What a database does by itself in a while: know how much there is of what."""
    plain = create_engine(db.engine.url)
    if plain.dialect.name == "postgresql":
        with plain.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    plain.dispose()


def _pour(connection: Connection, table: type[Base], rows: Sequence[Row]) -> None:
    """Write rows that name the same columns, by the database's own way for many where it has one."""
    if connection.dialect.name == "postgresql":
        driver = connection.connection.driver_connection
        assert driver is not None
        usual = _usual(table, rows[0])
        columns = ", ".join(f'"{name}"' for name in (*rows[0], *usual))
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.__tablename__} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row.values(), *usual.values()))
    else:
        connection.execute(insert(table), rows)


def _usual(table: type[Base], row: Row) -> Row:
    """What an `INSERT` of ours would add to a row: the columns that have a value unless another is given."""
    columns = [column for column in table.__table__.columns if column.name not in row]
    return {
        column.name: column.default.arg for column in columns if isinstance(column.default, ScalarElementColumnDefault)
    }
