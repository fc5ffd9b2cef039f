"""What nobody will ask for again is thrown away each hour, and nothing else."""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from fieldapp.extensions import db
from fieldapp.records.attempt import Attempt
from fieldapp.records.job import Job
from fieldapp.services import attempts, jobs, photo_intake, tidying
from fieldapp.services.attempts import Limit
from fieldapp.services.installation import config
from fieldapp.worker import Handler, handlers, work_once
from tests.fieldwork.estate import Estate

NOW = datetime.now(UTC)
PICTURE = b"a picture, or its first piece"
SHA256 = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture(autouse=True)
def context(quick_estate: Estate) -> Iterator[None]:
    with quick_estate.app.app_context():
        yield


def test_counters_stay_for_their_window_and_no_longer() -> None:
    attempts.count(Limit("brief", 5, timedelta(minutes=1)), "somebody")
    attempts.count(Limit("long", 5, timedelta(days=1)), "somebody")
    tidying.tidy(NOW + timedelta(hours=2))
    assert db.session.scalars(select(Attempt.what)).all() == ["long"]


def test_an_upload_that_never_went_on_is_dropped_and_can_begin_again() -> None:
    photo_intake.begin("tablet", SHA256, len(PICTURE))
    photo_intake.append("tablet", SHA256, 0, [PICTURE[:9]])
    tidying.tidy(NOW)
    found = photo_intake.status("tablet", SHA256)
    assert found is not None
    assert found.offset == 9
    (draft,) = (config().data / "uploads" / "tablet").iterdir()
    long_ago = (NOW - timedelta(days=31)).timestamp()
    os.utime(draft, (long_ago, long_ago))
    tidying.tidy(NOW)
    assert photo_intake.status("tablet", SHA256) is None
    photo_intake.begin("tablet", SHA256, len(PICTURE))
    assert photo_intake.append("tablet", SHA256, 0, [PICTURE]).received


def test_done_jobs_are_kept_a_month_and_the_others_until_they_are_done() -> None:
    old = NOW - timedelta(days=40)
    for kind in ("done_long_ago", "done_today", "waiting"):
        jobs.enqueue(db.session(), kind, {}, run_at=old)
        db.session.commit()
        if kind != "waiting":
            job = jobs.lease(db.session(), "w", NOW)
            assert job is not None
            jobs.finish(db.session(), [job], old if kind == "done_long_ago" else NOW)
    tidying.tidy(NOW)
    kinds = db.session.scalars(select(Job.kind).where(Job.kind.not_in(("tidy", "take_in"))).order_by(Job.kind)).all()
    assert kinds == ["done_today", "waiting"]


def test_the_worker_tidies_and_plans_the_next_hour_once(quick_estate: Estate) -> None:
    tidying.plan(NOW)
    tidying.plan(NOW)
    todo: dict[str, Handler] = {**dict.fromkeys(handlers(), print), "tidy": lambda _args: tidying.tidy(NOW)}
    while work_once(quick_estate.app, "w", todo):
        pass
    tidied = db.session.execute(select(Job.state, Job.run_at).where(Job.kind == "tidy").order_by(Job.run_at)).all()
    assert [row.state for row in tidied] == ["done", "waiting"]
    assert tidied[1].run_at - tidied[0].run_at == tidying.EVERY
