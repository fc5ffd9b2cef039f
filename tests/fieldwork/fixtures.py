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
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    """The application over a fresh database with its tables."""
    made = make_app(database_url, tmp_path)
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def estate(app: Flask) -> Estate:
    """A landlord with two agencies and three agents."""
    return Estate.build(app)


def make_app(database_url: str, folder: Path) -> Flask:
    """The real factory with the tables made; the data folder is `folder`."""
    app = create_app(
        Config.from_environ(
            {
                "FIELDAPP_DATA": str(folder),
                "FIELDAPP_DATABASE_URL": database_url,
                "FIELDAPP_SECRET_KEY": secrets.token_hex(),
            }
        )
    )
    app.testing = True
    with app.app_context():
        db.create_all()
    return app
