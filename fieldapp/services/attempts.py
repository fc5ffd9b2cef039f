"""Counting tries against a limit, in a transaction of its own: a try counts even when what follows fails."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from fieldapp.extensions import db
from fieldapp.records.attempt import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` tries of `what` by one key within `window`, counted from the first."""

    what: str
    most: int
    window: timedelta


class TooManyAttempts(Exception):
    """The limit is reached; `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"try again in {retry_after} s")
        self.retry_after = retry_after


def count(limit: Limit, key: str) -> None:
    """Count one try, before it is made: two at once cannot both be the last. Raises `TooManyAttempts`."""
    now = datetime.now(UTC)
    hashed = _hashed(key)
    insert = postgresql_insert if db.session.get_bind().dialect.name == "postgresql" else sqlite_insert
    fresh = insert(Attempt).values(what=limit.what, key=hashed, count=1, window_ends_at=now + limit.window)
    over = Attempt.window_ends_at <= now
    counted = fresh.on_conflict_do_update(
        index_elements=[Attempt.what, Attempt.key],
        set_={
            "count": case((over, 1), else_=Attempt.count + 1),
            "window_ends_at": case((over, fresh.excluded.window_ends_at), else_=Attempt.window_ends_at),
        },
    ).returning(Attempt.count, Attempt.window_ends_at)
    number, ends = db.session.execute(counted).one()
    db.session.commit()
    if number > limit.most:
        raise TooManyAttempts(max(1, int((ends - now).total_seconds()) + 1))


def forget(limit: Limit, key: str) -> None:
    """Start again for this key: it has shown who it is."""
    db.session.execute(delete(Attempt).where(Attempt.what == limit.what, Attempt.key == _hashed(key)))
    db.session.commit()


def give_back(limit: Limit, key: str) -> None:
    """Take one try back: it was a good one, and others may share the key."""
    db.session.execute(
        update(Attempt)
        .where(Attempt.what == limit.what, Attempt.key == _hashed(key), Attempt.count > 1)
        .values(count=Attempt.count - 1)
    )
    db.session.commit()


def clear_old(now: datetime) -> None:
    """Erase the counters whose window is over."""
    db.session.execute(delete(Attempt).where(Attempt.window_ends_at <= now))
    db.session.commit()


def _hashed(key: str) -> str:
    return hmac.new(current_app.config["SECRET_KEY"].encode(), key.encode(), hashlib.sha256).hexdigest()
