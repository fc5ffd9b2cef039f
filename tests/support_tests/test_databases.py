"""Each test gets a database of its own, on both engines."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text


@pytest.mark.parametrize("turn", (1, 2))
def test_a_database_starts_empty_and_takes_writes(database_url: str, turn: int) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE room (name VARCHAR(20))"))
        connection.execute(text("INSERT INTO room VALUES (:name)"), {"name": f"cuisine {turn}"})
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT name FROM room")) == f"cuisine {turn}"
    engine.dispose()


def test_postgresql_runs_as_someone_who_is_not_root(postgresql_url: str) -> None:
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")) == 1
        folder = str(connection.scalar(text("SHOW data_directory")))
    engine.dispose()
    assert Path(folder).stat().st_uid != 0
