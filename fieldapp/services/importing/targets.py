"""Where each imported table goes: its record, what a line of it hangs on, and who may change what is there."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from fieldapp.records.agency import Agency
from fieldapp.records.building import Building
from fieldapp.records.candidate import Candidate
from fieldapp.records.catalogue_element import CatalogueElement
from fieldapp.records.dwelling import Dwelling
from fieldapp.records.element import Element
from fieldapp.records.equipment import Equipment
from fieldapp.records.key import Key
from fieldapp.records.meter import Meter
from fieldapp.records.place import Place
from fieldapp.records.proposal import Proposal
from fieldapp.records.room import Room
from fieldapp.records.tenancy import Tenancy, TenancyParty
from fieldapp.services.importing import refining
from fieldapp.services.importing.refining import After, Refine
from fieldapp.services.importing.wanted import Name, fits, wanted
from fieldapp.services.register.stock import own_agencies, own_buildings, own_dwellings
from fieldapp.services.register.tenancies import own_tenancies
from fieldapp.services.scope import Scope

Conditions = tuple[ColumnElement[bool], ...]
Find = Callable[[Session, Scope, Collection[Name]], dict[Name, str]]


@dataclass(frozen=True, slots=True)
class Parent:
    """What a line hangs on: named by `columns`, found in scope, kept in `attribute`; `may_move` to another one."""

    attribute: str
    columns: Name
    find: Find
    may_move: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The record of a table; `identity` are the attributes that say which row a line is about.

    `ordered` is the attribute within which rows have a position, `own` narrows to a scope what is named by its reference
    alone, `also` are values of a new row that no column says. `landlord_wide` is for nobody who belongs to an agency.
    `refine` completes and judges lines, `after` does what follows a change; `known_only` lines never make anything new.
    `spoken` are columns that name what an attribute points to, beside the parent's.
    """

    noun: str
    record: Any
    identity: Name
    parent: Parent | None = None
    ordered: str | None = None
    own: Callable[[Scope], Conditions] | None = None
    also: Callable[[], Mapping[str, Any]] = field(default=dict)
    landlord_wide: bool = False
    refine: Refine | None = None
    after: After | None = None
    known_only: bool = False
    spoken: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, str]:
        """The column that names what an attribute points to."""
        return {self.parent.attribute: self.parent.columns[-1], **self.spoken} if self.parent else dict(self.spoken)


def _agencies(session: Session, scope: Scope, names: Collection[Name]) -> dict[Name, str]:
    """By reference, or by name where an agency has none yet."""
    said = {name for (name,) in names}
    rows = session.execute(
        select(Agency.id, Agency.reference, Agency.name)
        .where(or_(Agency.reference.in_(said), Agency.name.in_(said)), *own_agencies(scope))
        .order_by(Agency.id)
    ).all()
    by_name = {(row.name,): row.id for row in rows}
    return by_name | {(row.reference,): row.id for row in rows if row.reference}


def _by_reference(record: Any, own: Callable[[Scope], Conditions]) -> Find:
    def find(session: Session, scope: Scope, names: Collection[Name]) -> dict[Name, str]:
        said = wanted(session, names)
        query = select(record.id, record.reference).join(said, fits(said, record.reference)).where(*own(scope))
        rows = session.execute(query)
        return {(row.reference,): row.id for row in rows}

    return find


def _rooms(session: Session, scope: Scope, names: Collection[Name]) -> dict[Name, str]:
    said = wanted(session, names)
    rows = session.execute(
        select(Room.id, Room.reference, Dwelling.reference.label("dwelling"))
        .join(Dwelling, Dwelling.id == Room.dwelling_id)
        .join(said, fits(said, Dwelling.reference, Room.reference))
        .where(*own_dwellings(scope))
    )
    return {(row.dwelling, row.reference): row.id for row in rows}


def _own_candidates(scope: Scope) -> Conditions:
    own = Candidate.landlord_id == scope.landlord_id
    return (own,) if scope.agency_id is None else (own, Candidate.agency_id == scope.agency_id)


_IN_DWELLING = Parent("dwelling_id", ("dwelling",), _by_reference(Dwelling, own_dwellings))
_OF_DWELLING = ("dwelling_id", "reference")

TARGETS = {
    "agencies": Target("agency", Agency, ("reference",), own=own_agencies, landlord_wide=True),
    "buildings": Target(
        "building",
        Building,
        ("reference",),
        Parent("agency_id", ("agency",), _agencies, may_move=True),
        own=own_buildings,
        refine=refining.keep_home,
        after=refining.measure_anew,
    ),
    "places": Target(
        "place",
        Place,
        ("building_id", "reference"),
        Parent("building_id", ("building",), _by_reference(Building, own_buildings)),
        refine=refining.place_around,
    ),
    "dwellings": Target(
        "dwelling",
        Dwelling,
        ("reference",),
        Parent("building_id", ("building",), _by_reference(Building, own_buildings), may_move=True),
        own=own_dwellings,
    ),
    "catalogue": Target(
        "catalogue_element",
        CatalogueElement,
        ("room_kind", "reference"),
        ordered="room_kind",
        landlord_wide=True,
    ),
    "rooms": Target("room", Room, _OF_DWELLING, _IN_DWELLING, ordered="dwelling_id"),
    "elements": Target(
        "element",
        Element,
        ("room_id", "reference"),
        Parent("room_id", ("dwelling", "room"), _rooms),
        ordered="room_id",
    ),
    "meters": Target("meter", Meter, _OF_DWELLING, _IN_DWELLING, ordered="dwelling_id"),
    "keys": Target("key", Key, _OF_DWELLING, _IN_DWELLING, ordered="dwelling_id"),
    "equipment": Target("equipment", Equipment, _OF_DWELLING, _IN_DWELLING, ordered="dwelling_id"),
    "tenancies": Target("tenancy", Tenancy, ("reference",), _IN_DWELLING, own=own_tenancies),
    "occupants": Target(
        "tenancy_party",
        TenancyParty,
        ("tenancy_id", "reference"),
        Parent("tenancy_id", ("tenancy",), _by_reference(Tenancy, own_tenancies)),
        ordered="tenancy_id",
    ),
    "spouses": Target(
        "tenancy_party",
        TenancyParty,
        ("tenancy_id", "reference"),
        Parent("tenancy_id", ("tenancy",), _by_reference(Tenancy, own_tenancies)),
        refine=refining.couple,
        after=refining.bind_the_other,
        spoken={"spouse_id": "spouse"},
        known_only=True,
    ),
    "candidates": Target(
        "candidate",
        Candidate,
        ("reference",),
        Parent("agency_id", ("agency",), _agencies, may_move=True),
        own=_own_candidates,
        also=lambda: {"created_at": datetime.now(UTC)},
    ),
    "proposals": Target(
        "proposal",
        Proposal,
        ("dwelling_id", "candidate_id"),
        _IN_DWELLING,
        refine=refining.offer,
        also=lambda: {"created_at": datetime.now(UTC)},
    ),
}
"""By the code of the table."""
