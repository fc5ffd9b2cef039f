"""Telling other systems what happened: an event is written in the transaction of what it tells, or not at all."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.records.connector import Connector
from fieldapp.records.outgoing_event import EventCounter, EventDelivery, OutgoingEvent
from fieldapp.records.upsert import Upsert
from fieldapp.services import jobs
from fieldapp.services.identifier import new_id
from sync import moment
from sync.record import events

_COUNT = Upsert(
    EventCounter,
    lambda insertion: insertion.on_conflict_do_update(
        index_elements=[EventCounter.landlord_id], set_={"sequence": EventCounter.sequence + 1}
    ).returning(EventCounter.sequence),
)


def publish_in(
    session: Session, landlord_id: str, agency_id: str | None, kind: str, subject_id: str, data: dict[str, Any]
) -> str:
    """Write an event for every connector of a landlord, in the caller's transaction; gives its id.

    One that is switched off hears it later. `kind` is one of `sync.record.events.TYPES`, and `data` keeps its schema. The counter stays locked until the caller
    commits, so that numbers follow the order of commits. Call it last: nothing else should wait behind it.
    """
    connectors = session.scalars(select(Connector.id).where(Connector.landlord_id == landlord_id)).all()
    event = _written(session, landlord_id, agency_id, kind, subject_id, data)
    for connector_id in connectors:
        _ask_in(session, event, connector_id)
    return event.id


def publish_to_in(session: Session, connector: Connector, kind: str, data: dict[str, Any]) -> str:
    """The same for one connector alone."""
    event = _written(session, connector.landlord_id, None, kind, connector.id, data)
    _ask_in(session, event, connector.id)
    return event.id


def _written(
    session: Session, landlord_id: str, agency_id: str | None, kind: str, subject_id: str, data: dict[str, Any]
) -> OutgoingEvent:
    if kind not in events.TYPES:
        raise ValueError(kind)
    session.flush()
    connection = session.connection()
    sequence = connection.execute(_COUNT.on(connection), {"landlord_id": landlord_id, "sequence": 1}).scalar_one()
    event_id, now = new_id(), datetime.now(UTC)
    body = events.envelope(event_id, kind, sequence, moment.write(now), subject_id, data)
    event = OutgoingEvent(
        id=event_id,
        landlord_id=landlord_id,
        agency_id=agency_id,
        sequence=sequence,
        type=kind,
        subject_id=subject_id,
        body=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        at=now,
    )
    session.add(event)
    session.flush()
    return event


def _ask_in(session: Session, event: OutgoingEvent, connector_id: str) -> None:
    row = EventDelivery(
        id=new_id(), event_id=event.id, connector_id=connector_id, landlord_id=event.landlord_id, due_at=event.at
    )
    session.add(row)
    session.flush()
    jobs.enqueue(session, "deliver_event", {"delivery_id": row.id})
