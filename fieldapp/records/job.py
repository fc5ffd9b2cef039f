"""A piece of work that outlives the request that asked for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.records.base import Base, Identity


class Job(Base):
    """One job: leased by a worker while it runs, tried again after a failure, kept when it is given up.

    `key` is unique among the jobs that are not done, so that asking twice for the same work gives one job.
    """

    __tablename__ = "job"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'running', 'done', 'given_up')", name="state_known"),
        UniqueConstraint("key"),
        Index("ix_job_state_run_at", "state", "run_at"),
    )

    id: Mapped[Identity]
    kind: Mapped[str] = mapped_column(String(40))
    args: Mapped[dict[str, Any]]
    key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    run_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    worker: Mapped[str | None] = mapped_column(String(64))
    problem: Mapped[str | None] = mapped_column(String(500))
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
