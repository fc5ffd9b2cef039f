"""How SQLite is opened: durable, in write-ahead mode, and with a transaction that says at its start whether it writes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_MILLISECONDS = 15_000

_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Within this, new transactions only read: on SQLite they leave the one place for a writer free."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Within this, new transactions write, also inside a `reading()`; end the open transaction first."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def tune(engine: Engine) -> None:
    """Set up an engine; nothing happens unless it is SQLite.

    A writer takes its lock with `BEGIN IMMEDIATE`: a reader that turns writer half-way may be refused at any time.
    `synchronous=FULL` because a receipt promises that the change survives a power cut.
    """
    if engine.dialect.name != "sqlite":
        return

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("the sqlite3 of the standard library is expected")
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if _reading.get() else "BEGIN IMMEDIATE")
