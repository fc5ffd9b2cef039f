"""Inventories that were there before the office's list was kept have their place in it after the step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, text

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import _last, _settings
from fieldapp.web import create_app

NOW = "2026-11-18 10:00:00"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Config.from_environ({"FIELDAPP_DATA": str(tmp_path / "data")}))
    with app.app_context():
        yield app
        db.engine.dispose()


def write(connection: Connection, table: str, **given: object) -> None:
    """One row with what the step reads, and something in every other column that wants it."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
    needed = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
    values = {
        name: given.get(name, NOW if name.endswith("_at") else 0 if "INT" in kind else "move_in")
        for _at, name, kind, required, default, _key in needed
        if name in given or (required and default is None)
    }
    names, marks = ", ".join(f'"{name}"' for name in values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608 - our own names


def test_every_inventory_is_listed_and_what_was_called_off_is_not(app: Flask) -> None:
    assert app.config["SECRET_KEY"]
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_settings(connection), "0011")
            for number, state in enumerate(("planned", "cancelled")):
                write(connection, "appointment", id=f"a{number}", inventory_id=f"i{number}", state=state)
                write(connection, "inventory", id=f"i{number}", appointment_id=f"a{number}", state="planned")
            write(connection, "inventory", id="i2", appointment_id="a2", state="sealed", number="E-7", closed_at=NOW)
            command.upgrade(_settings(connection), _last())
            rows = connection.execute(text("SELECT inventory_id, rank FROM review ORDER BY inventory_id")).all()
            assert [tuple(row) for row in rows] == [("i0", 22), ("i1", 24), ("i2", 16)]
            command.downgrade(_settings(connection), "0012")
            stands = connection.execute(text("SELECT stands FROM review ORDER BY inventory_id")).scalars().all()
            assert list(map(bool, stands)) == [True, False, True]
