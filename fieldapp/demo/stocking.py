"""Writing the invented landlord, its staff and its stock into the database, once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from fieldapp.demo.estate import AGENCIES, BUILT_ON, HOMES, HOUSES, TOWN, Home, House
from fieldapp.demo.identity import stable_id
from fieldapp.demo.people import PASSWORD, STAFF, Staff
from fieldapp.demo.plans import RoomPlan, material
from fieldapp.domain import catalogue
from fieldapp.domain.dwelling import DwellingKind, Energy, Scope
from fieldapp.domain.equipment import EquipmentKind
from fieldapp.domain.key import KeyKind
from fieldapp.domain.landlord import LandlordKind
from fieldapp.domain.meter import MeterKind
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.base import Base
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.key import Key
from fieldapp.records.landlord import Landlord
from fieldapp.records.meter import Meter
from fieldapp.records.room import Room
from fieldapp.services.accounts import hash_password

LANDLORD = stable_id("landlord")
POSTCODE, TOWN_NAME = TOWN
SEAT = "4 place des Tisserands"

_SURFACES = {"floor": "floor", "ground": "floor", "walls": "wall", "ceiling": "ceiling"}
_ENERGY_COSTS = {"B": (7, 10), "C": (10, 14), "D": (14, 20), "E": (20, 27)}  # euros a m² a year
_COUNTED = {"sockets": 3, "tv_socket": 1, "bed": 1, "desk": 1, "chair": 2, "wardrobe": 1, "curtains": 2}
_METER_PLACES = {
    MeterKind.COLD_WATER: "Gaine palière",
    MeterKind.HOT_WATER: "Gaine palière",
    MeterKind.ELECTRICITY_BASE: "Tableau de l’entrée",
    MeterKind.ELECTRICITY_HPHC: "Tableau de l’entrée",
    MeterKind.GAS: "Gaine palière",
    MeterKind.HEAT: "Gaine palière",
}


def stock(session: Session) -> None:
    """Add landlord, agencies, accounts, buildings and dwelling sheets, in the caller's transaction."""
    session.add(
        Landlord(
            id=LANDLORD,
            name="Val d’Orme Habitat",
            kind=LandlordKind.OPH,
            street=SEAT,
            postcode=POSTCODE,
            town=TOWN_NAME,
            siren="000 000 000",
            phone="02 61 91 04 00",
            email="contact@valdorme-habitat.example",
            brand="#1f4f7a",
            signal="#f2b233",
            demonstration=True,
        )
    )
    session.flush()
    session.add_all(_agency(code) for code in AGENCIES)
    session.flush()
    session.add_all(_account(staff) for staff in STAFF)
    session.add_all(_building(house) for house in HOUSES)
    session.flush()
    session.add_all(_dwelling(home) for home in HOMES)
    session.flush()
    session.add_all(_room(home, plan, position) for home in HOMES for position, plan in enumerate(home.rooms, 1))
    session.flush()
    for home in HOMES:
        session.add_all(_sheet(home))


def account_id(login: str) -> str:
    """The account of a member of staff."""
    return stable_id("account", login)


def dwelling_id(reference: str) -> str:
    """The dwelling with this reference."""
    return stable_id("dwelling", reference)


def _agency(code: str) -> Agency:
    name, street, phone = AGENCIES[code]
    return Agency(
        id=stable_id("agency", code),
        landlord_id=LANDLORD,
        name=name,
        street=street,
        postcode=POSTCODE,
        town=TOWN_NAME,
        phone=phone,
    )


def _account(staff: Staff) -> Account:
    return Account(
        id=account_id(staff.login),
        landlord_id=LANDLORD,
        agency_id=stable_id("agency", staff.agency) if staff.agency else None,
        email=staff.email,
        name=staff.name,
        role=staff.role,
        password_hash=hash_password(PASSWORD),
        quality=staff.quality,
        mandate=staff.mandate,
        domicile=f"{SEAT}, {POSTCODE} {TOWN_NAME}" if staff.mandate else "",
        created_at=datetime.now(UTC),
    )


def _building(house: House) -> Building:
    return Building(
        id=stable_id("building", house.code),
        landlord_id=LANDLORD,
        agency_id=stable_id("agency", house.agency),
        reference=house.code,
        name=house.name,
        street=house.street,
        postcode=POSTCODE,
        town=TOWN_NAME,
    )


def _dwelling(home: Home) -> Dwelling:
    low, high = _ENERGY_COSTS.get(home.energy_letter, (0, 0))
    certified = home.energy_letter != ""
    return Dwelling(
        id=dwelling_id(home.reference),
        landlord_id=LANDLORD,
        building_id=stable_id("building", home.house),
        reference=home.reference,
        kind=home.kind,
        type=home.type,
        area=home.area,
        detail=home.detail,
        annexes=home.annexes,
        access=home.access,
        heating_scope=home.regime.scope,
        heating_energy=home.regime.energy,
        hot_water_scope=home.regime.hot_water,
        dpe_class=home.energy_letter or None,
        dpe_number=f"2261E{_digits(home, 'dpe', 7)}X" if certified else None,
        dpe_date=BUILT_ON if certified else None,
        dpe_cost_low=home.area * low if certified else None,
        dpe_cost_high=home.area * high if certified else None,
    )


def _sheet(home: Home) -> Iterator[Base]:
    for position, plan in enumerate(home.rooms, 1):
        yield from _elements(home, plan, position)
    yield from _meters(home)
    yield from _keys(home)
    yield from _equipment(home)


