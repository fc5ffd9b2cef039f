"""The shapes of what other systems send and receive: strict, so that no text becomes a number and no field is ignored."""

from copy import copy
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model, model_validator

from fieldapp.domain.appointment import AppointmentKind, AppointmentState
from fieldapp.domain.dwelling import DwellingKind, Energy, Scope
from fieldapp.domain.inventory import InventoryKind, InventoryState, Outcome
from fieldapp.domain.meter import MeterKind, MeterState
from fieldapp.domain.party import Quality
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.web.v1.fields import (
    Area,
    Cents,
    Day,
    EnergyClass,
    Hundredths,
    Id,
    Index,
    InventoryAppointment,
    Minutes,
    Moment,
    Money,
    Name20,
    Name30,
    Name80,
    Name120,
    Name300,
    Postcode,
    Sha256,
    Text10,
    Text20,
    Text120,
    Text200,
    Text300,
)


class Model(BaseModel):
    """What all of them share: nothing is converted, nothing unknown is passed over."""

    model_config = ConfigDict(strict=True, extra="forbid")


class _Partial(Model):
    """Some fields of a thing; those that are left out stay as they are."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra={"minProperties": 1})

    @model_validator(mode="after")
    def _not_empty(self) -> "_Partial":
        if not self.model_fields_set:
            raise ValueError("at least one field")
        return self


def _changing(whole: type[Model], name: str) -> type[Model]:
    """The same fields, each of which may be left out."""
    fields: dict[str, Any] = {}
    for said, field in whole.model_fields.items():
        optional = copy(field)
        optional.default = None
        fields[said] = (field.annotation, optional)
    made: type[Model] = create_model(name, __base__=_Partial, __doc__=_Partial.__doc__, **fields)
    return made


class Agency(Model):
    """A local office."""

    id: Id
    name: str
    phone: str
    street: str
    postcode: str
    town: str


class Agent(Model):
    """A field agent, who can be given appointments."""

    id: Id
    agency_id: Id
    name: str
    email: str


class BuildingNew(Model):
    """A building at one address."""

    agency_id: Id
    reference: Name20
    name: Name80
    street: Name120
    postcode: Postcode
    town: Name80


class Building(Model):
    """A building at one address."""

    id: Id
    agency_id: Id
    reference: str
    name: str
    street: str
    postcode: str
    town: str


class DwellingNew(Model):
    """The premises of one lease; the area is in square metres with two decimals."""

    building_id: Id
    reference: Name30
    kind: DwellingKind
    type: Text10 = ""
    area: Hundredths
    detail: Text120 = ""
    annexes: Text200 = ""
    access: Text200 = ""
    heating_scope: Scope
    heating_energy: Energy
    hot_water_scope: Scope
    dpe_class: EnergyClass | None = None
    dpe_number: Text20 | None = None
    dpe_date: Day | None = None
    dpe_cost_low: Cents | None = None
    dpe_cost_high: Cents | None = None


class Dwelling(Model):
    """The premises of one lease."""

    id: Id
    building_id: Id
    reference: str
    kind: DwellingKind
    type: str
    area: Area
    detail: str
    annexes: str
    access: str
    heating_scope: Scope
    heating_energy: Energy
    hot_water_scope: Scope
    dpe_class: EnergyClass | None
    dpe_number: str | None
    dpe_date: Day | None
    dpe_cost_low: Money | None
    dpe_cost_high: Money | None


class Meter(Model):
    """An individual meter of a dwelling."""

    id: Id
    dwelling_id: Id
    kind: MeterKind
    label: str
    serial: str
    place: str
    point: str


class PartyNew(Model):
    """A person on the lease; with an id, one who is there already."""

    id: Id | None = None
    name: Name120
    quality: Quality
    domicile: Text200 = ""
    email: Text120 = ""
    phone: Text20 = ""


class Party(Model):
    """A person on the lease."""

    id: Id
    name: str
    quality: Quality
    domicile: str
    email: str
    phone: str


class TenancyNew(Model):
    """A lease; amounts in euros with two decimals."""

    dwelling_id: Id
    reference: Name30
    lease_kind: LeaseKind
    lease_signed_on: Day
    starts_on: Day
    rent: Cents
    charges: Cents
    deposit: Cents
    parties: Annotated[list[PartyNew], Field(max_length=20)] = []


class Tenancy(Model):
    """A lease with the people on it."""

    id: Id
    dwelling_id: Id
    reference: str
    lease_kind: LeaseKind
    lease_signed_on: Day
    starts_on: Day
    rent: Money
    charges: Money
    deposit: Money
    parties: list[Party]


class AppointmentNew(Model):
    """An appointment of an agent at the dwelling of a tenancy; its inventory is prepared from the dwelling sheet."""

    kind: InventoryAppointment
    agent_id: Id
    tenancy_id: Id
    starts_at: Moment
    minutes: Minutes = 60
    note: Text300 = ""


class AppointmentMove(Model):
    """Another hour, length or agent for an appointment that nobody has begun; or why it does not take place."""

    agent_id: Id
    starts_at: Moment
    minutes: Minutes
    cancel_reason: Name300


class Appointment(Model):
    """An appointment of an agent at a dwelling."""

    id: Id
    kind: AppointmentKind
    state: AppointmentState
    agency_id: Id
    agent_id: Id
    dwelling_id: Id
    tenancy_id: Id | None
    inventory_id: Id | None
    starts_at: Moment
    ends_at: Moment
    note: str


class Inventory(Model):
    """An inventory of fixtures: how far it has come, and what proves it."""

    id: Id
    kind: InventoryKind
    number: str
    state: InventoryState
    outcome: Outcome | None
    agency_id: Id
    agent_id: Id
    appointment_id: Id | None
    dwelling_id: Id
    tenancy_id: Id
    started_at: Moment | None
    closed_at: Moment | None
    sealed_at: Moment | None
    record_sha256: Sha256 | None
    report_sha256: Sha256 | None


class ReadingNew(Model):
    """A reading of a meter; the index is text, because leading zeros count."""

    meter_id: Id
    state: MeterState
    index: Index = ""
    index_low: Index = ""
    reason: Text200 = ""
    read_at: Moment


class Reading(Model):
    """What a meter said; `inventory_id` is null when another system brought it."""

    id: Id
    dwelling_id: Id
    meter_id: Id
    state: MeterState
    index: str
    index_low: str
    unit: str
    reason: str
    read_at: Moment
    inventory_id: Id | None


class Event(BaseModel):
    """Something that happened, exactly as it is posted to the landlord's connectors; docs/connectors.md has the schemas."""

    model_config = ConfigDict(extra="allow")

    id: Id
    type: str
    timestamp: Moment
    data: dict[str, Any]


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str


BuildingChange = _changing(BuildingNew, "BuildingChange")
DwellingChange = _changing(DwellingNew, "DwellingChange")
TenancyChange = _changing(TenancyNew, "TenancyChange")
AppointmentChange = _changing(AppointmentMove, "AppointmentChange")
