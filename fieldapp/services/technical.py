"""Planning a technical visit: works to accept or an empty dwelling to check, and what the tablet starts from."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.context import context_of
from fieldapp.domain.meter import UNITS, MeterKind
from fieldapp.domain.wording import Wording
from fieldapp.domain.works import SETTLED
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.meter import Meter
from fieldapp.records.room import Room
from fieldapp.records.visit import Visit
from fieldapp.records.works_request import WorksRequest
from fieldapp.services import audit, booking
from fieldapp.services.booking import NotHere, Slot
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.register.stock import own_dwellings
from fieldapp.services.scope import Scope
from fieldapp.services.stock import surroundings
from fieldapp.services.visit_opening import USUAL_LENGTH, open_visit

Write = tuple[str, str, str, Any]


def book(scope: Scope, dwelling_id: str, kind: AppointmentKind, slot: Slot, note: str, account_id: str) -> str:
    """Plan a technical visit of a dwelling in scope and give its id: one transaction.

    Raises `NotHere`, `InThePast` and `AgentBusy`; nothing is written then.
    """
    session = db.session()
    dwelling = session.scalar(select(Dwelling).where(Dwelling.id == dwelling_id, *own_dwellings(scope)))
    if dwelling is None:
        raise NotHere(dwelling_id)
    agent = booking.free_agent(session, scope, slot)
    visit = plan(session, dwelling, kind, agent, slot.starts_at, length=slot.length, note=note)
    audit.record(session, f"account:{account_id}", "visit.planned", "visit", visit.id, scope.landlord_id, kind=kind)
    visit_id = visit.id
    session.commit()
    return visit_id


def plan(
    session: Session,
    dwelling: Dwelling,
    kind: AppointmentKind,
    agent: Account,
    starts_at: datetime,
    *,
    length: timedelta = USUAL_LENGTH,
    note: str = "",
) -> Visit:
    """Plan a technical visit with its header and what it starts from, in the caller's transaction: the checklist of its
    kind, the works requests of the dwelling that wait, its meters for a check. Raises `AnotherLandlord`.
    """
    _, visit = open_visit(session, dwelling, kind, agent, starts_at, length=length, note=note)
    words = Wording(catalogue.load(), agent.language)
    write_server_ops(
        session,
        visit.id,
        [
            (visit.id, "visit", "number", visit.number),
            (visit.id, "visit", "context", context_of(surroundings(session, dwelling, None, agent))),
            (visit.id, "visit", "purpose", kind.value),
            (visit.id, "visit", "rooms", _rooms(session, dwelling.id, words)),
            *_points(kind),
            *_works(session, dwelling.id, words),
            *(_meters(session, dwelling.id, words) if kind is AppointmentKind.VACANT_CHECK else ()),
        ],
    )
    return visit


def _rooms(session: Session, dwelling_id: str, words: Wording) -> list[dict[str, Any]]:
    """The rooms with their elements: what works may have renewed."""
    rooms = session.scalars(select(Room).where(Room.dwelling_id == dwelling_id).order_by(Room.position)).all()
    rows = session.scalars(
        select(Element).where(Element.room_id.in_([room.id for room in rooms])).order_by(Element.position)
    ).all()
    return [
        {
            "id": room.id,
            "label": words.own(room.label, "rooms", room.room_kind),
            "elements": [
                {
                    "id": one.id,
                    "label": words.own(one.label, "elements", one.element_kind),
                    "element_kind": one.element_kind,
                }
                for one in rows
                if one.room_id == room.id
            ],
        }
        for room in rooms
    ]


def _points(kind: AppointmentKind) -> Iterator[Write]:
    wanted = [row for row in catalogue.load_visits()["technical_points"] if kind in row["kinds"]]
    for position, row in enumerate(wanted):
        point_id = new_id()
        yield point_id, "point", "code", row["code"]
        yield point_id, "point", "position", position


def _works(session: Session, dwelling_id: str, things: Wording) -> Iterator[Write]:
    """The requests that wait, under their own ids, in the words of whoever raised them."""
    states = [state.value for state in SETTLED]
    rows = session.scalars(
        select(WorksRequest)
        .where(WorksRequest.dwelling_id == dwelling_id, WorksRequest.state.not_in(states))
        .order_by(WorksRequest.raised_at, WorksRequest.id)
    )
    words = Wording(catalogue.load_visits(), things.language)
    for position, row in enumerate(rows):
        problem = words.label("snag_kinds", row.problem)
        about = {
            "title": " : ".join(part for part in (problem, row.text) if part)[:400],
            "where": ", ".join(
                part
                for part in (
                    things.label("rooms", row.room_kind),
                    things.label("elements", row.element_kind),
                    row.where,
                )
                if part
            )[:400],
            "element_kind": row.element_kind,
            "urgent": row.urgent,
        }
        yield row.id, "work", "about", about
        yield row.id, "work", "position", position


def _meters(session: Session, dwelling_id: str, words: Wording) -> Iterator[Write]:
    rows = session.scalars(select(Meter).where(Meter.dwelling_id == dwelling_id).order_by(Meter.position))
    for position, row in enumerate(rows):
        about = {
            "label": words.own(row.label, "meters", row.meter_kind),
            "meter_kind": row.meter_kind,
            "serial": row.serial or "",
            "unit": UNITS[MeterKind(row.meter_kind)],
            "two_indexes": row.meter_kind == MeterKind.ELECTRICITY_HPHC,
        }
        yield row.id, "meter", "about", about
        yield row.id, "meter", "position", position