def _room(home: Home, plan: RoomPlan, position: int) -> Room:
    return Room(
        id=_room_id(home, position),
        landlord_id=LANDLORD,
        dwelling_id=dwelling_id(home.reference),
        room_kind=plan.kind,
        label=plan.label or catalogue.word(catalogue.load(), "rooms", plan.kind),
        position=position,
    )


def _room_id(home: Home, position: int) -> str:
    return stable_id("room", home.reference, str(position))


def _elements(home: Home, plan: RoomPlan, room: int) -> Iterator[Element]:
    words = catalogue.load()
    surfaces = catalogue.row(words, "presets", plan.preset)["materials"] if plan.preset else {}
    for position, kind in enumerate(plan.elements, 1):
        code = surfaces.get(_SURFACES[kind]) if kind in _SURFACES else material(plan, kind)
        yield Element(
            id=stable_id("element", home.reference, str(room), str(position)),
            landlord_id=LANDLORD,
            room_id=_room_id(home, room),
            element_kind=kind,
            label=catalogue.word(words, "elements", kind),
            material=catalogue.word(words, "materials", code) if code else "",
            quantity=_COUNTED.get(kind),
            position=position,
        )


def _meters(home: Home) -> Iterator[Meter]:
    words = catalogue.load()
    for position, kind in enumerate(home.regime.meters, 1):
        pointed = catalogue.row(words, "meters", kind)["point"] is not None
        yield Meter(
            id=stable_id("meter", home.reference, str(position)),
            landlord_id=LANDLORD,
            dwelling_id=dwelling_id(home.reference),
            meter_kind=kind,
            label=catalogue.word(words, "meters", kind),
            serial=f"C21 FA {_digits(home, kind, 6)}",
            place=_METER_PLACES[kind] if home.kind is not DwellingKind.HOUSE else "Coffret en limite de terrain",
            point=f"99{_digits(home, f'point {kind}', 12)}" if pointed else "",  # no real point begins so
            position=position,
        )


def _keys(home: Home) -> Iterator[Key]:
    for position, (kind, destination, quantity, number) in enumerate(_bunch(home), 1):
        yield Key(
            id=stable_id("key", home.reference, str(position)),
            landlord_id=LANDLORD,
            dwelling_id=dwelling_id(home.reference),
            key_kind=kind,
            label=catalogue.word(catalogue.load(), "keys", kind),
            destination=destination,
            quantity=quantity,
            number=number,
            position=position,
        )


def _bunch(home: Home) -> Iterator[tuple[KeyKind, str, int, str]]:
    if home.kind is DwellingKind.GARAGE:
        yield KeyKind.KEY, "Porte du box", 2, _digits(home, "key", 4)
        yield KeyKind.REMOTE, "Barrière de la cour (commune)", 1, f"T-{_digits(home, 'remote', 4)}"
        return
    door = {DwellingKind.COMMERCIAL: "Porte d’entrée et rideau", DwellingKind.HOUSE: "Porte d’entrée"}
    yield KeyKind.KEY, door.get(home.kind, "Porte palière"), 3, f"A1 {_digits(home, 'key', 4)}"
    if home.kind is DwellingKind.HOUSE:
        yield KeyKind.KEY, "Portail et garage", 2, ""
    else:
        yield KeyKind.BADGE, "Porte du hall (commune)", 2, f"B-{_digits(home, 'badge', 4)}"
    yield KeyKind.LETTERBOX_KEY, "Boîte aux lettres", 2, ""
    if any(room.kind == "cellar" for room in home.rooms):
        yield KeyKind.PADLOCK_KEY, home.annexes.partition(" (")[0], 2, ""


def _equipment(home: Home) -> Iterator[Equipment]:
    things: list[tuple[EquipmentKind, str, date | None, Energy | None, Scope | None, date | None]] = []
    regime = home.regime
    if home.lease in {LeaseKind.DWELLING, LeaseKind.FOYER}:
        place = "Plafond du dégagement" if home.kind is DwellingKind.HOUSE else "Plafond de l’entrée"
        if home.kind is DwellingKind.FOYER_ROOM:
            place = "Plafond de la chambre"
        things.append((EquipmentKind.SMOKE_DETECTOR, place, date(2022, 5, 12), None, None, None))
    if regime.scope is not Scope.NONE:
        serviced = date(2026, 9, 14) if regime.energy is Energy.GAS and regime.scope is Scope.INDIVIDUAL else None
        things.append((EquipmentKind.HEATING, "", None, regime.energy, regime.scope, serviced))
    if regime.hot_water is not Scope.NONE:
        things.append((EquipmentKind.HOT_WATER, "", None, regime.energy, regime.hot_water, None))
    if home.lease is LeaseKind.DWELLING:
        things.append((EquipmentKind.VENTILATION, "Cuisine, salle de bain, WC", None, None, Scope.COLLECTIVE, None))
    for position, (kind, place, installed_on, energy, scope, serviced) in enumerate(things, 1):
        yield Equipment(
            id=stable_id("equipment", home.reference, str(position)),
            landlord_id=LANDLORD,
            dwelling_id=dwelling_id(home.reference),
            equipment_kind=kind,
            label=catalogue.word(catalogue.load(), "equipment", kind),
            place=place,
            installed_on=installed_on,
            energy=energy,
            scope=scope,
            last_maintenance=serviced,
            position=position,
        )


def _digits(home: Home, what: str, count: int) -> str:
    """A number that looks like a serial number: decided by the dwelling and the thing alone."""
    drawn = int(stable_id("number", home.reference, what).replace("-", "")[-16:], 16)
    return str(drawn)[-count:].zfill(count)
