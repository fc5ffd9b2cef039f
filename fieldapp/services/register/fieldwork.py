"""Appointments, inventories and meter readings, as other systems see them; appointments they also give, readings they bring."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.meter import UNITS, MeterKind
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.outgoing_event import OutgoingEvent
from fieldapp.records.sealed_report import SealedReport
from fieldapp.records.tenancy import Tenancy
from fieldapp.services import planning
from fieldapp.services.booking import AgentBusy, InThePast, NotMovable, Slot
from fieldapp.services.identifier import new_id
from fieldapp.services.register.noun import Json, Noun, UnknownReference, Unsaid, moment, reference
from fieldapp.services.register.stock import METERS, of_own_dwellings, own_agents
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scheduling import schedule
from fieldapp.services.scope import Scope

Conditions = tuple[ColumnElement[bool], ...]


def _own_appointments(scope: Scope) -> Conditions:
    return _of_agency(Appointment, scope)


def _own_readings(scope: Scope) -> Conditions:
    return of_own_dwellings(MeterReading, scope)


def _own_events(scope: Scope) -> Conditions:
    return _of_agency(OutgoingEvent, scope)


def _of_agency(table: Any, scope: Scope) -> Conditions:
    own = table.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, table.agency_id == scope.agency_id)


def _appointments(_session: Session, rows: Sequence[Appointment]) -> list[Json]:
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "state": row.state,
            "agency_id": row.agency_id,
            "agent_id": row.agent_id,
            "dwelling_id": row.dwelling_id,
            "tenancy_id": row.tenancy_id,
            "inventory_id": row.inventory_id,
            "starts_at": moment(row.starts_at),
            "ends_at": moment(row.ends_at),
            "note": row.note,
        }
        for row in rows
    ]


def _inventories(session: Session, rows: Sequence[Inventory]) -> list[Json]:
    sealed = select(SealedReport.inventory_id, SealedReport.sha256).where(
        SealedReport.inventory_id.in_([row.id for row in rows])
    )
    reports = {inventory_id: sha256 for inventory_id, sha256 in session.execute(sealed)}  # noqa: C416 - rows are no pairs
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "number": row.number,
            "state": row.state,
            "outcome": row.outcome,
            "agency_id": row.agency_id,
            "agent_id": row.agent_id,
            "appointment_id": row.appointment_id,
            "dwelling_id": row.dwelling_id,
            "tenancy_id": row.tenancy_id,
            "started_at": moment(row.started_at),
            "closed_at": moment(row.closed_at),
            "sealed_at": moment(row.sealed_at),
            "record_sha256": row.record_sha256,
            "report_sha256": reports.get(row.id),
        }
        for row in rows
    ]


def _readings(_session: Session, rows: Sequence[MeterReading]) -> list[Json]:
    return [
        {
            "id": row.id,
            "dwelling_id": row.dwelling_id,
            "meter_id": row.meter_id,
            "state": row.state,
            "index": row.index,
            "index_low": row.index_low,
            "unit": row.unit,
            "reason": row.reason,
            "read_at": moment(row.read_at),
            "inventory_id": row.inventory_id,
        }
        for row in rows
    ]


def _events(_session: Session, rows: Sequence[OutgoingEvent]) -> list[Json]:
    return [json.loads(row.body) for row in rows]


def _plan(session: Session, scope: Scope, row: Appointment | None, values: Json, _actor: str) -> Appointment:
    if row is not None:
        _move(session, scope, row, values)
        return row
    agent = reference(session, Account, "agent_id", values["agent_id"], *own_agents(scope))
    tenancy = reference(session, Tenancy, "tenancy_id", values["tenancy_id"], *own_tenancies(scope))
    return schedule(
        session,
        AppointmentKind(values["kind"]),
        session.get_one(Dwelling, tenancy.dwelling_id),
        tenancy,
        agent,
        values["starts_at"],
        length=timedelta(minutes=values["minutes"]),
        note=values["note"],
    )


def _move(session: Session, scope: Scope, row: Appointment, values: Json) -> None:
    """Give the appointment of an inventory another hour or agent, or cancel it: what the office does, by another system."""
    if row.inventory_id is None:
        raise Unsaid("id", "only the appointment of an inventory is changed here")
    if "cancel_reason" in values and len(values) > 1:
        raise Unsaid("cancel_reason", "an appointment is moved or cancelled, not both")
    try:
        if "cancel_reason" in values:
            planning.cancel_in(session, scope, row.inventory_id, values["cancel_reason"])
        else:
            planning.move_in(session, scope, row.inventory_id, _slot(session, scope, row, values))
    except NotMovable as error:
        raise Unsaid("id", "the inventory was begun, or the appointment cancelled") from error
    except InThePast as error:
        raise Unsaid("starts_at", "this moment is over") from error
    except AgentBusy as error:
        raise Unsaid("starts_at", "the agent has something else then, or is away") from error


def _slot(session: Session, scope: Scope, row: Appointment, values: Json) -> Slot:
    agent = reference(session, Account, "agent_id", values.get("agent_id", row.agent_id), *own_agents(scope))
    length = timedelta(minutes=values["minutes"]) if "minutes" in values else row.ends_at - row.starts_at
    return Slot(agent.id, values.get("starts_at", row.starts_at), length)


def _hold_inventory(session: Session, appointment_id: str) -> None:
    """Lock the header before the appointment, as the office and the tablets do."""
    session.execute(select(Inventory.id).where(Inventory.appointment_id == appointment_id).with_for_update())


def _read(session: Session, scope: Scope, _row: object, values: Json, actor: str) -> MeterReading:
    meter = reference(session, Meter, "meter_id", values["meter_id"], *METERS.own(scope))
    kind, _, token_id = actor.partition(":")
    if kind != "client":
        raise UnknownReference("meter_id")
    row = MeterReading(
        id=new_id(),
        landlord_id=scope.landlord_id,
        dwelling_id=meter.dwelling_id,
        unit=UNITS[MeterKind(meter.meter_kind)],
        token_id=token_id,
        written_at=datetime.now(UTC),
        **values,
    )
    session.add(row)
    return row


APPOINTMENTS = Noun(
    "appointment",
    Appointment,
    _own_appointments,
    _appointments,
    Appointment.id,
    {"agent_id": Appointment.agent_id, "dwelling_id": Appointment.dwelling_id, "state": Appointment.state},
    _plan,
    before=_hold_inventory,
)
INVENTORIES = Noun(
    "inventory",
    Inventory,
    Scope.conditions,
    _inventories,
    Inventory.id,
    {"dwelling_id": Inventory.dwelling_id, "tenancy_id": Inventory.tenancy_id, "state": Inventory.state},
)
READINGS = Noun(
    "reading",
    MeterReading,
    _own_readings,
    _readings,
    MeterReading.id,
    {"dwelling_id": MeterReading.dwelling_id, "meter_id": MeterReading.meter_id},
    _read,
)
EVENTS = Noun("event", OutgoingEvent, _own_events, _events, OutgoingEvent.sequence, {"type": OutgoingEvent.type})
