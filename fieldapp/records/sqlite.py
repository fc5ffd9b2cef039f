"""How SQLite is opened: in write-ahead mode, one writer after the other, durable when a commit returns."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import Dialect
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


class LoggedConnection(sqlite3.Connection):
    """A connection whose commits wait for the disk after they have let the next writer in.

    SQLite alone (`synchronous=FULL`) waits for the disk while it holds the one place for a writer, and lets who comes
    meanwhile ask again after up to 100 ms. Here writers of one process stand in line, and the log is synced after the
    commit: commits of several threads share one wait. When `commit` returns, the change survives a power cut, as with
    FULL; until then nobody was promised anything (https://www.sqlite.org/wal.html).
    """

    line: threading.Lock
    """Held by the one connection of this process that writes."""

    log: str | None = None
    """The write-ahead log to sync after a commit; None when SQLite syncs by itself."""

    _first: bool = False

    def stand_in_line(self) -> None:
        """Wait until no other connection of this process writes; raises as SQLite does when that takes too long."""
        if not self.line.acquire(timeout=BUSY_MILLISECONDS / 1000):
            raise sqlite3.OperationalError("database is locked")
        self._first = True

    def commit(self) -> None:
        """Commit; returns when the change is on the disk."""
        super().commit()
        wrote = self._first
        self._leave_the_line()
        if wrote and self.log is not None:
            _sync(self.log)

    def rollback(self) -> None:
        """Undo what the transaction wrote."""
        super().rollback()
        self._leave_the_line()

    def close(self) -> None:
        """Let the connection go, and whatever it had not committed."""
        super().close()
        self._leave_the_line()

    def _leave_the_line(self) -> None:
        if self._first:
            self._first = False
            self.line.release()


def tune(engine: Engine) -> None:
    """Set up an engine that has no connection yet; nothing happens unless it is SQLite.

    A writer takes its lock with `BEGIN IMMEDIATE`: a reader that turns writer half-way may be refused at any time.
    """
    if engine.dialect.name != "sqlite":
        return
    line = threading.Lock()

    @event.listens_for(engine, "do_connect")
    def connecting(_dialect: Dialect, _entry: ConnectionPoolEntry, _args: list[Any], options: dict[str, Any]) -> None:
        options["factory"] = LoggedConnection

    @event.listens_for(engine, "connect")
    def connected(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        own = _ours(connection)
        own.isolation_level = None
        own.line = line
        cursor = own.cursor()
        mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
        file = cursor.execute("PRAGMA database_list").fetchone()[2]
        # Without a log (in memory, or on a file system that cannot share one) SQLite does all of it by itself.
        own.log = f"{file}-wal" if mode == "wal" else None
        cursor.execute(f"PRAGMA synchronous={'FULL' if own.log is None else 'NORMAL'}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        if _reading.get():
            connection.exec_driver_sql("BEGIN")
            return
        own = _ours(connection.connection.dbapi_connection)
        own.stand_in_line()
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            own.rollback()
            raise


def _ours(connection: object) -> LoggedConnection:
    if not isinstance(connection, LoggedConnection):
        raise TypeError("the engine was used before it was tuned")
    return connection


def _sync(path: str) -> None:
    """Bring a file to the disk; opened anew each time, because SQLite may have begun another log since."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
