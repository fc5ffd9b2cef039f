"""The photographs of a stock, written by the database itself: millions of rows would take Python an hour."""

import hashlib
import sqlite3

from sqlalchemy import Connection, create_engine, text

from fieldapp.extensions import db

_HASH = {"postgresql": "encode(sha256(convert_to({}, 'UTF8')), 'hex')", "sqlite": "sha256({})"}
_NEW = """
    WITH RECURSIVE shot(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM shot WHERE n < :each)
    SELECT id AS root_id, {} AS sha256, closed_at FROM inventory CROSS JOIN shot
    WHERE landlord_id = :landlord AND closed_at IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM photo_use WHERE photo_use.root_id = inventory.id)
"""
_USES = (
    "INSERT INTO photo_use (root_id, photo_id, size, sha256) SELECT root_id, substr(sha256, 1, 36), 'report', sha256"
)
_FILES = """
    INSERT INTO photo (sha256, bytes, verdict, width, height, received_at, examined_at)
    SELECT sha256, 180000, 'safe', 1000, 750, closed_at, closed_at
"""
_INDEXES = (
    ("ALTER TABLE photo DROP CONSTRAINT pk_photo", "ALTER TABLE photo ADD CONSTRAINT pk_photo PRIMARY KEY (sha256)"),
    ("DROP INDEX ix_photo_use_sha256", "CREATE INDEX ix_photo_use_sha256 ON photo_use (sha256)"),
)


def photograph(landlord_id: str, each: int) -> None:
    """Give each inventory that was closed and has no photograph its `each` ones, examined, with hashes of their own."""
    plain = create_engine(db.engine.url)
    with plain.begin() as connection:
        dialect = connection.dialect.name
        if dialect == "sqlite":
            _teach(connection)
        fresh = _NEW.format(_HASH[dialect].format("id || ':' || n"))
        if dialect == "postgresql":
            # One sort at the end instead of ten million searches for a place.
            connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
            for drop, _ in _INDEXES:
                connection.execute(text(drop))
        wanted = {"landlord": landlord_id, "each": each}
        connection.execute(text(f"{_FILES} FROM ({fresh}) AS fresh"), wanted)
        connection.execute(text(f"{_USES} FROM ({fresh}) AS fresh"), wanted)
        if dialect == "postgresql":
            for _, build in _INDEXES:
                connection.execute(text(build))
    plain.dispose()


def _teach(connection: Connection) -> None:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.create_function("sha256", 1, lambda said: hashlib.sha256(said.encode()).hexdigest(), deterministic=True)
