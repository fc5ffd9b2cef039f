"""What a machine needs to run fieldapp, looked at one by one."""

import importlib
import shutil
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from fieldapp.config import Config
from fieldapp.records.schema import DoesNotAnswer, NewerThanCode, SchemaProblem, check

PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
FREE_BYTES = 1024**3
OLDEST_SQLITE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is there, whether it is needed, and what mends it."""

    what: str
    ok: bool
    remedy: str
    needed: bool = True


def examine(config: Config) -> list[Finding]:
    """Everything, in the order in which a person would mend it."""
    return [
        Finding(f"Python {sys.version.split()[0]}", sys.version_info >= (3, 11), "Install Python 3.11 or later."),
        Finding(
            f"SQLite {sqlite3.sqlite_version}",
            sqlite3.sqlite_version_info >= OLDEST_SQLITE,
            "Install SQLite 3.37 or later.",
        ),
        _works("Pango and HarfBuzz, for the reports", lambda: importlib.import_module("weasyprint"), f"apt-get install {PANGO}"),
        _works("Pillow with JPEG", _jpeg, "Run bin/setup again."),
        _works("Pictures of telephones (HEIF)", lambda: importlib.import_module("pi_heif"), "Run bin/setup again."),
        _present("Browser libraries", "static/vendor/lit/index.js"),
        _present("Report fonts", "reports/fonts/IBMPlexSans-Regular.ttf"),
        _works("The database answers", lambda: _database(config), "Check FIELDAPP_DATABASE_URL."),
        _shape(config),
        _works("The seal can be loaded", lambda: _seal(config), "Check FIELDAPP_SEAL_PKCS12 and FIELDAPP_SEAL_PASSPHRASE."),
        Finding(
            "At least 1 GB free for photographs",
            shutil.disk_usage(config.data).free >= FREE_BYTES,
            "Free some space, or put FIELDAPP_DATA on a larger disk.",
        ),
        Finding("A mail server", config.smtp_url is not None, "FIELDAPP_SMTP_URL is not set: mail waits in the outbox.", needed=False),
        Finding("A gateway for text messages", config.sms_url is not None, "FIELDAPP_SMS_URL is not set: text messages wait in the outbox.", needed=False),
        Finding("A time-stamping authority", config.tsa_url is not None, "FIELDAPP_TSA_URL is not set: reports are sealed without time-stamp.", needed=False),
        Finding("A seal of your own", config.seal_pkcs12 is not None, "FIELDAPP_SEAL_PKCS12 is not set: a demonstration authority seals.", needed=False),
    ]  # fmt: skip


def _works(what: str, attempt: Callable[[], object], remedy: str) -> Finding:
    try:
        attempt()
    except (ImportError, OSError, ValueError, SQLAlchemyError) as error:
        return Finding(f"{what} ({type(error).__name__})", ok=False, remedy=remedy)
    return Finding(what, ok=True, remedy="")


def _present(what: str, name: str) -> Finding:
    return Finding(what, resources.files("fieldapp").joinpath(name).is_file(), "Run bin/setup.")


def _jpeg() -> None:
    features = importlib.import_module("PIL.features")
    if not features.check("jpg"):
        raise ImportError("jpg")


def _database(config: Config) -> None:
    with create_engine(config.database_url).connect() as connection:
        connection.execute(text("SELECT 1"))


def _shape(config: Config) -> Finding:
    """An older shape is no fault: the next start changes it."""
    what = "The database has the shape of this release"
    try:
        check(create_engine(config.database_url))
    except NewerThanCode as problem:
        return Finding(what, ok=False, remedy=str(problem))
    except DoesNotAnswer:
        return Finding(f"{what}, unknown because it does not answer", ok=False, remedy="See above.", needed=False)
    except SchemaProblem as problem:
        return Finding(what, ok=False, remedy=f"{problem} (fieldapp run does it too)", needed=False)
    return Finding(what, ok=True, remedy="")


def _seal(config: Config) -> None:
    """Nothing is made: a demonstration authority that is not there yet comes with the first start."""
    if config.seal_pkcs12 is not None or config.authority.is_dir():
        authority = importlib.import_module("fieldapp.reports.authority")
        authority.load(config.authority, config.seal_pkcs12, config.seal_passphrase)
