"""How much an inventory presses, and why: the one rule by which the office's list is in order."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from fieldapp.domain.inventory import InventoryState, Outcome
from fieldapp.domain.review import Verdict

LATE = timedelta(hours=24)
"""After so long without a word from the tablet, or between signature and receipt, a sync is late (P)."""

SOON = timedelta(days=7)
"""A deposit that is due within these days comes before what is only unread (P)."""


class Reason(StrEnum):
    """Why an inventory is where it is in the list; the order of these lines is the order of the list, worst first."""

    HELD = "held"
    NOT_COMPLETE = "not_complete"
    RECORD_REFUSED = "record_refused"
    REJECTED = "rejected"
    CONFLICT = "conflict"
    PHOTO_UNUSABLE = "photo_unusable"
    PHOTOS_MISSING = "photos_missing"
    REFUSED = "refused"
    ABSENT = "absent"
    DISPUTED = "disputed"
    DEPOSIT_LATE = "deposit_late"
    DEPOSIT_SOON = "deposit_soon"
    LATE_SYNC = "late_sync"
    INTERRUPTED = "interrupted"
    CORRECTED = "corrected"
    NOT_HANDED = "not_handed"
    TO_REVIEW = "to_review"
    DEPOSIT_DUE = "deposit_due"
    RETURNED = "returned"
    ADDENDUM = "addendum"
    SEALING = "sealing"
    IN_PROGRESS = "in_progress"
    PLANNED = "planned"
    DONE = "done"

    @property
    def rank(self) -> int:
        """Its place, 0 for the worst."""
        return _RANKS[self]


_RANKS = {reason: rank for rank, reason in enumerate(Reason)}

PRESSING = frozenset(reason for reason in Reason if _RANKS[reason] <= _RANKS[Reason.DEPOSIT_DUE])
"""What waits for a person of the office."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rule looks at; `due_by` is the last day of an exit's deposit, counted in `zone`."""

    state: InventoryState
    outcome: Outcome | None = None
    is_exit: bool = False
    record_refused: bool = False
    not_complete: bool = False
    rejections: int = 0
    conflicts: int = 0
    photo_unusable: bool = False
    missing_photos: int = 0
    handed: bool = False
    settled: bool = False
    due_by: date | None = None
    zone: str = "Europe/Paris"
    verdict: Verdict | None = None
    starts_at: datetime | None = None
    started_at: datetime | None = None
    heard_at: datetime | None = None
    closed_at: datetime | None = None
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Urgency:
    """The reasons, worst first; `at` is when it was closed, else begun, else planned; `until` is when time alone may change this."""

    reasons: tuple[Reason, ...]
    at: datetime | None
    until: datetime | None


def judge(facts: Facts, now: datetime) -> Urgency:
    """Say why an inventory presses at this moment; there is always a reason, `DONE` when nothing is left to do."""
    reasons = {reason for reason, holds in _signs(facts, now) if holds}
    if not reasons & PRESSING:
        reasons |= {_rest(facts)}
    ordered = tuple(sorted(reasons, key=lambda reason: reason.rank))
    moments = [moment for moment in _turns(facts) if moment > now]
    at = facts.closed_at or facts.started_at or facts.starts_at
    return Urgency(ordered, at, min(moments, default=None))


def _signs(facts: Facts, now: datetime) -> list[tuple[Reason, bool]]:
    closed, sealed = facts.state == InventoryState.CLOSED, facts.state == InventoryState.SEALED
    unread = (closed or sealed) and facts.verdict is None
    late = _late_after(facts)
    deposit = sealed and facts.is_exit and not facts.settled
    days_left = (facts.due_by - _day(now, facts.zone)).days if deposit and facts.due_by else None
    return [
        (Reason.HELD, facts.state == InventoryState.HELD),
        (Reason.NOT_COMPLETE, facts.not_complete),
        (Reason.RECORD_REFUSED, facts.record_refused and not facts.not_complete),
        (Reason.REJECTED, facts.rejections > 0),
        (Reason.CONFLICT, facts.conflicts > 0),
        (Reason.PHOTO_UNUSABLE, facts.photo_unusable),
        (Reason.PHOTOS_MISSING, closed and facts.missing_photos > 0),
        (Reason.REFUSED, unread and facts.outcome == Outcome.REFUSED),
        (Reason.ABSENT, unread and facts.outcome == Outcome.ABSENT),
        (Reason.DISPUTED, facts.verdict == Verdict.DISPUTED),
        (Reason.DEPOSIT_LATE, days_left is not None and days_left < 0),
        (Reason.DEPOSIT_SOON, days_left is not None and 0 <= days_left <= SOON.days),
        (Reason.LATE_SYNC, (late is not None and late <= now) or (unread and _came_late(facts))),
        (Reason.INTERRUPTED, facts.state == InventoryState.INTERRUPTED),
        (Reason.CORRECTED, facts.verdict == Verdict.CORRECTED),
        (Reason.NOT_HANDED, sealed and not facts.handed),
        (Reason.TO_REVIEW, sealed and unread),
        (Reason.DEPOSIT_DUE, deposit and (days_left is None or days_left > SOON.days)),
    ]


def _rest(facts: Facts) -> Reason:
    """Where it stands when nothing waits for the office."""
    if facts.verdict == Verdict.RETURNED:
        return Reason.RETURNED
    if facts.verdict == Verdict.ADDENDUM:
        return Reason.ADDENDUM
    return {
        InventoryState.CLOSED: Reason.SEALING,
        InventoryState.IN_PROGRESS: Reason.IN_PROGRESS,
        InventoryState.PLANNED: Reason.PLANNED,
    }.get(facts.state, Reason.DONE)


def _late_after(facts: Facts) -> datetime | None:
    """From when on a tablet should have been heard; None when nothing is awaited."""
    since = {
        InventoryState.PLANNED: facts.starts_at,
        InventoryState.IN_PROGRESS: facts.heard_at or facts.started_at,
        InventoryState.CLOSED: None if facts.received_at else facts.closed_at,
    }.get(facts.state)
    return None if since is None else since + LATE


def _came_late(facts: Facts) -> bool:
    return bool(facts.received_at and facts.closed_at and facts.received_at - facts.closed_at > LATE)


def _turns(facts: Facts) -> list[datetime]:
    """The moments at which time alone changes the answer."""
    late = _late_after(facts)
    turns = [] if late is None else [late]
    if facts.due_by is not None and not facts.settled:
        midnights = (facts.due_by - SOON, facts.due_by + timedelta(days=1))
        turns += [datetime.combine(day, time(), ZoneInfo(facts.zone)) for day in midnights]
    return turns


def _day(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()
