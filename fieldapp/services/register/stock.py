"""Agencies, buildings, dwellings and their meters, as other systems see and keep them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fieldapp.domain.tenancy import euros, square_metres
from fieldapp.records.account import Account
from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.meter import Meter
from fieldapp.services.identifier import new_id
from fieldapp.services.register.noun import Json, Noun, Unsaid, day, reference
from fieldapp.services.scope import Scope

Conditions = tuple[ColumnElement[bool], ...]


def own_agencies(scope: Scope) -> Conditions:
    """The agencies in scope."""
    own = Agency.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, Agency.id == scope.agency_id)


def own_agents(scope: Scope) -> Conditions:
    """The agents in scope."""
    own = (Account.landlord_id == scope.landlord_id, Account.role == "agent", Account.active.is_(True))
    return own if scope.agency_id is None else (*own, Account.agency_id == scope.agency_id)


def own_buildings(scope: Scope) -> Conditions:
    """The buildings in scope."""
    own = Building.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, Building.agency_id == scope.agency_id)


def own_dwellings(scope: Scope) -> Conditions:
    """The dwellings in scope."""
    own = Dwelling.landlord_id == scope.landlord_id
    if scope.agency_id is None:
        return (own,)
    return own, Dwelling.building_id.in_(select(Building.id).where(*own_buildings(scope)))


def of_own_dwellings(table: Any, scope: Scope) -> Conditions:
    """What hangs on the dwellings in scope."""
    own = table.landlord_id == scope.landlord_id
    return (
        (own,)
        if scope.agency_id is None
        else (own, table.dwelling_id.in_(select(Dwelling.id).where(*own_dwellings(scope))))
    )


def _own_meters(scope: Scope) -> Conditions:
    return of_own_dwellings(Meter, scope)


def _agencies(_session: Session, rows: Sequence[Agency]) -> list[Json]:
    return [
        {
            "id": row.id,
            "name": row.name,
            "phone": row.phone,
            "street": row.street,
            "postcode": row.postcode,
            "town": row.town,
        }
        for row in rows
    ]


def _agents(_session: Session, rows: Sequence[Account]) -> list[Json]:
    return [{"id": row.id, "agency_id": row.agency_id, "name": row.name, "email": row.email} for row in rows]


def _buildings(_session: Session, rows: Sequence[Building]) -> list[Json]:
    return [
        {
            "id": row.id,
            "agency_id": row.agency_id,
            "reference": row.reference,
            "name": row.name,
            "street": row.street,
            "postcode": row.postcode,
            "town": row.town,
        }
        for row in rows
    ]


def _dwellings(_session: Session, rows: Sequence[Dwelling]) -> list[Json]:
    return [
        {
            "id": row.id,
            "building_id": row.building_id,
            "reference": row.reference,
            "kind": row.kind,
            "type": row.type,
            "area": square_metres(row.area),
            "detail": row.detail,
            "annexes": row.annexes,
            "access": row.access,
            "heating_scope": row.heating_scope,
            "heating_energy": row.heating_energy,
            "hot_water_scope": row.hot_water_scope,
            "dpe_class": row.dpe_class,
            "dpe_number": row.dpe_number,
            "dpe_date": day(row.dpe_date),
            "dpe_cost_low": None if row.dpe_cost_low is None else euros(row.dpe_cost_low),
            "dpe_cost_high": None if row.dpe_cost_high is None else euros(row.dpe_cost_high),
        }
        for row in rows
    ]


def _meters(_session: Session, rows: Sequence[Meter]) -> list[Json]:
    return [
        {
            "id": row.id,
            "dwelling_id": row.dwelling_id,
            "kind": row.meter_kind,
            "label": row.label,
            "serial": row.serial,
            "place": row.place,
            "point": row.point,
        }
        for row in rows
    ]


def _write_building(session: Session, scope: Scope, row: Building | None, values: Json, _actor: str) -> Building:
    if "agency_id" in values:
        reference(session, Agency, "agency_id", values["agency_id"], *own_agencies(scope))
    kept = row or Building(id=new_id(), landlord_id=scope.landlord_id)
    _set(session, kept, values)
    return kept


def _write_dwelling(session: Session, scope: Scope, row: Dwelling | None, values: Json, _actor: str) -> Dwelling:
    if "building_id" in values:
        reference(session, Building, "building_id", values["building_id"], *own_buildings(scope))
    kept = row or Dwelling(id=new_id(), landlord_id=scope.landlord_id)
    low = values.get("dpe_cost_low", kept.dpe_cost_low)
    high = values.get("dpe_cost_high", kept.dpe_cost_high)
    if low is not None and high is not None and low > high:
        raise Unsaid("dpe_cost_low", "the lower cost is above the higher one")
    _set(session, kept, values)
    return kept


def _set(session: Session, row: Building | Dwelling, values: Json) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    session.add(row)


AGENCIES = Noun("agency", Agency, own_agencies, _agencies, Agency.id, {})
AGENTS = Noun("agent", Account, own_agents, _agents, Account.id, {"agency_id": Account.agency_id})
BUILDINGS = Noun(
    "building",
    Building,
    own_buildings,
    _buildings,
    Building.id,
    {"agency_id": Building.agency_id, "reference": Building.reference},
    _write_building,
)
DWELLINGS = Noun(
    "dwelling",
    Dwelling,
    own_dwellings,
    _dwellings,
    Dwelling.id,
    {"building_id": Dwelling.building_id, "reference": Dwelling.reference},
    _write_dwelling,
)
METERS = Noun("meter", Meter, _own_meters, _meters, Meter.id, {"dwelling_id": Meter.dwelling_id})
