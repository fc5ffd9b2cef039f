"""The queue of jobs: asked for with the transaction, run once, run again after a kill, given up in sight."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from fieldapp.records.base import Base
from fieldapp.records.job import Job
from fieldapp.records.sqlite import tune
from fieldapp.services import jobs

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = create_engine(database_url)
    tune(engine)
    Base.metadata.create_all(engine, tables=[Base.metadata.tables["job"]])
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def ask(session: Session, kind: str = "seal", key: str | None = None) -> None:
    jobs.enqueue(session, kind, {"root_id": "r"}, key=key, run_at=NOW)
    session.commit()


def states(session: Session) -> list[str]:
    found = list(session.scalars(select(Job.state).order_by(Job.id)))
    session.rollback()
    return found


def test_a_job_asked_for_in_a_transaction_that_fails_does_not_exist(session: Session) -> None:
    jobs.enqueue(session, "seal", {}, key="seal:1", run_at=NOW)
    session.rollback()
    assert jobs.lease(session, "w", NOW) is None


def test_asking_twice_under_one_key_gives_one_job(session: Session) -> None:
    ask(session, key="seal:1")
    ask(session, key="seal:1")
    assert states(session) == ["waiting"]


def test_a_finished_job_frees_its_key(session: Session) -> None:
    ask(session, key="seal:1")
    job = jobs.lease(session, "w", NOW)
    assert job is not None
    jobs.finish(session, [job], NOW)
    ask(session, key="seal:1")
    assert states(session) == ["done", "waiting"]


def test_a_job_that_runs_is_not_given_to_a_second_worker(session: Session) -> None:
    ask(session)
    assert jobs.lease(session, "one", NOW) is not None
    assert jobs.lease(session, "two", NOW) is None


def test_a_job_whose_worker_was_killed_runs_again_elsewhere(session: Session) -> None:
    ask(session)
    first = jobs.lease(session, "one", NOW)
    later = NOW + jobs.LEASE + timedelta(seconds=1)
    second = jobs.lease(session, "two", later)
    assert first is not None
    assert second is not None
    assert (second.id, second.attempt) == (first.id, 2)
    assert not jobs.renew(session, [first], "one", later)
    jobs.finish(session, [first], later)
    assert states(session) == ["running"], "the worker that lost its job cannot end it"


def test_a_long_job_is_kept_by_renewing_its_lease(session: Session) -> None:
    ask(session)
    job = jobs.lease(session, "one", NOW)
    assert job is not None
    half = NOW + jobs.LEASE / 2
    assert jobs.renew(session, [job], "one", half)
    assert jobs.lease(session, "two", NOW + jobs.LEASE + timedelta(seconds=1)) is None


def test_a_failing_job_waits_longer_each_time_and_is_given_up_in_sight(session: Session) -> None:
    ask(session, "send_mail", key="seal:1")
    now, pauses = NOW, []
    while (job := jobs.lease(session, "w", now)) is not None:
        jobs.fail(session, job, "RenderFailed: no glyph", now)
        row = session.get_one(Job, job.id)
        pauses.append(row.run_at - now)
        now = row.run_at
        session.rollback()
    row = session.scalars(select(Job)).one()
    assert (row.state, row.attempts, row.problem) == ("given_up", jobs.MOST_ATTEMPTS, "RenderFailed: no glyph")
    assert pauses == sorted(pauses)
    session.rollback()
    ask(session, key="seal:1")
    assert states(session) == ["given_up", "waiting"]


def test_a_seal_is_never_given_up_but_tried_every_hour(session: Session) -> None:
    ask(session)
    now = NOW
    for _ in range(jobs.MOST_ATTEMPTS + 30):
        job = jobs.lease(session, "w", now)
        assert job is not None
        jobs.fail(session, job, "OSError", now)
        now = session.get_one(Job, job.id).run_at
        session.rollback()
    row = session.scalars(select(Job)).one()
    assert (row.state, row.run_at) == ("waiting", now)
    session.rollback()
    assert jobs.lease(session, "w", now - timedelta(minutes=1)) is None


def test_jobs_of_one_kind_that_were_never_tried_may_be_taken_together(session: Session) -> None:
    for kind in ("examine", "seal", "examine", "examine", "examine"):
        ask(session, kind)
    first = jobs.lease(session, "one", NOW)
    assert first is not None
    jobs.fail(session, first, "OSError", NOW)
    second = jobs.lease(session, "one", NOW)
    assert second is not None
    assert second.kind == "seal"
    third = jobs.lease(session, "one", NOW)
    assert third is not None
    more = jobs.lease_more(session, third, "one", NOW + timedelta(days=1), 5)
    assert [job.kind for job in (third, *more)] == ["examine"] * 3, "not the one that failed, not the other kind"
    jobs.finish(session, [third, *more], NOW)
    assert states(session) == ["waiting", "running", "done", "done", "done"]


def test_two_workers_never_take_the_same_job(engine: Engine, session: Session) -> None:
    for _ in range(40):
        ask(session)
    taken: list[int] = []

    def work(name: str) -> None:
        with Session(engine) as own:
            while (job := jobs.lease(own, name, NOW)) is not None:
                taken.append(job.id)
                taken.extend(more.id for more in jobs.lease_more(own, job, name, NOW, 3))

    workers = [threading.Thread(target=work, args=(name,)) for name in ("one", "two", "three")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(taken) == len(set(taken)) == 40
