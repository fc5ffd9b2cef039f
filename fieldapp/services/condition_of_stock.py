"""The condition of the stock: each element and equipment of a building with its state, its age and the life it has left."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain.ageing import Part, life_of
from fieldapp.domain.price_list import PriceItem
from fieldapp.domain.wear_grid import GridRow
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.record_value import RecordValue
from fieldapp.records.room import Room
from fieldapp.services import prices
from fieldapp.services.grids import grid_in_force, wear_grid
from fieldapp.services.scope import Scope

TOLD = ("state", "installed_on", "renewed_on", "present")


@dataclass(frozen=True, slots=True)
class Stock:
    """A building with its parts; `grid` is the title of the grid that gives the lives, empty without one."""

    building: str
    grid: str
    parts: tuple[Part, ...]


def condition(scope: Scope, building_id: str, today: date) -> Stock | None:
    """A building's parts by dwelling, in a handful of queries; None for a building out of scope."""
    session = db.session()
    building = session.scalar(
        select(Building).where(Building.id == building_id, *scope.of(Building.landlord_id, Building.agency_id))
    )
    if building is None:
        return None
    grid = grid_in_force(session, scope.landlord_id, building_id, today)
    rows = wear_grid(session, grid.id).rows if grid else {}
    priced = prices.list_on(session, scope.landlord_id, today)
    items = priced.prices.items if priced else ()
    said = _said(session, building_id)
    parts = [*_elements(session, building_id, said, rows, items), *_equipment(session, building_id, said, rows, items)]
    return Stock(building.name, grid.title if grid else "", tuple(sorted(parts, key=lambda part: part.dwelling)))


def _elements(
    session: Session, building_id: str, said: "Said", rows: Mapping[str, GridRow], items: tuple[PriceItem, ...]
) -> list[Part]:
    found = session.execute(
        select(Element, Room.label, Dwelling.reference)
        .join(Room, Room.id == Element.room_id)
        .join(Dwelling, Dwelling.id == Room.dwelling_id)
        .where(Dwelling.building_id == building_id)
        .order_by(Dwelling.reference, Room.position, Element.position)
    )
    parts = []
    for element, room, reference in found:
        values = said.get(element.id, {})
        renewed = _day(values.get("renewed_on")) or element.renewed_on
        started = renewed or _day(values.get("installed_on")) or element.installed_on
        life = life_of(element.element_kind, element.material, items, rows)
        kind, state = element.element_kind, values.get("state")
        parts.append(Part(reference, room, kind, element.label, element.material, state, started, life))
    return parts


def _equipment(
    session: Session, building_id: str, said: "Said", rows: Mapping[str, GridRow], items: tuple[PriceItem, ...]
) -> list[Part]:
    found = session.execute(
        select(Equipment, Dwelling.reference)
        .join(Dwelling, Dwelling.id == Equipment.dwelling_id)
        .where(Dwelling.building_id == building_id)
        .order_by(Dwelling.reference, Equipment.position)
    )
    parts = []
    for one, reference in found:
        state = "absent" if said.get(one.id, {}).get("present") is False else None
        life = life_of(one.equipment_kind, "", items, rows)
        parts.append(Part(reference, one.place, one.equipment_kind, one.label, "", state, one.installed_on, life))
    return parts


Said = Mapping[str, Mapping[str, Any]]
"""What holds today of each thing, by its id and the field."""


def _said(session: Session, building_id: str) -> Said:
    rows = session.execute(
        select(RecordValue.entity_id, RecordValue.field, RecordValue.value)
        .where(
            RecordValue.dwelling_id.in_(select(Dwelling.id).where(Dwelling.building_id == building_id)),
            RecordValue.field.in_(TOLD),
        )
        .order_by(RecordValue.since, RecordValue.written_at)
    )
    found: dict[str, dict[str, Any]] = {}
    for entity_id, field, value in rows:
        found.setdefault(entity_id, {})[field] = json.loads(value)
    return found


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)
