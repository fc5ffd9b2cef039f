"""SQLite as the application opens it: a commit that returned is on the disk, and writers stand in line."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DBAPIError

from fieldapp.records import sqlite
from fieldapp.records.sqlite import reading, tune


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    engine = create_engine(sqlite_url)
    tune(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (word TEXT)"))
    yield engine
    engine.dispose()


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are brought to the disk from now on."""
    names: list[str] = []
    real = os.fsync

    def noted(handle: int) -> None:
        names.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr("fieldapp.records.sqlite.os.fsync", noted)
    return names


def write(engine: Engine, word: str) -> None:
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES (:word)"), {"word": word})


def words(engine: Engine) -> list[str]:
    with reading(), engine.connect() as connection:
        return list(connection.scalars(text("SELECT word FROM note ORDER BY rowid")))


def test_the_log_is_on_the_disk_when_a_commit_returns(engine: Engine, synced: list[str]) -> None:
    write(engine, "one")
    assert synced == ["fieldapp.sqlite3-wal"]


def test_reading_and_undoing_wait_for_no_disk(engine: Engine, synced: list[str]) -> None:
    words(engine)
    with engine.connect() as connection:
        connection.execute(text("INSERT INTO note VALUES ('undone')"))
        connection.rollback()
    assert (words(engine), synced) == ([], [])


def test_a_disk_that_does_not_take_the_log_makes_the_commit_fail(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("fieldapp.records.sqlite.os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            write(engine, "one")
    write(engine, "two")
    assert "two" in words(engine)


def test_many_writers_at_once_all_get_their_turn(engine: Engine) -> None:
    def work(number: int) -> None:
        for turn in range(10):
            write(engine, f"{number}/{turn}")

    writers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(set(words(engine))) == 80


def test_who_waits_too_long_is_told_so_and_the_line_goes_on(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_MILLISECONDS", 10)
    with engine.begin() as first:
        first.execute(text("INSERT INTO note VALUES ('first')"))
        with pytest.raises((DBAPIError, sqlite3.OperationalError), match="locked"):
            write(engine, "second")
    write(engine, "third")
    assert words(engine) == ["first", "third"]


def test_another_process_that_writes_is_waited_for(engine: Engine, sqlite_url: str) -> None:
    other = create_engine(sqlite_url)
    tune(other)
    holding, written = threading.Event(), threading.Event()

    def work() -> None:
        holding.wait()
        write(engine, "waited")
        written.set()

    waiting = threading.Thread(target=work)
    waiting.start()
    with other.begin() as connection:
        connection.execute(text("INSERT INTO note VALUES ('held')"))
        holding.set()
    waiting.join()
    other.dispose()
    assert written.is_set()
    assert words(engine) == ["held", "waited"]


def test_a_database_in_memory_needs_no_log() -> None:
    engine = create_engine("sqlite://")
    tune(engine)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE note (word TEXT)"))
    write(engine, "one")
    assert words(engine) == ["one"]
    engine.dispose()
