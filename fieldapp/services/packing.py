"""The day pack: all that an agent's tablet needs to work a day without any network."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from fieldapp.domain import catalogue
from fieldapp.domain.dwelling import KIND_WORDS, DwellingKind
from fieldapp.domain.inventory import InventoryKind, InventoryState
from fieldapp.domain.money import rounded
from fieldapp.domain.review import Verdict
from fieldapp.domain.tenancy import square_metres
from fieldapp.domain.visit import VisitState
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.appointment import Appointment
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.feed import Feed
from fieldapp.records.field_state import FieldState
from fieldapp.records.inventory import Inventory
from fieldapp.records.landlord import Landlord
from fieldapp.records.review import Review
from fieldapp.records.tenancy import TenancyParty
from fieldapp.records.visit import Visit
from fieldapp.services import house_catalogues, prices
from fieldapp.services.packing_visits import point_json, visits_json
from fieldapp.services.packing_wear import Leaving, wear_json
from fieldapp.services.staff_clock import staff_zone
from sync import moment

Json = dict[str, Any]

UNFINISHED = (InventoryState.IN_PROGRESS, InventoryState.HELD, InventoryState.INTERRUPTED)
"""What a tablet is given again on a later day: begun, and neither closed nor sealed."""

FINISHED = frozenset({InventoryState.CLOSED, InventoryState.SEALED})
OVER = frozenset({VisitState.DONE, VisitState.CANCELLED})


def day_pack(agent: Account, day: date) -> Json:
    """The appointments of one day of the agent's agency, and the unfinished earlier ones, with what is made there.

    Shape of `GET /api/field/pack`. A handful of queries whatever the number of appointments; nobody else's inventories.
    The cursor is read first: what is written meanwhile may come twice, never not at all.
    """
    cursor = db.session.scalar(select(Feed.position)) or 0
    zone = staff_zone(agent.landlord_id, agent.agency_id)
    planned = _planned(agent, _bounds(day, zone))
    tenants = _tenants([row.appointment.tenancy_id for row in planned if row.appointment.tenancy_id])
    visits = visits_json(
        [(row.visit, row.dwelling, row.building) for row in planned if row.visit], agent.landlord_id, day
    )
    landlord = db.session.get_one(Landlord, agent.landlord_id)
    listed = prices.list_on(db.session(), agent.landlord_id, day)
    inventories = _roots([root for row in planned if (root := row.visit or row.inventory)])
    return {
        "v": 1,
        "server_time": moment.write(datetime.now(UTC)),
        "day": day.isoformat(),
        "zone": zone,
        "cursor": cursor,
        "agent": {
            "id": agent.id,
            "name": agent.name,
            "role": agent.role,
            "quality": agent.quality,
            "language": agent.language,
        },
        "landlord": _landlord(landlord),
        "agency": _agency(db.session.get(Agency, agent.agency_id) if agent.agency_id else None),
        "catalogue": catalogue.load(),
        "house_catalogues": _house_catalogues(agent.landlord_id, inventories),
        "legal": catalogue.load_legal(),
        "prices": _prices(listed),
        "estimates": landlord.estimates and listed is not None,
        "wear": wear_json(agent.landlord_id, _leaving(planned), day),
        "appointments": [
            {
                "id": row.appointment.id,
                "kind": row.appointment.kind,
                "starts_at": moment.write(row.appointment.starts_at),
                "ends_at": moment.write(row.appointment.ends_at),
                "state": "done" if _is_finished(row) else row.appointment.state,
                "dwelling_summary": _summary(row.dwelling, row.building, tenants[row.appointment.tenancy_id or ""]),
                "note": row.appointment.note,
                "returned": row.returned,
                "lease_kind": row.inventory.lease_kind if row.inventory else None,
                "inventory_id": row.inventory.id if row.inventory else None,
                "visit": visits.get(row.appointment.id),
            }
            for row in planned
        ],
        "inventories": inventories,
    }


class Planned(NamedTuple):
    """An appointment with what is made there: an inventory, or a sales visit."""

    appointment: Appointment
    inventory: Inventory | None
    visit: Visit | None
    dwelling: Dwelling
    building: Building
    verdict: str | None

    @property
    def returned(self) -> bool:
        """Whether the office sent it back, so that the agent opens it again."""
        return self.verdict is not None and Verdict(self.verdict).waits_for_agent


def _leaving(planned: Iterable[Planned]) -> list[Leaving]:
    """The move-outs that are estimated where they are made."""
    return [
        Leaving(row.inventory.id, row.inventory.tenancy_id, row.dwelling.id, row.building.id)
        for row in planned
        if row.inventory and row.inventory.kind == InventoryKind.MOVE_OUT
    ]


def _is_finished(row: Planned) -> bool:
    if row.visit:
        return row.visit.state in OVER
    return row.inventory is not None and row.inventory.state in FINISHED and not row.returned


def _planned(agent: Account, bounds: tuple[datetime, datetime]) -> Sequence[Planned]:
    begins, ends = bounds
    today = (Appointment.starts_at >= begins) & (Appointment.starts_at < ends)
    begun = (
        Inventory.state.in_(UNFINISHED)
        | (Visit.state == VisitState.IN_PROGRESS)
        | Review.verdict.in_([verdict for verdict in Verdict if verdict.waits_for_agent])
    )
    earlier = (Appointment.starts_at < begins) & begun
    rows = db.session.execute(
        select(Appointment, Inventory, Visit, Dwelling, Building, Review.verdict)
        .outerjoin(Inventory, Inventory.id == Appointment.inventory_id)
        .outerjoin(Review, Review.inventory_id == Inventory.id)
        .outerjoin(Visit, Visit.appointment_id == Appointment.id)
        .join(Dwelling, Dwelling.id == Appointment.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(
            Appointment.landlord_id == agent.landlord_id,
            Appointment.agent_id == agent.id,
            or_(Appointment.state != "cancelled", Inventory.state != InventoryState.PLANNED),
            or_(today, earlier),
            or_(Inventory.id.is_not(None), Visit.id.is_not(None)),
        )
        .order_by(Appointment.starts_at, Appointment.id)
    )
    return [Planned(*row) for row in rows]


def _bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Midnight to midnight in a zone; a day of the clock change has 23 or 25 hours."""
    clock = ZoneInfo(zone)
    return datetime.combine(day, time(), clock), datetime.combine(day + timedelta(days=1), time(), clock)


