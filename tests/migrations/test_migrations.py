"""The migrations give the shape that the code expects, and leave a database that they do not know alone."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import CheckConstraint, UniqueConstraint, inspect, text

from fieldapp.config import Config
from fieldapp.extensions import db
from fieldapp.records.schema import (
    NewerThanCode,
    OlderThanCode,
    _last,
    _settings,
    _steps,
    _tables_may_be_rebuilt,
    check,
    upgrade,
)
from fieldapp.web import create_app


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> Iterator[Flask]:
    settings = {"FIELDAPP_DATA": str(tmp_path / "data"), "FIELDAPP_DATABASE_URL": database_url}
    app = create_app(Config.from_environ(settings))
    with app.app_context():
        yield app
        db.engine.dispose()


@pytest.mark.usefixtures("app")
def test_an_empty_database_is_brought_to_the_shape_of_the_tables() -> None:
    upgrade(db.engine)
    check(db.engine)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.usefixtures("app")
def test_a_second_upgrade_changes_nothing() -> None:
    upgrade(db.engine)
    before = set(inspect(db.engine).get_table_names())
    upgrade(db.engine)
    assert set(inspect(db.engine).get_table_names()) == before


@pytest.mark.usefixtures("app")
def test_a_database_without_its_tables_says_which_command_makes_them() -> None:
    with pytest.raises(OlderThanCode, match="fieldapp migrate"):
        check(db.engine)


@pytest.mark.usefixtures("app")
def test_a_database_newer_than_the_code_is_refused_and_left_as_it_was() -> None:
    upgrade(db.engine)
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (check, upgrade):
        with pytest.raises(NewerThanCode, match="9999"):
            attempt(db.engine)
    with db.engine.connect() as connection:
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "9999"


@pytest.mark.usefixtures("app")
def test_every_rule_of_the_tables_is_in_the_migrated_database_too() -> None:
    upgrade(db.engine)
    found = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        declared = {str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint)}
        assert {rule["name"] for rule in found.get_check_constraints(table.name)} == declared, table.name
        assert {rule["name"] for rule in found.get_unique_constraints(table.name)} == {
            str(rule.name) for rule in table.constraints if isinstance(rule, UniqueConstraint)
        }, table.name


@pytest.mark.usefixtures("app")
def test_the_codes_that_a_migrated_column_takes_are_those_of_the_declared_rule() -> None:
    upgrade(db.engine)
    found = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        told = {rule["name"]: rule["sqltext"] for rule in found.get_check_constraints(table.name)}
        for rule in table.constraints:
            if isinstance(rule, CheckConstraint) and str(rule.name).endswith("_known"):
                codes = re.findall(r"'(\w+)'", str(rule.sqltext))
                assert re.findall(r"'(\w+)'", told[str(rule.name)]) == codes, rule.name


@pytest.mark.usefixtures("app")
def test_every_step_can_be_taken_back_and_taken_again() -> None:
    upgrade(db.engine)
    before = shape()
    for _ in _steps():
        step(command.downgrade, "-1")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
    for _ in _steps():
        step(command.upgrade, "+1")
    check(db.engine)
    assert shape() == before


def step(take: Callable[[AlembicConfig, str], None], how: str) -> None:
    with db.engine.connect() as connection, _tables_may_be_rebuilt(connection), connection.begin():
        take(_settings(connection), how)


def shape() -> dict[str, tuple[set[str], set[object], set[object]]]:
    """The columns, indexes and rules of each table, by their names."""
    found = inspect(db.engine)
    return {
        table: (
            {f"{column['name']} {column['type']} {column['nullable']}" for column in found.get_columns(table)},
            {index["name"] for index in found.get_indexes(table)},
            {rule["name"] for rule in (*found.get_check_constraints(table), *found.get_foreign_keys(table))},
        )
        for table in found.get_table_names()
    }


def test_the_steps_are_read_without_alembic_as_alembic_reads_them() -> None:
    scripts = ScriptDirectory.from_config(_settings())
    assert _steps() == {script.revision: script.down_revision for script in scripts.walk_revisions()}
    assert _last() == scripts.get_current_head()
