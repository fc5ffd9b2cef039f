"""The connectors as the office keeps them: who hears what happens here, how well that goes, and telling it again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.extensions import db
from fieldapp.records.connector import Connector
from fieldapp.records.outgoing_event import EventDelivery, OutgoingEvent
from fieldapp.services import audit, delivering, outgoing, secret_box
from fieldapp.services.identifier import new_id
from fieldapp.services.installation import config
from sync.record import folder, signing
from sync.record.target import checked

MOST_SHOWN = 100


class UnknownConnector(LookupError):
    """The landlord has no such connector, or no such delivery."""


@dataclass(frozen=True, slots=True)
class Told:
    """One event for one connector: `state` is `waiting`, `delivered` or `given_up`; `problem` says why not yet."""

    id: str
    event_id: str
    sequence: int
    type: str
    subject_id: str
    at: datetime
    state: str
    attempts: int
    due_at: datetime
    tried_at: datetime | None
    delivered_at: datetime | None
    problem: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """One connector in the list, with how many of its events are in which state."""

    id: str
    kind: str
    name: str
    target: str
    active: bool
    paused_until: datetime | None
    waiting: int
    delivered: int
    given_up: int


def connect(landlord_id: str, kind: str, name: str, target: str, account_id: str) -> tuple[str, str | None]:
    """Make a connector; gives its id, and the signing secret, which is shown only now. Raises `BadTarget`, `BadFolder`."""
    if kind == "folder":
        folder.prepare(config().exchange, target)
    else:
        checked(target, delivering.networks())
    secret = None if kind == "folder" else signing.new_secret()
    session = db.session()
    row = Connector(
        id=new_id(),
        landlord_id=landlord_id,
        kind=kind,
        name=name,
        target=target,
        secret=None if secret is None else secret_box.close("connector", secret),
        created_at=datetime.now(UTC),
        created_by=account_id,
    )
    session.add(row)
    session.flush()
    _note(session, row, account_id, "connector.made", kind=kind)
    session.commit()
    return row.id, secret


def listed(landlord_id: str) -> tuple[Line, ...]:
    """The connectors of a landlord; two queries."""
    session = db.session()
    counted = session.execute(
        select(EventDelivery.connector_id, EventDelivery.state, func.count())
        .where(EventDelivery.landlord_id == landlord_id)
        .group_by(EventDelivery.connector_id, EventDelivery.state)
    )
    counts = {(connector_id, state): count for connector_id, state, count in counted}
    rows = session.scalars(
        select(Connector).where(Connector.landlord_id == landlord_id).order_by(Connector.active.desc(), Connector.name)
    )
    return tuple(_line(row, counts) for row in rows)


def deliveries(landlord_id: str, connector_id: str) -> tuple[Line, tuple[Told, ...]]:
    """One connector with its latest events, what needs a person first; raises `UnknownConnector`."""
    line = next((one for one in listed(landlord_id) if one.id == connector_id), None)
    if line is None:
        raise UnknownConnector(connector_id)
    rows = db.session.execute(
        select(EventDelivery, OutgoingEvent)
        .join(OutgoingEvent, OutgoingEvent.id == EventDelivery.event_id)
        .where(EventDelivery.connector_id == connector_id)
        .order_by(EventDelivery.state == "delivered", EventDelivery.state == "waiting", OutgoingEvent.sequence.desc())
        .limit(MOST_SHOWN)
    )
    return line, tuple(
        Told(
            row.id,
            event.id,
            event.sequence,
            event.type,
            event.subject_id,
            event.at,
            row.state,
            row.attempts,
            row.due_at,
            row.tried_at,
            row.delivered_at,
            row.problem,
        )
        for row, event in rows
    )


def try_it(landlord_id: str, connector_id: str, account_id: str) -> None:
    """Send an event that says nothing, to see whether it is heard; raises `UnknownConnector`."""
    session = db.session()
    row = _locked(session, landlord_id, connector_id)
    outgoing.publish_to_in(session, row, "connector.tried", {"connector_id": row.id})
    row.paused_until = None
    _note(session, row, account_id, "connector.tried")
    session.commit()


def replay(landlord_id: str, connector_id: str, delivery_id: str | None, account_id: str) -> int:
    """Send one event again, or all that were given up; gives how many. Raises `UnknownConnector`."""
    session = db.session()
    row = _locked(session, landlord_id, connector_id)
    wanted = select(EventDelivery).where(EventDelivery.connector_id == connector_id)
    if delivery_id is None:
        wanted = wanted.where(EventDelivery.state != "delivered")
    else:
        wanted = wanted.where(EventDelivery.id == delivery_id)
    rows = session.scalars(wanted.order_by(EventDelivery.id)).all()
    if delivery_id is not None and not rows:
        session.rollback()
        raise UnknownConnector(delivery_id)
    row.paused_until = None
    delivering.ask_again_in(session, rows, datetime.now(UTC))
    _note(session, row, account_id, "connector.replayed", count=len(rows))
    session.commit()
    return len(rows)


def switch(landlord_id: str, connector_id: str, account_id: str, *, on: bool) -> None:
    """Stop telling a system, or go on; what waited meanwhile is sent then. Raises `UnknownConnector`."""
    session = db.session()
    row = _locked(session, landlord_id, connector_id)
    row.active, row.paused_until, row.failures = on, None, 0
    if on:
        waiting = session.scalars(
            select(EventDelivery).where(EventDelivery.connector_id == connector_id, EventDelivery.state == "waiting")
        ).all()
        delivering.ask_again_in(session, waiting, datetime.now(UTC))
    _note(session, row, account_id, "connector.switched", on=on)
    session.commit()


def _locked(session: Session, landlord_id: str, connector_id: str) -> Connector:
    row = session.scalars(
        select(Connector).where(Connector.id == connector_id, Connector.landlord_id == landlord_id).with_for_update()
    ).one_or_none()
    if row is None:
        session.rollback()
        raise UnknownConnector(connector_id)
    return row


def _line(row: Connector, counts: dict[tuple[str, str], int]) -> Line:
    found = [counts.get((row.id, state), 0) for state in ("waiting", "delivered", "given_up")]
    return Line(row.id, row.kind, row.name, row.target, row.active, row.paused_until, *found)


def _note(session: Session, row: Connector, account_id: str, action: str, **facts: audit.Fact) -> None:
    audit.record(session, f"account:{account_id}", action, "connector", row.id, row.landlord_id, **facts)
