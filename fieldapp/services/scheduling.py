"""Giving an agent an appointment: the inventory is prepared from the dwelling sheet, so that nothing is typed twice."""

import secrets
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.appointment import AppointmentKind
from fieldapp.domain.context import Agent, Surroundings, context_of
from fieldapp.domain.entry import EXITS
from fieldapp.domain.inventory import InventoryKind
from fieldapp.domain.meter import UNITS, MeterKind
from fieldapp.domain.party import Quality
from fieldapp.domain.record_exit import TENANTS
from fieldapp.records.account import Account
from fieldapp.records.appointment import Appointment
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.inventory import Inventory
from fieldapp.records.key import Key
from fieldapp.records.meter import Meter
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services import earlier
from fieldapp.services.entry import NO_ENTRY, Entry, Write, entry_of
from fieldapp.services.identifier import new_id
from fieldapp.services.intake import write_server_ops
from fieldapp.services.snapshot import state_in
from fieldapp.services.stock import agent_value, surroundings

USUAL_LENGTH = timedelta(hours=1)
_PREFIXES = {InventoryKind.MOVE_IN: "E", InventoryKind.MOVE_OUT: "S", InventoryKind.PRE_EXIT: "C"}
_SEEN_ON_LEAVING = frozenset({("element", "quantity"), ("key", "quantity"), ("equipment", "last_maintenance")})
"""What the dwelling sheet knows and the exit has to find out."""
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: the number is read aloud


class AnotherLandlord(ValueError):
    """Agent, dwelling and tenancy are not of one landlord, or the tenancy is of another dwelling."""


def schedule(
    session: Session,
    kind: AppointmentKind,
    dwelling: Dwelling,
    tenancy: Tenancy,
    agent: Account,
    starts_at: datetime,
    *,
    length: timedelta = USUAL_LENGTH,
    note: str = "",
) -> Appointment:
    """Plan an appointment with its inventory, in the caller's transaction.

    Rooms, elements, meters, keys and equipment keep the dwelling's ids, parties the tenancy's: an id is unique together
    with the inventory's. Materials come from the dwelling sheet and wait to be confirmed on the spot; no state is filled
    in. A move-out starts from the record of its entry instead, thing by thing, and carries what that record says; without
    an entry it starts from the sheet. A move-in soon after a move-out of the same dwelling proposes its states, each to
    be confirmed, and nothing else of it. Raises `AnotherLandlord`.
    """
    landlords = {dwelling.landlord_id, tenancy.landlord_id, agent.landlord_id}
    if len(landlords) != 1 or tenancy.dwelling_id != dwelling.id:
        raise AnotherLandlord(dwelling.id)
    around = surroundings(session, dwelling, tenancy, agent)
    root_id = new_id()
    appointment = Appointment(
        id=new_id(),
        landlord_id=dwelling.landlord_id,
        agency_id=around.agency.id,
        agent_id=agent.id,
        dwelling_id=dwelling.id,
        tenancy_id=tenancy.id,
        inventory_id=root_id,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + length,
        note=note,
    )
    session.add(appointment)
    session.flush()
    entry = entry_of(session, tenancy.id) if kind in EXITS else None
    inventory = Inventory(
        id=root_id,
        landlord_id=appointment.landlord_id,
        agency_id=appointment.agency_id,
        agent_id=agent.id,
        appointment_id=appointment.id,
        dwelling_id=dwelling.id,
        tenancy_id=tenancy.id,
        entry_id=entry.inventory_id if entry else None,
        kind=InventoryKind(kind.value),
        number=number_of(_PREFIXES[InventoryKind(kind.value)], starts_at, around.building.address.zone),
        lease_kind=tenancy.lease_kind,
    )
    session.add(inventory)
    session.flush()
    content = list(_sheet(session, dwelling) if kind not in EXITS else _from_entry(session, inventory, entry, dwelling))
    writes = [
        *_header(inventory, around, agent.language),
        *content,
        *earlier.known(_said_before(session, inventory, starts_at, around.building.address.zone), content),
        *_parties(session, tenancy, around, leaving=kind in EXITS),
    ]
    write_server_ops(session, root_id, writes)
    return appointment


def hand_to(session: Session, appointment: Appointment, inventory: Inventory, agent: Account) -> None:
    """Give a planned inventory to another agent, in the caller's transaction: who comes is one of its parties."""
    before = inventory.agent_id
    appointment.agent_id = inventory.agent_id = agent.id
    session.flush()
    parties = state_in(session, inventory.id)["entities"]
    writes = [(before, "party", "deleted", True), (inventory.id, "inventory", "language", agent.language)]
    if agent.id in parties:
        writes.append((agent.id, "party", "deleted", False))
    place = parties[before]["fields"]["position"]
    write_server_ops(session, inventory.id, [*writes, *_agent(agent_value(agent), place)])
    refresh_context(session, inventory, agent)


def refresh_context(session: Session, inventory: Inventory, agent: Account) -> None:
    """Write anew what a planned inventory knows of landlord, agent, dwelling and lease, in the caller's transaction."""
    dwelling, tenancy = session.get_one(Dwelling, inventory.dwelling_id), session.get_one(Tenancy, inventory.tenancy_id)
    context = context_of(surroundings(session, dwelling, tenancy, agent))
    write_server_ops(session, inventory.id, [(inventory.id, "inventory", "context", context)])


