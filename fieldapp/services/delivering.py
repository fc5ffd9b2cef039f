"""Getting an event to another system: at least once, for days, without one dead system holding up the others."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.connector import Connector
from fieldapp.records.outgoing_event import EventDelivery, OutgoingEvent
from fieldapp.services import jobs, secret_box
from fieldapp.services.installation import config
from sync.record import client, folder, signing
from sync.record.target import BadTarget

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400, 86_400)
)
"""After each failure; together more than five days. Those of the Standard Webhooks convention, and two days more."""

LONGEST_PAUSE = timedelta(hours=1)
"""For how long at most a system that failed is left alone altogether."""

PATIENCE_SECONDS: float = client.WHOLE_SECONDS
FORGOTTEN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Parcel:
    """What is sent and where, read before anything is sent: no transaction stays open while another system thinks."""

    kind: str
    target: str
    secret: str | None
    event_id: str
    name: str
    body: bytes


def deliver(delivery_id: str, now: datetime) -> None:
    """Job: send one event to one system, or note when it is tried again; what is not due ends here."""
    session = db.session()
    parcel = _parcel(session, delivery_id, now)
    session.commit()
    if parcel is None:
        return
    problem = _send(parcel)
    row = session.get_one(EventDelivery, delivery_id, with_for_update=True)
    connector = session.get_one(Connector, row.connector_id, with_for_update=True)
    if row.state == "waiting":
        row.tried_at, row.attempts, row.problem = now, row.attempts + 1, problem
        if problem is None:
            _note_success(session, row, connector, now)
        else:
            _note_failure(session, row, connector, now)
    session.commit()


def ask_again_in(session: Session, rows: Sequence[EventDelivery], now: datetime) -> None:
    """Have events sent from the beginning, in the caller's transaction; their ids stay, so who heard them knows."""
    for row in rows:
        row.state, row.attempts, row.due_at, row.problem = "waiting", 0, now, None
        jobs.enqueue(session, "deliver_event", {"delivery_id": row.id})


def rescue(now: datetime) -> None:
    """Ask for the deliveries whose job was lost: given up while the database was away, or erased with a restored copy."""
    session = db.session()
    lost = session.scalars(
        select(EventDelivery.id)
        .join(Connector, Connector.id == EventDelivery.connector_id)
        .where(EventDelivery.state == "waiting", EventDelivery.due_at < now - FORGOTTEN, Connector.active.is_(True))
    ).all()
    for delivery_id in lost:
        jobs.enqueue(session, "deliver_event", {"delivery_id": delivery_id}, key=f"deliver:{delivery_id}")
    session.commit()


def _parcel(session: Session, delivery_id: str, now: datetime) -> _Parcel | None:
    row = session.get(EventDelivery, delivery_id, with_for_update=True)
    if row is None or row.state != "waiting" or row.due_at > now:
        return None
    connector = session.get_one(Connector, row.connector_id)
    if not connector.active:
        return None
    if connector.paused_until is not None and connector.paused_until > now:
        _later(session, row, connector.paused_until)
        return None
    event = session.get_one(OutgoingEvent, row.event_id)
    secret = None if connector.secret is None else secret_box.open_box("connector", connector.secret)
    name = f"{event.sequence:012d}.{event.type}.{event.id}.json"
    return _Parcel(connector.kind, connector.target, secret, event.id, name, event.body.encode())


def _send(parcel: _Parcel) -> str | None:
    """Send it; gives the problem, or None when it was heard."""
    try:
        if parcel.kind == "folder":
            folder.drop(folder.prepare(config().exchange, parcel.target), parcel.name, parcel.body)
        else:
            headers = signing.headers(parcel.secret or "", parcel.event_id, parcel.body, datetime.now(UTC))
            client.post(parcel.target, parcel.body, headers, networks(), seconds=PATIENCE_SECONDS)
    except client.NotHeard as error:
        return error.problem
    except BadTarget as error:
        return error.code
    except (OSError, folder.BadFolder):
        return "folder_unusable"
    return None


def networks() -> tuple[IPv4Network | IPv6Network, ...]:
    """The near networks that events may go to."""
    return config().connector_networks


def _note_success(session: Session, row: EventDelivery, connector: Connector, now: datetime) -> None:
    row.state, row.delivered_at = "delivered", now
    if not connector.failures:
        return
    connector.failures, connector.paused_until = 0, None
    # It is back: what waited for it need not wait any longer.
    waiting = session.scalars(
        select(EventDelivery)
        .where(
            EventDelivery.connector_id == connector.id,
            EventDelivery.state == "waiting",
            EventDelivery.due_at > now,
            EventDelivery.id != row.id,
        )
        .order_by(EventDelivery.id)
    ).all()
    for other in waiting:
        other.due_at = now
        jobs.enqueue(session, "deliver_event", {"delivery_id": other.id})


def _note_failure(session: Session, row: EventDelivery, connector: Connector, now: datetime) -> None:
    pause = PAUSES[min(connector.failures, len(PAUSES) - 1)]
    connector.failures += 1
    connector.paused_until = now + min(pause, LONGEST_PAUSE)
    if row.attempts > len(PAUSES):
        row.state = "given_up"
        return
    _later(session, row, now + PAUSES[row.attempts - 1])


def _later(session: Session, row: EventDelivery, when: datetime) -> None:
    """A little apart from each other, so that a system that comes back is not met by all at once."""
    row.due_at = when + timedelta(milliseconds=secrets.randbelow(2000))
    jobs.enqueue(session, "deliver_event", {"delivery_id": row.id}, run_at=row.due_at)
