"""The lists of the programming interface: which thing stands at which address, with which shapes and filters."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel

from fieldapp.domain.appointment import AppointmentState
from fieldapp.domain.inventory import InventoryState
from fieldapp.services.register import fieldwork, stock, tenancies
from fieldapp.services.register.noun import Noun
from fieldapp.web.v1 import models

UUID = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a filter of a list may say: the pattern of its whole text."""

    pattern: str

    def __call__(self, text: str) -> bool:
        """Whether a text has the form."""
        return re.fullmatch(self.pattern.removeprefix("^").removesuffix("$"), text) is not None


def _one_of(choices: type[StrEnum]) -> Filter:
    return Filter(f"^({'|'.join(choices)})$")


BY_ID, BY_REFERENCE = Filter(UUID), Filter(r"^[^\u0000-\u001f\u007f]{1,30}$")


@dataclass(frozen=True, slots=True)
class Resource:
    """A list at `/api/v1/<path>` and its things; `new` and `change` are None where others only read."""

    path: str
    noun: Noun
    shape: type[BaseModel]
    new: type[BaseModel] | None = None
    change: type[BaseModel] | None = None
    filters: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)
    alone: bool = True
    """Whether one thing has an address of its own."""


RESOURCES = (
    Resource("agencies", stock.AGENCIES, models.Agency),
    Resource("agents", stock.AGENTS, models.Agent, filters={"agency_id": BY_ID}),
    Resource(
        "buildings",
        stock.BUILDINGS,
        models.Building,
        models.BuildingNew,
        models.BuildingChange,
        {"agency_id": BY_ID, "reference": BY_REFERENCE},
    ),
    Resource(
        "dwellings",
        stock.DWELLINGS,
        models.Dwelling,
        models.DwellingNew,
        models.DwellingChange,
        {"building_id": BY_ID, "reference": BY_REFERENCE},
    ),
    Resource("meters", stock.METERS, models.Meter, filters={"dwelling_id": BY_ID}),
    Resource(
        "tenancies",
        tenancies.TENANCIES,
        models.Tenancy,
        models.TenancyNew,
        models.TenancyChange,
        {"dwelling_id": BY_ID, "reference": BY_REFERENCE},
    ),
    Resource(
        "appointments",
        fieldwork.APPOINTMENTS,
        models.Appointment,
        models.AppointmentNew,
        models.AppointmentChange,
        filters={"agent_id": BY_ID, "dwelling_id": BY_ID, "state": _one_of(AppointmentState)},
    ),
    Resource(
        "inventories",
        fieldwork.INVENTORIES,
        models.Inventory,
        filters={"dwelling_id": BY_ID, "tenancy_id": BY_ID, "state": _one_of(InventoryState)},
    ),
    Resource(
        "readings",
        fieldwork.READINGS,
        models.Reading,
        models.ReadingNew,
        filters={"dwelling_id": BY_ID, "meter_id": BY_ID},
    ),
    Resource("events", fieldwork.EVENTS, models.Event, filters={"type": Filter(r"^[a-z_.]{1,60}$")}, alone=False),
)
