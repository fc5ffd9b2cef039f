"""One dwelling of the central record: its rooms with ages and states, its meters over time, keys, papers, tenants, works."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.inventory import Inventory
from fieldapp.records.key import Key
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.record_value import RecordValue
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy
from fieldapp.records.visit_document import VisitDocument
from fieldapp.records.works_request import WorksRequest
from fieldapp.services.booking import NotHere
from fieldapp.services.record_history import Values, values_in
from fieldapp.services.register.stock import own_dwellings
from fieldapp.services.scope import Scope

MOST = 50
"""How many dwellings a search shows, and how many papers, readings and works a page."""


@dataclass(frozen=True, slots=True)
class Place:
    """A dwelling where it stands."""

    dwelling: Dwelling
    building: Building


@dataclass(frozen=True, slots=True)
class Reading:
    """What a meter said, with the inventory or the visit that says so; none when another system told it."""

    reading: MeterReading
    number: str | None
    visit_id: str | None


@dataclass(frozen=True, slots=True)
class DwellingRecord:
    """All that is known; `values` is what holds today, by entity and field."""

    dwelling: Dwelling
    building: Building
    zone: str
    rooms: tuple[tuple[Room, tuple[Element, ...]], ...]
    equipment: Sequence[Equipment]
    meters: tuple[tuple[Meter, tuple[Reading, ...]], ...]
    keys: Sequence[Key]
    inventories: Sequence[Inventory]
    tenancies: Sequence[Tenancy]
    works: Sequence[WorksRequest]
    values: Values


def search(scope: Scope, words: str) -> tuple[list[Place], bool]:
    """The dwellings in which each word stands somewhere, and whether there are more."""
    wanted = select(Dwelling, Building).join(Building, Building.id == Dwelling.building_id).where(*own_dwellings(scope))
    columns = (Dwelling.reference, Dwelling.detail, Building.street, Building.town, Building.name, Building.reference)
    for word in words.split():
        wanted = wanted.where(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    rows = db.session.execute(wanted.order_by(Dwelling.reference).limit(MOST + 1)).all()
    return [Place(dwelling, building) for dwelling, building in rows[:MOST]], len(rows) > MOST


def open_dwelling(scope: Scope, dwelling_id: str) -> DwellingRecord:
    """Read one dwelling in scope, in eleven queries; raises `NotHere`."""
    session = db.session()
    found = session.execute(
        select(Dwelling, Building)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Dwelling.id == dwelling_id, *own_dwellings(scope))
    ).one_or_none()
    if found is None:
        raise NotHere(dwelling_id)
    dwelling, building = found
    return DwellingRecord(
        dwelling=dwelling,
        building=building,
        zone=zone_of(building.postcode),
        rooms=_rooms(dwelling_id),
        equipment=session.scalars(
            select(Equipment).where(Equipment.dwelling_id == dwelling_id).order_by(Equipment.position)
        ).all(),
        meters=_meters(dwelling_id),
        keys=session.scalars(select(Key).where(Key.dwelling_id == dwelling_id).order_by(Key.position)).all(),
        inventories=session.scalars(
            select(Inventory)
            .where(Inventory.dwelling_id == dwelling_id, Inventory.sealed_at.is_not(None), *scope.conditions())
            .order_by(Inventory.sealed_at.desc())
            .limit(MOST)
        ).all(),
        tenancies=session.scalars(
            select(Tenancy).where(Tenancy.dwelling_id == dwelling_id).order_by(Tenancy.starts_on.desc()).limit(MOST)
        ).all(),
        works=session.scalars(
            select(WorksRequest)
            .where(WorksRequest.dwelling_id == dwelling_id)
            .order_by(WorksRequest.raised_at.desc())
            .limit(MOST)
        ).all(),
        values=values_in(session, RecordValue.dwelling_id == dwelling_id),
    )


def _rooms(dwelling_id: str) -> tuple[tuple[Room, tuple[Element, ...]], ...]:
    rooms = db.session.scalars(select(Room).where(Room.dwelling_id == dwelling_id).order_by(Room.position)).all()
    elements = defaultdict(list)
    wanted = select(Element).where(Element.room_id.in_([room.id for room in rooms])).order_by(Element.position)
    for element in db.session.scalars(wanted):
        elements[element.room_id].append(element)
    return tuple((room, tuple(elements[room.id])) for room in rooms)


def _meters(dwelling_id: str) -> tuple[tuple[Meter, tuple[Reading, ...]], ...]:
    meters = db.session.scalars(select(Meter).where(Meter.dwelling_id == dwelling_id).order_by(Meter.position)).all()
    readings = defaultdict(list)
    wanted = (
        select(MeterReading, Inventory.number, VisitDocument.number, VisitDocument.visit_id)
        .outerjoin(Inventory, Inventory.id == MeterReading.inventory_id)
        .outerjoin(VisitDocument, VisitDocument.id == MeterReading.document_id)
        .where(MeterReading.dwelling_id == dwelling_id)
        .order_by(MeterReading.read_at.desc())
    )
    for reading, number, document, visit_id in db.session.execute(wanted.limit(MOST)):
        readings[reading.meter_id].append(Reading(reading, number or document, visit_id))
    return tuple((meter, tuple(readings[meter.id])) for meter in meters)
