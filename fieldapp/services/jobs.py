"""The queue of jobs: asked for in the caller's transaction, leased by a worker, never lost to a kill."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select, tuple_, update
from sqlalchemy.orm import Session

from fieldapp.records.job import Job
from fieldapp.records.upsert import Upsert

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
BACKOFF_CAP = timedelta(hours=1)
NEVER_GIVEN_UP = frozenset({"seal", "seal_document"})

_ASK = Upsert(Job, lambda insertion: insertion.on_conflict_do_nothing())


@dataclass(frozen=True, slots=True)
class Leased:
    """A job that this worker may run until its lease ends: `attempt` counts from 1."""

    id: int
    kind: str
    args: Mapping[str, Any]
    attempt: int


def enqueue(
    session: Session, kind: str, args: Mapping[str, Any], key: str | None = None, run_at: datetime | None = None
) -> None:
    """Ask for a job in the caller's transaction: it exists if, and only if, that transaction commits.

    With a `key`, a job that already waits or runs under it is enough: nothing is added.
    """
    now = datetime.now(UTC)
    job = {"kind": kind, "args": dict(args), "key": key, "run_at": run_at or now, "created_at": now}
    connection = session.connection()
    connection.execute(_ASK.on(connection), {**job, "state": "waiting", "attempts": 0})


def lease(session: Session, worker: str, now: datetime) -> Leased | None:
    """Take the job that has waited longest, or one whose worker died; None when there is nothing to do.

    One transaction; on PostgreSQL rows that another worker is taking are skipped.
    """
    dead = (Job.state == "running") & (Job.leased_until < now)
    taken = _take(session, or_(_due(now), dead), worker, now, 1)
    return taken[0] if taken else None


def lease_more(session: Session, job: Leased, worker: str, now: datetime, most: int) -> list[Leased]:
    """Take up to `most` more jobs of the same kind, to be done together with `job`; only such as were never tried."""
    return _take(session, _due(now) & (Job.kind == job.kind) & (Job.attempts == 0), worker, now, most)


def _due(now: datetime) -> ColumnElement[bool]:
    return (Job.state == "waiting") & (Job.run_at <= now)


def _take(session: Session, wanted: ColumnElement[bool], worker: str, now: datetime, most: int) -> list[Leased]:
    oldest = select(Job.id).where(wanted).order_by(Job.run_at, Job.id).limit(most).with_for_update(skip_locked=True)
    # As a table of its own: PostgreSQL may run a mere subquery again for each row, and then takes more than `most`.
    due = oldest.cte("due")
    rows = session.execute(
        update(Job)
        .where(Job.id.in_(select(due.c.id)))
        .values(state="running", worker=worker, leased_until=now + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.args, Job.attempts)
    ).all()
    session.commit()
    return [Leased(row.id, row.kind, row.args, row.attempts) for row in rows]


def renew(session: Session, running: Sequence[Leased], worker: str, now: datetime) -> bool:
    """Keep jobs that take long; False when another worker has taken one of them since."""
    kept = session.execute(
        update(Job)
        .where(_are(running), Job.worker == worker, Job.state == "running")
        .values(leased_until=now + LEASE)
        .returning(Job.id)
    ).all()
    session.commit()
    return len(kept) == len(running)


def finish(session: Session, done: Sequence[Leased], now: datetime) -> None:
    """The jobs are done; their keys are free again. One that another worker has taken since is left alone."""
    session.execute(
        update(Job)
        .where(_are(done))
        .values(state="done", key=None, leased_until=None, worker=None, problem=None, done_at=now)
    )
    session.commit()


def clear_done(session: Session, before: datetime) -> None:
    """Erase the jobs that were done before a moment; one that was given up stays."""
    session.execute(delete(Job).where(Job.state == "done", Job.done_at < before))
    session.commit()


def fail(session: Session, job: Leased, problem: str, now: datetime) -> None:
    """The job failed: it waits twice as long each time, and is given up, in sight of the office, after twelve tries.

    A seal is never given up: what was signed is owed its report, so it is tried every hour.
    """
    given_up = job.attempt >= MOST_ATTEMPTS and job.kind not in NEVER_GIVEN_UP
    pause = min(timedelta(seconds=2 ** min(job.attempt, 20)), BACKOFF_CAP)
    session.execute(
        update(Job)
        .where(Job.id == job.id, Job.attempts == job.attempt)
        .values(
            state="given_up" if given_up else "waiting",
            key=None if given_up else Job.key,
            leased_until=None,
            worker=None,
            problem=problem[:500],
            run_at=now + pause,
        )
    )
    session.commit()


def _are(leased: Sequence[Leased]) -> ColumnElement[bool]:
    """These jobs, as long as they are at the attempt that was leased."""
    return tuple_(Job.id, Job.attempts).in_([(job.id, job.attempt) for job in leased])
