"""The landlord: who owns the dwellings, and the boundary that no query crosses."""

from dataclasses import dataclass
from enum import StrEnum

from fieldapp.domain.address import Address


class LandlordKind(StrEnum):
    """The legal kinds of landlord."""

    OPH = "oph"
    ESH = "esh"
    COOPERATIVE = "cooperative"
    SEM = "sem"
    PRIVATE = "private"


KIND_WORDS = {
    LandlordKind.OPH: "Office public de l'habitat",
    LandlordKind.ESH: "Entreprise sociale pour l'habitat",
    LandlordKind.COOPERATIVE: "Société coopérative d'HLM",
    LandlordKind.SEM: "Société d'économie mixte",
    LandlordKind.PRIVATE: "Bailleur privé",
}
"""What the report prints under the landlord's name."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The two colours that theme screens and reports, as `#rrggbb`."""

    brand: str
    signal: str


@dataclass(frozen=True, slots=True)
class Landlord:
    """A landlord with its registered seat (décret 2016-382, art. 2, 1° d)."""

    id: str
    name: str
    kind: LandlordKind
    seat: Address
    siren: str
    phone: str
    email: str
    colours: Colours