def _tenants(tenancies: Iterable[str]) -> defaultdict[str, list[tuple[str, str]]]:
    """Name and telephone of whoever is on the lease."""
    people: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = db.session.execute(
        select(TenancyParty.tenancy_id, TenancyParty.name, TenancyParty.phone)
        .where(TenancyParty.tenancy_id.in_(list(tenancies)))
        .order_by(TenancyParty.tenancy_id, TenancyParty.position)
    )
    for tenancy_id, name, phone in rows:
        people[tenancy_id].append((name, phone))
    return people


def _roots(headers: Sequence[Inventory | Visit]) -> list[Json]:
    """Each inventory and visit with the present value of every field, ready to be written into the tablet's store."""
    entities: dict[str, dict[str, Json]] = {header.id: {} for header in headers}
    rows = db.session.execute(
        select(
            FieldState.root_id,
            FieldState.entity_id,
            FieldState.kind,
            FieldState.field,
            FieldState.value,
            FieldState.rev,
            FieldState.hlc,
            FieldState.device_id,
        )
        .where(FieldState.root_id.in_(list(entities)))
        .order_by(FieldState.root_id, FieldState.entity_id, FieldState.field)
    )
    for root_id, entity_id, kind, field, value, rev, hlc, device_id in rows:
        entity = entities[root_id].setdefault(entity_id, {"entity_id": entity_id, "kind": kind, "fields": {}})
        entity["fields"][field] = {"value": json.loads(value), "rev": rev, "hlc": hlc, "device_id": device_id}
    return [
        {"id": header.id, "state": header.state, "entities": list(entities[header.id].values())} for header in headers
    ]


def _house_catalogues(landlord_id: str, inventories: Iterable[Json]) -> Json:
    """The hash of the landlord's own catalogue in force, and every one that an inventory here began with."""
    session = db.session()
    current = house_catalogues.in_force(session, landlord_id)
    begun = {
        entity["fields"]["house_catalogue"]["value"]
        for root in inventories
        for entity in root["entities"]
        if entity["entity_id"] == root["id"] and "house_catalogue" in entity["fields"]
    }
    named = {sha256 for sha256 in begun if sha256} | ({current.sha256} if current else set())
    return {
        "current": current.sha256 if current else None,
        "all": house_catalogues.known(session, landlord_id, named) if named else [],
    }


def _summary(dwelling: Dwelling, building: Building, tenants: list[tuple[str, str]]) -> Json:
    return {
        "id": dwelling.id,
        "reference": dwelling.reference,
        "kind": dwelling.kind,
        "words": f"{KIND_WORDS[DwellingKind(dwelling.kind)]} {dwelling.type}".strip(),
        "type": dwelling.type,
        "area": square_metres(dwelling.area),
        "building": building.name,
        "street": building.street,
        "detail": dwelling.detail,
        "postcode": building.postcode,
        "town": building.town,
        "zone": zone_of(building.postcode),
        "access": dwelling.access,
        "tenants": [name for name, _ in tenants],
        "phones": [{"name": name, "phone": phone} for name, phone in tenants if phone],
        "point": point_json(building.lat_e7, building.lon_e7),
    }


def _prices(found: prices.Prices | None) -> Json | None:
    """The price list in force, for estimates on the spot: cents before tax, hundredths of a percent."""
    if found is None:
        return None
    works = [
        {
            "code": item.code,
            "label": item.label,
            "element_kinds": list(item.element_kinds),
            "defects": list(item.defects),
            "unit": item.unit,
            "price": item.price,
            "vat": rounded(item.vat * 100),
            "wear_kind": item.wear_kind,
        }
        for item in found.prices.items
    ]
    return {"title": found.prices.title, "version": found.prices.version, "works": works}


def _landlord(row: Landlord) -> Json:
    return {
        "id": row.id,
        "name": row.name,
        "phone": row.phone,
        "email": row.email,
        "colours": {"brand": row.brand, "signal": row.signal},
        "demonstration": row.demonstration,
    }


def _agency(row: Agency | None) -> Json | None:
    if row is None:
        return None
    return {
        "id": row.id,
        "name": row.name,
        "street": row.street,
        "postcode": row.postcode,
        "town": row.town,
        "phone": row.phone,
    }