def _said_before(session: Session, inventory: Inventory, starts_at: datetime, zone: str) -> Iterator[Write]:
    """A move-in may start from a fresh move-out of the dwelling, a move-out from the visit before it."""
    if inventory.kind == InventoryKind.MOVE_IN:
        yield from earlier.proposals(session, inventory, starts_at.astimezone(ZoneInfo(zone)).date())
    elif inventory.kind == InventoryKind.MOVE_OUT:
        yield from earlier.advice(session, inventory.tenancy_id)


def _sheet(session: Session, dwelling: Dwelling) -> Iterator[Write]:
    yield from _rooms(session, dwelling)
    yield from _meters(session, dwelling)
    yield from _keys(session, dwelling)
    yield from _equipment(session, dwelling)


def _from_entry(session: Session, inventory: Inventory, entry: Entry | None, dwelling: Dwelling) -> Iterator[Write]:
    yield inventory.id, "inventory", "entry", entry.header if entry else NO_ENTRY
    if entry:
        yield from entry.writes()
    else:
        yield from (write for write in _sheet(session, dwelling) if (write[1], write[2]) not in _SEEN_ON_LEAVING)


def number_of(letter: str, starts_at: datetime, zone: str) -> str:
    """A number that staff can read aloud and that two servers need not agree on: `E261121-7KQ2M`."""
    day = starts_at.astimezone(ZoneInfo(zone))
    return f"{letter}{day:%y%m%d}-{''.join(secrets.choice(_LETTERS) for _ in range(5))}"


def _fields(entity_id: str, kind: str, values: dict[str, Any]) -> Iterator[Write]:
    """The writes of one entity; what the sheet does not know is not written."""
    for field, value in values.items():
        if value is not None and value != "":
            yield entity_id, kind, field, value


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _header(inventory: Inventory, around: Surroundings, language: str) -> Iterator[Write]:
    yield from _fields(
        inventory.id,
        "inventory",
        {
            "kind": inventory.kind,
            "number": inventory.number,
            "appointment_id": inventory.appointment_id,
            "dwelling_id": inventory.dwelling_id,
            "tenancy_id": inventory.tenancy_id,
            "lease_kind": inventory.lease_kind,
            "language": language,
            "context": context_of(around),
        },
    )


def _rooms(session: Session, dwelling: Dwelling) -> Iterator[Write]:
    rooms = select(Room).where(Room.dwelling_id == dwelling.id).order_by(Room.position)
    for room in session.scalars(rooms):
        yield from _fields(
            room.id, "room", {"room_kind": room.room_kind, "label": room.label, "position": room.position}
        )
    elements = (
        select(Element)
        .join(Room, Room.id == Element.room_id)
        .where(Room.dwelling_id == dwelling.id)
        .order_by(Room.position, Element.position)
    )
    for element in session.scalars(elements):
        yield from _fields(
            element.id,
            "element",
            {
                "room_id": element.room_id,
                "element_kind": element.element_kind,
                "label": element.label,
                "position": element.position,
                "material": element.material,
                "quantity": element.quantity,
            },
        )


def _meters(session: Session, dwelling: Dwelling) -> Iterator[Write]:
    for meter in session.scalars(select(Meter).where(Meter.dwelling_id == dwelling.id).order_by(Meter.position)):
        yield from _fields(
            meter.id,
            "meter",
            {
                "meter_kind": meter.meter_kind,
                "label": meter.label,
                "serial": meter.serial,
                "place": meter.place,
                "point": meter.point,
                "unit": UNITS[MeterKind(meter.meter_kind)],
                "position": meter.position,
            },
        )


def _keys(session: Session, dwelling: Dwelling) -> Iterator[Write]:
    for key in session.scalars(select(Key).where(Key.dwelling_id == dwelling.id).order_by(Key.position)):
        yield from _fields(
            key.id,
            "key",
            {
                "key_kind": key.key_kind,
                "label": key.label,
                "destination": key.destination,
                "quantity": key.quantity,
                "number": key.number,
                "position": key.position,
            },
        )


def _equipment(session: Session, dwelling: Dwelling) -> Iterator[Write]:
    things = select(Equipment).where(Equipment.dwelling_id == dwelling.id).order_by(Equipment.position)
    for thing in session.scalars(things):
        yield from _fields(
            thing.id,
            "equipment",
            {
                "equipment_kind": thing.equipment_kind,
                "label": thing.label,
                "place": thing.place,
                "installed_on": _iso(thing.installed_on),
                "energy": thing.energy,
                "scope": thing.scope,
                "last_maintenance": _iso(thing.last_maintenance),
                "position": thing.position,
            },
        )


def _parties(session: Session, tenancy: Tenancy, around: Surroundings, *, leaving: bool) -> Iterator[Write]:
    """Who is on the lease, then the agent; on leaving, a tenant lives in the dwelling and no longer where he came from."""
    place = around.building.address
    here = f"{place.street}, {place.postcode} {place.town}"
    parties = select(TenancyParty).where(TenancyParty.tenancy_id == tenancy.id).order_by(TenancyParty.position)
    last = 0
    for party in session.scalars(parties):
        last = party.position
        yield from _fields(
            party.id,
            "party",
            {
                "name": party.name,
                "quality": party.quality,
                "domicile": here if leaving and party.quality in TENANTS else party.domicile,
                "email": party.email,
                "phone": party.phone,
                "position": party.position,
                "spouse": party.spouse_id,
                "bond": party.bond,
            },
        )
    yield from _agent(around.agent, last + 1)


def _agent(agent: Agent, position: int) -> Iterator[Write]:
    yield from _fields(
        agent.id,
        "party",
        {
            "name": agent.name,
            "quality": Quality.AGENT.value,
            "mandate": agent.mandate,
            "domicile": agent.domicile,
            "position": position,
        },
    )
