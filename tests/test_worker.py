"""The worker outlives its database's trouble."""

import sqlite3
import threading
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from fieldapp import worker
from fieldapp.extensions import db
from fieldapp.records.job import Job
from fieldapp.services import jobs
from tests.fieldwork.estate import Estate
from tests.fieldwork.fixtures import quick_estate, sqlite_pattern

__all__ = ["quick_estate", "sqlite_pattern"]


@pytest.mark.parametrize("step", ("lease", "fail", "finish"))
def test_a_database_that_is_locked_for_a_while_ends_nothing(
    quick_estate: Estate, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whatever the worker was about to note: the job is done at a later attempt."""
    plain, stop, attempts = getattr(jobs, step), threading.Event(), []
    refusals = [OperationalError("UPDATE job", {}, sqlite3.OperationalError("database is locked"))]

    def locked_once(*args: Any) -> Any:
        if refusals:
            raise refusals.pop()
        return plain(*args)

    def fail_first(_args: object) -> None:
        attempts.append(1)
        if len(attempts) > 1 or step == "lease":
            stop.set()
        elif step == "fail":
            raise ValueError

    monkeypatch.setattr(jobs, step, locked_once)
    monkeypatch.setattr(jobs, "LEASE", jobs.LEASE * 0)
    monkeypatch.setattr(worker, "AFTER_TROUBLE_SECONDS", 0)
    with quick_estate.app.app_context():
        jobs.enqueue(db.session(), "any", {})
        db.session.commit()
        worker.run(quick_estate.app, stop, {"any": fail_first})
        assert db.session.scalars(select(Job.state)).all() == ["done"]
    assert refusals == []
