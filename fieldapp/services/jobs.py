"""The queue of jobs: asked for in the caller's transaction, leased by a worker, never lost to a kill."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session

from fieldapp.records.job import Job

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 12
BACKOFF_CAP = timedelta(hours=1)


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
    dialect = session.get_bind().dialect.name
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    session.execute(
        insert(Job)
        .values(kind=kind, args=dict(args), key=key, state="waiting", attempts=0, run_at=run_at or now, created_at=now)
        .on_conflict_do_nothing()
    )


def lease(session: Session, worker: str, now: datetime) -> Leased | None:
    """Take the job that has waited longest, or one whose worker died; None when there is nothing to do.

    One transaction; on PostgreSQL rows that another worker is taking are skipped.
    """
    due = (
        select(Job.id)
        .where(
            or_(
                (Job.state == "waiting") & (Job.run_at <= now),
                (Job.state == "running") & (Job.leased_until < now),
            )
        )
        .order_by(Job.run_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = session.execute(
        update(Job)
        .where(Job.id == due.scalar_subquery())
        .values(state="running", worker=worker, leased_until=now + LEASE, attempts=Job.attempts + 1)
        .returning(Job.id, Job.kind, Job.args, Job.attempts)
    ).one_or_none()
    session.commit()
    return None if row is None else Leased(row.id, row.kind, row.args, row.attempts)


def renew(session: Session, job: Leased, worker: str, now: datetime) -> bool:
    """Keep a long job; False when another worker has taken it since."""
    result = session.execute(
        update(Job)
        .where(Job.id == job.id, Job.worker == worker, Job.state == "running", Job.attempts == job.attempt)
        .values(leased_until=now + LEASE)
    )
    session.commit()
    return bool(result.rowcount)  # type: ignore[attr-defined]


def finish(session: Session, job: Leased, now: datetime) -> None:
    """The job is done; its key is free again."""
    session.execute(
        update(Job)
        .where(Job.id == job.id, Job.attempts == job.attempt)
        .values(state="done", key=None, leased_until=None, worker=None, problem=None, done_at=now)
    )
    session.commit()


def fail(session: Session, job: Leased, problem: str, now: datetime) -> None:
    """The job failed: it waits twice as long each time, and is given up, in sight of the office, after twelve tries."""
    given_up = job.attempt >= MOST_ATTEMPTS
    pause = min(timedelta(seconds=2**job.attempt), BACKOFF_CAP)
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
