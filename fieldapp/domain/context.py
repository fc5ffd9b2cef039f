"""What an inventory carries of its surroundings, so that the record needs nothing else to be understood."""

from dataclasses import dataclass
from typing import Any

from fieldapp.domain.agency import Agency
from fieldapp.domain.building import Building
from fieldapp.domain.dwelling import Dwelling, EnergyClass, Heating, meters_required
from fieldapp.domain.landlord import KIND_WORDS, Landlord
from fieldapp.domain.tenancy import Tenancy, euros, square_metres

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Agent:
    """Who makes the inventory for the landlord, with mandate and domicile (décret 2016-382, art. 2, 1° e)."""

    id: str
    name: str
    quality: str
    mandate: str
    domicile: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Whose dwelling it is, where it stands, under which lease, and who comes; a sales visit knows no lease."""

    landlord: Landlord
    agency: Agency
    agent: Agent
    building: Building
    dwelling: Dwelling
    tenancy: Tenancy | None
    demonstration: bool


def context_of(around: Surroundings) -> Json:
    """The field `context` of an inventory or a visit: texts, integers and decimal texts only, fit for canonical JSON.

    Money and areas are decimal texts (`"412.37"`, `"64.30"`), days ISO texts, what is unknown null.
    """
    return {
        "landlord": _landlord(around.landlord),
        "agency": {
            "name": around.agency.name,
            "street": around.agency.address.street,
            "postcode": around.agency.address.postcode,
            "town": around.agency.address.town,
            "phone": around.agency.phone,
        },
        "agent": {
            "id": around.agent.id,
            "name": around.agent.name,
            "quality": around.agent.quality,
            "mandate": around.agent.mandate,
            "domicile": around.agent.domicile,
        },
        "dwelling": _dwelling(around.dwelling, around.building),
        **({} if around.tenancy is None else {"tenancy": _tenancy(around.tenancy)}),
        "demonstration": around.demonstration,
    }


def _tenancy(lease: Tenancy) -> Json:
    return {
        "id": lease.id,
        "reference": lease.reference,
        "lease_kind": lease.lease_kind.value,
        "lease_signed_on": lease.signed_on.isoformat(),
        "starts_on": lease.starts_on.isoformat(),
        "rent": euros(lease.rent),
        "charges": euros(lease.charges),
        "deposit": euros(lease.deposit),
        # Said when it is so: what was signed before there was a word for it stays as it was.
        **({"furnished": True} if lease.furnished else {}),
    }


def _landlord(landlord: Landlord) -> Json:
    return {
        "name": landlord.name,
        "kind": KIND_WORDS[landlord.kind],
        "seat": {
            "street": landlord.seat.street,
            "postcode": landlord.seat.postcode,
            "town": landlord.seat.town,
        },
        "siren": landlord.siren,
        "phone": landlord.phone,
        "email": landlord.email,
        "colours": {"brand": landlord.colours.brand, "signal": landlord.colours.signal},
    }


def _dwelling(dwelling: Dwelling, building: Building) -> Json:
    return {
        "id": dwelling.id,
        "reference": dwelling.reference,
        "kind": dwelling.words,
        "type": dwelling.type,
        "area": square_metres(dwelling.area),
        "building": building.name,
        "street": building.address.street,
        "detail": dwelling.detail,
        "postcode": building.address.postcode,
        "town": building.address.town,
        "annexes": dwelling.annexes,
        "heating": _heating(dwelling.heating),
        "dpe": _energy_class(dwelling.energy_class),
        "meters_required": [kind.value for kind in meters_required(dwelling.heating, dwelling.meters)],
        "zone": building.address.zone,
    }


def _heating(heating: Heating) -> Json:
    return {
        "scope": heating.scope.value,
        "energy": heating.energy.value,
        "hot_water_scope": heating.hot_water_scope.value,
        "text": heating.text,
    }


def _energy_class(energy: EnergyClass | None) -> Json | None:
    if energy is None:
        return None
    return {
        "class": energy.letter,
        "number": energy.number,
        "date": energy.established_on.isoformat(),
        "cost_low": euros(energy.cost_low),
        "cost_high": euros(energy.cost_high),
    }
