"""Once an hour, what nobody will ask for again is thrown away: old counters, old jobs, uploads that never went on."""

from datetime import datetime, timedelta

from fieldapp.extensions import db
from fieldapp.services import (
    attempts,
    candidate_retention,
    delivering,
    document_retention,
    indexing,
    jobs,
    offer_reminders,
    once,
    photo_intake,
    proposing,
    standing,
)
from fieldapp.services.importing import laid, runs

EVERY = timedelta(hours=1)
JOBS_KEPT = timedelta(days=30)
DRAFTS_KEPT = timedelta(days=30)
"""A tablet that comes back later begins the file again: its own copy goes only after the receipt."""


def plan(when: datetime) -> None:
    """Ask for the tidying of an hour, once however many workers ask."""
    hour = when.replace(minute=0, second=0, microsecond=0)
    jobs.enqueue(db.session(), "tidy", {}, key=f"tidy:{hour:%Y-%m-%dT%H}", run_at=hour)
    db.session.commit()


def tidy(now: datetime) -> None:
    """Job: plan the next hour first, so that a failure ends nothing, then throw away."""
    plan(now + EVERY)
    laid.plan(now + laid.EVERY)
    attempts.clear_old(now)
    once.clear_old(now)
    delivering.rescue(now)
    jobs.clear_done(db.session(), now - JOBS_KEPT)
    photo_intake.drop_drafts(now - DRAFTS_KEPT)
    proposing.lapse_all(now)
    offer_reminders.remind_due(now)
    candidate_retention.erase_old(now)
    document_retention.erase_old(now)
    standing.judge_due(db.session(), now)
    indexing.index_missing(db.session())
    runs.clear_old(now)
