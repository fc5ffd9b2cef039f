"""The fixtures of these tests: the real app on each kind of database, with its estate."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.web import create_app
from tests.fieldwork.estate import Estate


@pytest.fixture
def estate(database_url: str, tmp_path: Path) -> Iterator[Estate]:
    """A landlord with two agencies and three agents, in the real app over a fresh database of each kind."""
    app = make_app(database_url, tmp_path)
    yield Estate.build(app)
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def quick_estate(sqlite_url: str, tmp_path: Path) -> Iterator[Estate]:
    """The same on SQLite alone, for what never reaches the database."""
    app = make_app(sqlite_url, tmp_path)
    yield Estate.build(app)
    with app.app_context():
        db.engine.dispose()


def make_app(database_url: str, folder: Path) -> Flask:
    """The real factory with the tables made; the data folder is `folder`."""
    environ = {"FIELDAPP_DATA": str(folder), "FIELDAPP_DATABASE_URL": database_url}
    app = create_app(Config.from_environ({**environ, "FIELDAPP_SECRET_KEY": secrets.token_hex()}))
    app.testing = True
    with app.app_context():
        db.create_all()
    return app
