"""The leases as the office looks for them: by address, reference or name, and one with its people."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from fieldapp.domain.party import Quality
from fieldapp.domain.zone import zone_of
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.booking import NotHere
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scope import Scope

MOST = 50
"""How many leases a search shows; whoever wants another says more of it."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A tenancy where it is, with who lives there; `zone` is the dwelling's."""

    id: str
    reference: str
    starts_on: date
    furnished: bool
    kind: str
    type: str
    street: str
    detail: str
    postcode: str
    town: str
    zone: str
    tenants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, the newest leases first; `more` when there are others beyond."""

    leases: tuple[Lease, ...]
    more: bool


def search(scope: Scope, words: str) -> Found:
    """The leases in which each of these words stands somewhere; all of them without a word. Two queries."""
    rows = _read(scope, *(_says(word) for word in words.split()), most=MOST + 1)
    return Found(rows[:MOST], len(rows) > MOST)


def open_lease(scope: Scope, tenancy_id: str) -> Lease:
    """One lease; raises `NotHere`."""
    found = _read(scope, Tenancy.id == tenancy_id, most=1)
    if not found:
        raise NotHere(tenancy_id)
    return found[0]


def _says(word: str) -> ColumnElement[bool]:
    columns: tuple[Any, ...] = (
        Tenancy.reference,
        Dwelling.reference,
        Dwelling.detail,
        Building.street,
        Building.town,
        Building.name,
    )
    named = select(TenancyParty.tenancy_id).where(TenancyParty.name.icontains(word, autoescape=True))
    return or_(*(column.icontains(word, autoescape=True) for column in columns), Tenancy.id.in_(named))


def _read(scope: Scope, *narrowed: ColumnElement[bool], most: int) -> tuple[Lease, ...]:
    rows = db.session.execute(
        select(Tenancy, Dwelling, Building)
        .join(Dwelling, Dwelling.id == Tenancy.dwelling_id)
        .join(Building, Building.id == Dwelling.building_id)
        .where(*own_tenancies(scope), *narrowed)
        .order_by(Tenancy.starts_on.desc(), Tenancy.reference)
        .limit(most)
    ).all()
    people = _tenants([row.Tenancy.id for row in rows])
    return tuple(
        Lease(
            id=lease.id,
            reference=lease.reference,
            starts_on=lease.starts_on,
            furnished=lease.furnished,
            kind=dwelling.kind,
            type=dwelling.type,
            street=house.street,
            detail=dwelling.detail,
            postcode=house.postcode,
            town=house.town,
            zone=zone_of(house.postcode),
            tenants=tuple(people[lease.id]),
        )
        for lease, dwelling, house in rows
    )


def _tenants(tenancies: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {tenancy_id: [] for tenancy_id in tenancies}
    rows = db.session.execute(
        select(TenancyParty.tenancy_id, TenancyParty.name)
        .where(TenancyParty.tenancy_id.in_(found), TenancyParty.quality.in_([Quality.TENANT, Quality.CO_TENANT]))
        .order_by(TenancyParty.tenancy_id, TenancyParty.position)
    )
    for tenancy_id, name in rows:
        found[tenancy_id].append(name)
    return found
