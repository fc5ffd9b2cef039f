"""A dwelling: the premises of one lease, with their heating and what must be read there."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fieldapp.domain.meter import MeterKind


class DwellingKind(StrEnum):
    """The kinds of premises that are let."""

    APARTMENT = "apartment"
    HOUSE = "house"
    GARAGE = "garage"
    COMMERCIAL = "commercial"
    FOYER_ROOM = "foyer_room"


KIND_WORDS = {
    DwellingKind.APARTMENT: "Appartement",
    DwellingKind.HOUSE: "Maison",
    DwellingKind.GARAGE: "Garage",
    DwellingKind.COMMERCIAL: "Local commercial",
    DwellingKind.FOYER_ROOM: "Chambre de résidence",
}


class Scope(StrEnum):
    """Whether an installation serves one dwelling, the whole building, or is not there."""

    INDIVIDUAL = "individual"
    COLLECTIVE = "collective"
    NONE = "none"


HEATING_WORDS = {Scope.INDIVIDUAL: "Chauffage individuel", Scope.COLLECTIVE: "Chauffage collectif"}
HOT_WATER_WORDS = {
    Scope.INDIVIDUAL: "eau chaude individuelle",
    Scope.COLLECTIVE: "eau chaude collective",
    Scope.NONE: "sans eau chaude",
}


class Energy(StrEnum):
    """What heats."""

    GAS = "gas"
    ELECTRICITY = "electricity"
    DISTRICT = "district"
    FUEL_OIL = "fuel_oil"
    WOOD = "wood"
    NONE = "none"


ENERGY_WORDS = {
    Energy.GAS: "gaz",
    Energy.ELECTRICITY: "électricité",
    Energy.DISTRICT: "réseau de chaleur",
    Energy.FUEL_OIL: "fioul",
    Energy.WOOD: "bois",
}


@dataclass(frozen=True, slots=True)
class Heating:
    """How premises and their water are heated, and which individual meters follow from it."""

    scope: Scope
    energy: Energy
    hot_water_scope: Scope

    @property
    def text(self) -> str:
        """The sentence that the report prints."""
        if self.scope is Scope.NONE:
            return "Sans chauffage ni eau chaude"
        return f"{HEATING_WORDS[self.scope]} ({ENERGY_WORDS[self.energy]}), {HOT_WATER_WORDS[self.hot_water_scope]}"


@dataclass(frozen=True, slots=True)
class EnergyClass:
    """The energy performance certificate (DPE); yearly costs in cents."""

    letter: str
    number: str
    established_on: date
    cost_low: int
    cost_high: int


@dataclass(frozen=True, slots=True)
class Dwelling:
    """The premises of one lease: `area` in hundredths of m², `type` such as `T3` or empty."""

    id: str
    reference: str
    kind: DwellingKind
    type: str
    area: int
    detail: str
    annexes: str
    heating: Heating
    energy_class: EnergyClass | None
    meters: tuple[MeterKind, ...]

    @property
    def words(self) -> str:
        """Kind and type as staff say it: `Appartement T3`."""
        return f"{KIND_WORDS[self.kind]} {self.type}".strip()


def meters_required(heating: Heating, present: tuple[MeterKind, ...]) -> tuple[MeterKind, ...]:
    """The meters that the inventory must read (loi 89-462 art. 3-2; décret 2016-382, art. 2, 1° f).

    Every individual water and energy meter that is there; those of heating and hot water when these are
    individual, or collective with individual meters. A collective boiler's gas meter is not the tenant's.
    """
    wanted = []
    for kind in present:
        if kind is MeterKind.GAS and heating.scope is not Scope.INDIVIDUAL and heating.energy is Energy.GAS:
            continue
        wanted.append(kind)
    return tuple(dict.fromkeys(wanted))
