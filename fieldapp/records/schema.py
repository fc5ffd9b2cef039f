"""Which shape the database has, and how it is brought to the one that this code knows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


class SchemaProblem(RuntimeError):
    """The database is not of the shape that this code knows; the sentence says what to do."""


class NewerThanCode(SchemaProblem):
    """A later release has already changed this database."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"The database is newer than this program (revision {revision} is unknown here). "
            "Nothing was changed. Start the release that last used it, or a later one."
        )


class OlderThanCode(SchemaProblem):
    """The database still has the shape of an earlier release."""

    def __init__(self) -> None:
        super().__init__("The database has the shape of an earlier release. Run: fieldapp migrate")


class BrokenReferences(SchemaProblem):
    """After the steps a row would point to one that is not there."""

    def __init__(self) -> None:
        super().__init__("A row of this database points to one that is not there. Nothing was changed.")


def _settings(connection: Connection | None = None) -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings


def _revision(connection: Connection) -> str | None:
    """The revision that the database has; raises `NewerThanCode` when this code does not know it."""
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_settings()).walk_revisions()}
    if found is not None and found not in known:
        raise NewerThanCode(found)
    return found


def check(engine: Engine) -> None:
    """Raise `SchemaProblem` unless the database has this code's shape; changes nothing."""
    with engine.connect() as connection:
        if _revision(connection) != ScriptDirectory.from_config(_settings()).get_current_head():
            raise OlderThanCode


def upgrade(engine: Engine) -> None:
    """Bring the database to this code's shape in one transaction; raises `NewerThanCode` and changes nothing then."""
    with engine.connect() as connection, _tables_may_be_rebuilt(connection), connection.begin():
        _revision(connection)
        command.upgrade(_settings(connection), "head")
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise BrokenReferences


@contextmanager
def _tables_may_be_rebuilt(connection: Connection) -> Iterator[None]:
    """On SQLite a table whose rules change is copied and dropped: nothing may be deleted with it meanwhile.

    The switch works outside a transaction only (https://www.sqlite.org/lang_altertable.html, section 7).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    own = connection.connection.cursor()
    own.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        own.execute("PRAGMA foreign_keys=ON")
        own.close()
