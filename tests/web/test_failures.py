"""A failure is written down with its place in the code, and without what a person had entered."""

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select, text

from fieldapp.extensions import db
from fieldapp.records.job import Job
from fieldapp.services import jobs
from fieldapp.services.sealing import CannotSeal
from fieldapp.worker import work_once
from tests.fieldwork.estate import Estate
from tests.fieldwork.office import browser

NAME = "Camille Essai"


def by_parameter() -> None:
    """SQLite names the table, SQLAlchemy would add the parameters."""
    db.session.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": NAME})


def by_message() -> None:
    """A sentence that quotes what it could not read."""
    raise ValueError(f"cannot read {NAME!r}")


def by_cause() -> None:
    """An error of ours after one that quotes."""
    try:
        by_message()
    except ValueError as error:
        raise CannotSeal("2 photographs are not here") from error


FAILURES = pytest.mark.parametrize("failure", (by_parameter, by_message, by_cause))


@FAILURES
def test_of_a_failed_request_the_log_tells_where_and_not_whom(
    quick_estate: Estate, caplog: pytest.LogCaptureFixture, failure: Callable[[], None]
) -> None:
    quick_estate.app.before_request_funcs.setdefault(None, []).append(failure)
    with caplog.at_level(logging.INFO):
        answer = browser(quick_estate).get("/office/sign-in")
    assert answer.status_code == 500
    assert failure.__name__ in caplog.text
    assert NAME not in caplog.text + answer.text


@FAILURES
def test_of_a_failed_job_neither_log_nor_office_tells_whom(
    quick_estate: Estate, caplog: pytest.LogCaptureFixture, failure: Callable[[], None]
) -> None:
    with quick_estate.app.app_context():
        jobs.enqueue(db.session(), "fail", {})
        db.session.commit()
        assert work_once(quick_estate.app, "w", {"fail": lambda _args: failure()})
        job = db.session.scalars(select(Job)).one()
        assert (job.state, job.attempts) == ("waiting", 1)
        assert job.problem in {
            "OperationalError: OperationalError",
            "ValueError",
            "CannotSeal: 2 photographs are not here",
        }
    assert failure.__name__ in caplog.text
    assert NAME not in caplog.text
