"""The meter extract: every reading with its document, and what each meter counted between two days."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from fieldapp.domain.consumption import Consumption, Read, between
from fieldapp.domain.record_fields import Subject
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.api_token import ApiToken
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.inventory import Inventory
from fieldapp.records.meter import Meter
from fieldapp.records.meter_reading import MeterReading
from fieldapp.records.record_value import RecordValue
from fieldapp.records.visit_document import VisitDocument
from fieldapp.services.scope import Scope


@dataclass(frozen=True, slots=True)
class Metered:
    """A meter with all its readings, the earliest first, and its consumption between the days asked for."""

    meter: Meter
    building: str
    dwelling: str
    detail: str
    readings: tuple[Read, ...]
    consumption: Consumption


def metered(scope: Scope, first: date, last: date, building_id: str) -> list[Metered]:
    """The meters of a building by dwelling; three queries."""
    session = db.session()
    meters = session.execute(
        select(Meter, Building.name, Building.postcode, Dwelling.reference, Dwelling.detail)
        .join(Dwelling, Dwelling.id == Meter.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(Building.id == building_id, *scope.of(Building.landlord_id, Building.agency_id))
        .order_by(Dwelling.reference, Meter.position)
    ).all()
    zone = ZoneInfo(zone_of(meters[0].postcode)) if meters else ZoneInfo("UTC")
    readings = _readings(building_id, zone) if meters else {}
    found = []
    for meter, building, _postcode, reference, detail in meters:
        own = tuple(readings.get(meter.id, ()))
        found.append(Metered(meter, building, reference, detail, own, between(own, first, last)))
    return found


def _readings(building_id: str, zone: ZoneInfo) -> Mapping[str, list[Read]]:
    dwellings = select(Dwelling.id).where(Dwelling.building_id == building_id)
    serials = {
        (row.inventory_id, row.entity_id): str(json.loads(row.value))
        for row in db.session.scalars(
            select(RecordValue).where(
                RecordValue.dwelling_id.in_(dwellings),
                RecordValue.subject == Subject.METER,
                RecordValue.field == "serial",
                RecordValue.inventory_id.is_not(None),
            )
        )
    }
    rows = db.session.execute(
        select(MeterReading, func.coalesce(Inventory.number, VisitDocument.number), ApiToken.name)
        .outerjoin(Inventory, Inventory.id == MeterReading.inventory_id)
        .outerjoin(VisitDocument, VisitDocument.id == MeterReading.document_id)
        .outerjoin(ApiToken, ApiToken.id == MeterReading.token_id)
        .where(MeterReading.dwelling_id.in_(dwellings))
        .order_by(MeterReading.read_at, MeterReading.written_at)
    )
    found: dict[str, list[Read]] = {}
    for one, number, system in rows:
        on, serial = one.read_at.astimezone(zone).date(), serials.get((one.inventory_id, one.meter_id), "")
        read = Read(on, one.state, one.index, one.index_low, one.unit, serial, number or system or "")
        found.setdefault(one.meter_id, []).append(read)
    return found
