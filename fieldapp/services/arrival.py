"""What is noted of a tablet at each push: which of its operations arrived, and whether its clock is right."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from fieldapp.records.device import Device
from sync import moment
from sync.envelope import Change
from sync.sequence import Arrived

TOLERATED = timedelta(minutes=5)
_MOST_SECONDS = 2**31 - 1

_LOCK = (
    select(
        Device.next_seq,
        Device.ahead,
        Device.gap_since,
        Device.seq_reused_at,
        Device.clock_drift_seconds,
        Device.clock_flagged_at,
    )
    .where(Device.id == bindparam("device"))
    .with_for_update()
)
_NOTE = (
    update(Device)
    .where(Device.id == bindparam("device"))
    .values(
        next_seq=bindparam("new_next_seq"),
        ahead=bindparam("new_ahead"),
        gap_since=bindparam("new_gap_since"),
        seq_reused_at=bindparam("new_seq_reused_at"),
        clock_drift_seconds=bindparam("new_drift"),
        clock_flagged_at=bindparam("new_flagged_at"),
        seen_at=bindparam("new_seen_at"),
    )
)


def note(
    session: Session, device_id: str, fresh: Collection[Change], sent_at: str | None, now: datetime, before: "Noted"
) -> Arrived:
    """Write what these new operations say about their tablet; nothing is refused for it.

    A number that was used before by another operation tells that the tablet's storage went back in time.
    """
    numbers = [op.device_seq for op in fresh if op.device_id == device_id]
    reused = any(map(before.arrived.has, numbers)) or len(set(numbers)) < len(numbers)
    arrived = before.arrived.add(numbers)
    drift = _drift(fresh, sent_at, now)
    session.connection().execute(
        _NOTE,
        {
            "device": device_id,
            "new_next_seq": arrived.next_seq,
            "new_ahead": [list(span) for span in arrived.ahead],
            "new_gap_since": None if arrived.gap is None else before.gap_since or now,
            "new_seq_reused_at": now if reused else before.seq_reused_at,
            "new_drift": before.drift if drift is None else _seconds(drift),
            "new_flagged_at": _flagged(drift, now, before),
            "new_seen_at": now,
        },
    )
    return arrived


class Noted:
    """What was known of a tablet before this push; reading it keeps other pushes of the tablet waiting."""

    def __init__(self, session: Session, device_id: str) -> None:
        row = session.connection().execute(_LOCK, {"device": device_id}).one()
        self.arrived = Arrived.read(row.next_seq, row.ahead)
        self.gap_since: datetime | None = row.gap_since
        self.seq_reused_at: datetime | None = row.seq_reused_at
        self.drift: int | None = row.clock_drift_seconds
        self.flagged_at: datetime | None = row.clock_flagged_at


def _drift(fresh: Collection[Change], sent_at: str | None, now: datetime) -> timedelta | None:
    """Tablet minus server: as the push says, else as far as its operations come from the future; None when unknown."""
    if sent_at is not None:
        return moment.read(sent_at) - now
    latest = max((moment.read(op.captured_at) for op in fresh), default=None)
    return latest - now if latest is not None and latest - now > TOLERATED else None


def _seconds(drift: timedelta) -> int:
    """Whole seconds, as far as a database integer reaches: a tablet may believe in the year 9999."""
    return max(-_MOST_SECONDS, min(round(drift.total_seconds()), _MOST_SECONDS))


def _flagged(drift: timedelta | None, now: datetime, before: Noted) -> datetime | None:
    """Since when the clock is known to be wrong; a push that shows it right takes the flag away."""
    if drift is None:
        return before.flagged_at
    return (before.flagged_at or now) if abs(drift) > TOLERATED else None
