"""Photographs and promises that were there before the works list showed photographs are found by it after the step."""

import json

from alembic import command
from flask import Flask
from sqlalchemy import text

from fieldapp.extensions import db
from fieldapp.records.schema import _last, _settings
from tests.migrations.test_reviews_move import app, write

__all__ = ["app"]


def test_a_photograph_says_what_it_shows_and_a_promise_of_which_element_it_is(app: Flask) -> None:
    assert app.config["SECRET_KEY"]
    with db.engine.connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.upgrade(_settings(connection), "0026")
            for size in ("report", "archive"):
                write(connection, "photo_use", root_id="r", photo_id="p", size=size, sha256="0")
            body = json.dumps({"subject_id": "e1"})
            write(connection, "field_state", root_id="r", entity_id="p", field="body", kind="photo", value=body)
            write(connection, "room", id="k", dwelling_id="d", room_kind="kitchen")
            for position, kind in enumerate(("walls", "socket", "socket"), 1):
                write(connection, "element", id=f"e{position}", room_id="k", element_kind=kind, position=position)
            for kind in ("walls", "socket"):
                place = {"dwelling_id": "d", "room_kind": "kitchen", "element_kind": kind}
                write(connection, "works_request", id=kind, source="promise", **place)
            command.upgrade(_settings(connection), _last())
            assert set(connection.execute(text("SELECT subject_id FROM photo_use")).scalars()) == {"e1"}
            rows = connection.execute(text("SELECT id, element_id FROM works_request")).all()
            assert {tuple(row) for row in rows} == {("walls", "e1"), ("socket", None)}
