"""Insertions that meet a row already there, said in the words of the database that is asked."""

from collections.abc import Callable

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fieldapp.records.base import Base

Insertion = PostgresqlInsert | SqliteInsert


class Upsert:
    """`ON CONFLICT` into one table: built once for each kind of database, because building costs more than running."""

    def __init__(self, table: type[Base], complete: Callable[[Insertion], Executable]) -> None:
        self._statements: dict[str, Executable] = {
            "postgresql": complete(postgresql_insert(table)),
            "sqlite": complete(sqlite_insert(table)),
        }

    def on(self, connection: Connection) -> Executable:
        """The statement for this connection."""
        return self._statements[connection.dialect.name]
