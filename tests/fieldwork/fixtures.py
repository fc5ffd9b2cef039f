"""The fixtures of these tests: the real app on each kind of database, with its estate.

Tables and estate are made once a kind and copied for each test, which is many times quicker than making them.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import event

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.sqlite import LoggedConnection
from fieldapp.web import create_app
from tests.fieldwork.estate import Estate
from tests.support.postgresql import Cluster


@pytest.fixture(scope="session")
def sqlite_pattern(quick_passwords: PasswordHasher, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Estate]:
    """A SQLite file with an estate, to be copied."""
    folder = tmp_path_factory.mktemp("pattern")
    path = folder / "pattern.sqlite3"
    return path, _pattern(f"sqlite:///{path}", folder)


@pytest.fixture(scope="session")
def postgresql_pattern(
    postgresql_cluster: Cluster,
    quick_passwords: PasswordHasher,
    quick_routes: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Estate]]:
    """A PostgreSQL database with an estate, to be used as a template."""
    with postgresql_cluster.database() as name:
        yield name, _pattern(postgresql_cluster.url(name), tmp_path_factory.mktemp("pattern"))


@pytest.fixture(params=("sqlite", "postgresql"))
def estate(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Estate]:
    """A landlord with two agencies and three agents, in the real app over a fresh database of each kind."""
    with _copied(request, request.param, tmp_path) as own:
        yield own


@pytest.fixture
def quick_estate(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Estate]:
    """The same on SQLite alone, for what is not about the database."""
    with _copied(request, "sqlite", tmp_path) as own:
        yield own


def make_app(database_url: str, folder: Path) -> Flask:
    """The real factory; the data folder is `folder`."""
    environ = {"FIELDAPP_DATA": str(folder), "FIELDAPP_DATABASE_URL": database_url}
    app = create_app(Config.from_environ({**environ, "FIELDAPP_SECRET_KEY": secrets.token_hex()}))
    app.testing = True
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _without_waiting)
    return app


def _without_waiting(connection: LoggedConnection, _entry: object) -> None:
    """No test cuts the power: waiting for the disk would only make them slow, as for the tests' PostgreSQL."""
    connection.execute("PRAGMA synchronous=OFF")
    connection.log = None


def _pattern(database_url: str, folder: Path) -> Estate:
    app = make_app(database_url, folder)
    with app.app_context():
        db.create_all()
    made = Estate.build(app)
    with app.app_context():
        db.engine.dispose()
    return made


@contextmanager
def _copied(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[Estate]:
    with _database(request, kind, folder) as (url, pattern):
        app = make_app(url, folder)
        yield replace(pattern, app=app)
        with app.app_context():
            db.engine.dispose()


@contextmanager
def _database(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[tuple[str, Estate]]:
    if kind == "sqlite":
        path, pattern = request.getfixturevalue("sqlite_pattern")
        shutil.copyfile(path, folder / "fieldapp.sqlite3")
        yield f"sqlite:///{folder / 'fieldapp.sqlite3'}", pattern
    else:
        cluster: Cluster = request.getfixturevalue("postgresql_cluster")
        template, pattern = request.getfixturevalue("postgresql_pattern")
        with cluster.database(template) as name:
            yield cluster.url(name), pattern
