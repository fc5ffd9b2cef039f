"""Which shape the database has, and how it is brought to the one that this code knows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import OperationalError

if TYPE_CHECKING:
    from alembic.config import Config as AlembicConfig

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

_WRITTEN = table("alembic_version", column("version_num"))
_STEP = re.compile(r"""^(down_)?revision: [^=]*= (?:["'](.+)["']|None)$""", re.MULTILINE)


class SchemaProblem(RuntimeError):
    """The database is not of the shape that this code knows; the sentence says what to do."""


class DoesNotAnswer(SchemaProblem):
    """There is no database where the setting says."""

    def __init__(self, why: str) -> None:
        super().__init__(f"FIELDAPP_DATABASE_URL: the database does not answer ({why})")


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


def check(engine: Engine) -> None:
    """Raise `SchemaProblem` unless the database answers and has this code's shape; changes nothing."""
    with _connected(engine) as connection:
        if _revision(connection) != _last():
            raise OlderThanCode


def upgrade(engine: Engine) -> None:
    """Bring the database to this code's shape in one transaction; raises `SchemaProblem` and changes nothing then."""
    with _connected(engine) as connection, _tables_may_be_rebuilt(connection), connection.begin():
        if _revision(connection) == _last():
            return
        _change(connection)
        if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise BrokenReferences


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        connection = engine.connect()
    except OperationalError as error:
        # The driver's first line has no password, the address that SQLAlchemy would print may.
        raise DoesNotAnswer(str(error.orig).partition("\n")[0]) from error
    with connection:
        yield connection


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


def _revision(connection: Connection) -> str | None:
    """The revision that the database has; raises `NewerThanCode` when this code does not know it."""
    if not inspect(connection).has_table(_WRITTEN.name):
        return None
    found = connection.scalar(select(_WRITTEN.c.version_num))
    if found is not None and found not in _steps():
        raise NewerThanCode(str(found))
    return found


def _last() -> str:
    """The step that no other one follows."""
    steps = _steps()
    (last,) = steps.keys() - steps.values()
    return last


def _steps() -> dict[str, str | None]:
    """Each step with the one before it, as the files say; importing Alembic takes longer than the rest of a start."""
    found = {}
    for file in (MIGRATIONS / "versions").glob("[0-9]*.py"):
        said = {bool(down): name or None for down, name in _STEP.findall(file.read_text(encoding="utf-8"))}
        found[str(said[False])] = said[True]
    return found


def _change(connection: Connection) -> None:
    from alembic import command

    command.upgrade(_settings(connection), "head")


def _settings(connection: Connection | None = None) -> "AlembicConfig":
    from alembic.config import Config

    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    settings.attributes["connection"] = connection
    return settings
