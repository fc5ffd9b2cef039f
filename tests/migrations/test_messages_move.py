"""Messages about inventories keep their addressee, their agency and their report through the step and back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask
from sqlalchemy import Connection, text

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import _settings
from fieldapp.web import create_app

NOW = "2026-11-18 10:00:00"


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    app = create_app(Config.from_environ({"FIELDAPP_DATA": str(tmp_path / "data")}))
    with app.app_context():
        yield app
        db.engine.dispose()


def fill(connection: Connection) -> None:
    """One message of the shape before, with only those columns of what it hangs on that the step reads."""
    rows: dict[str, dict[str, object]] = {
        "inventory": {"id": "i", "agency_id": "g", "number": "E-7"},
        "sealed_report": {"inventory_id": "i", "sha256": "ab" * 32, "bytes": 900},
        "outgoing_mail": {
            "id": "m",
            "landlord_id": "l",
            "inventory_id": "i",
            "party_id": "p",
            "link_id": "h",
            "created_by": "a",
            "to_address": "c@t.example",
            "subject": "Copy",
            "body": "{link}",
            "state": "sent",
            "created_at": NOW,
        },
    }
    for table, given in rows.items():
        needed = connection.exec_driver_sql(f"PRAGMA table_info({table})").all()
        values = {
            name: given.get(name, NOW if name.endswith("_at") else "draft" if name == "state" else "move_in")
            for _at, name, _kind, required, default, _key in needed
            if name in given or (required and default is None)
        }
        names = ", ".join(values)
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        marks = ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)  # noqa: S608 - our own names


def test_a_message_about_an_inventory_survives_the_step_and_the_way_back(app: Flask) -> None:
    assert app.config["SECRET_KEY"]
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_settings(connection), "0010")
            fill(connection)
            command.upgrade(_settings(connection), "0011")
            moved = connection.execute(
                text("SELECT purpose, channel, topic, topic_id, recipient_id, agency_id, link_id FROM outgoing_mail")
            ).one()
            assert tuple(moved) == ("inventory_copy", "email", "inventory", "i", "p", "g", "h")
            carried = connection.execute(text("SELECT mail_id, folder, name, bytes FROM mail_attachment")).one()
            assert tuple(carried) == ("m", "reports", "E-7.pdf", 900)
            command.downgrade(_settings(connection), "0010")
            back = connection.execute(text("SELECT inventory_id, party_id, to_address, state FROM outgoing_mail")).one()
            assert tuple(back) == ("i", "p", "c@t.example", "sent")
