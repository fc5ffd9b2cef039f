"""The invented stock: one landlord, two agencies, six buildings, twenty-four dwellings."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from fieldapp.demo import plans
from fieldapp.demo.plans import RoomPlan
from fieldapp.domain.dwelling import DwellingKind, Energy, Scope
from fieldapp.domain.meter import MeterKind
from fieldapp.domain.tenancy import LeaseKind

TOWN = ("61990", "Orme-la-Vallée")


@dataclass(frozen=True, slots=True)
class Regime:
    """How a building is heated and which meters each of its dwellings has."""

    scope: Scope
    energy: Energy
    hot_water: Scope
    meters: tuple[MeterKind, ...]


REGIMES = {
    "collective": Regime(
        Scope.COLLECTIVE,
        Energy.GAS,
        Scope.COLLECTIVE,
        (MeterKind.COLD_WATER, MeterKind.HOT_WATER, MeterKind.ELECTRICITY_HPHC),
    ),
    "boiler": Regime(
        Scope.INDIVIDUAL,
        Energy.GAS,
        Scope.INDIVIDUAL,
        (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.GAS),
    ),
    "district": Regime(
        Scope.COLLECTIVE,
        Energy.DISTRICT,
        Scope.COLLECTIVE,
        (MeterKind.COLD_WATER, MeterKind.HOT_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.HEAT),
    ),
    "electric": Regime(
        Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.INDIVIDUAL, (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_HPHC)
    ),
    "shop": Regime(
        Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.NONE, (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE)
    ),
    "served": Regime(Scope.COLLECTIVE, Energy.GAS, Scope.COLLECTIVE, ()),
    "bare": Regime(Scope.NONE, Energy.NONE, Scope.NONE, ()),
}


@dataclass(frozen=True, slots=True)
class House:
    """A building of the demonstration."""

    code: str
    agency: str
    name: str
    street: str


@dataclass(frozen=True, slots=True)
class Home:
    """A dwelling of the demonstration: area in hundredths of m², amounts in cents, `day` 0 or 1 for its visiting days."""

    reference: str
    house: str
    kind: DwellingKind
    type: str
    area: int
    detail: str
    regime: Regime
    rooms: tuple[RoomPlan, ...]
    rent: int
    charges: int
    lease: LeaseKind
    energy_letter: str
    annexes: str
    access: str
    day: int


PLANS: dict[str, Callable[..., tuple[RoomPlan, ...]]] = {
    "flat": plans.flat,
    "garage": lambda preset="concrete_block": (plans.garage(preset),),
    "house": plans.house,
    "residence_room": plans.residence_room,
    "shop": plans.shop,
    "studio": plans.studio,
}

AGENCIES = {
    "tisserands": ("Agence des Tisserands", "4 place des Tisserands", "02 61 91 04 10"),
    "quais": ("Agence des Quais", "21 quai des Bateliers", "02 61 91 04 20"),
}
BUILT_ON = date(2022, 3, 11)
"""When the energy certificates were drawn up."""

HOUSES = (
    House("0417", "tisserands", "Résidence des Lilas", "12 rue des Lilas"),
    House("0203", "tisserands", "La Filature", "25 rue de la Filature"),
    House("0640", "tisserands", "Résidence sociale Pasteur", "31 rue Pasteur"),
    House("0311", "quais", "Le Moulin", "8 quai du Moulin"),
    House("0522", "quais", "Les Glycines", "5 allée des Glycines"),
    House("0108", "quais", "Les Tanneurs", "14 rue des Tanneurs"),
)

TODAY_F3 = "0417-B-032"
"""The three-room flat that waits empty, first appointment of the first agent, every day."""

SEALED_F3 = "0417-A-011"
"""The same flat in the next wing, whose move-in inventory is sealed and whose household leaves, every day."""

NEVER_LOOKED_AT = frozenset({"0311-09", "0311-05"})
"""Flats that are given back without an inventory of their entry ever having been made."""

GIVING_NOTICE = frozenset({"0203-4", "0203-7"})
"""Flats whose household leaves soon and is told what it can still put right: one on either day."""

UNDER_WORKS = "0108-24"
"""An empty flat that waits for works, accepted at the end of every day of the second agent."""

AWAY = frozenset({"0417-A-033", "0417-B-001"})
"""Flats of the first agent that nobody visits: the household of the sealed one leaves at their hour."""


def _read(given: dict[str, Any]) -> Home:
    plan = dict(given["rooms"])
    return Home(
        **{
            **given,
            "kind": DwellingKind(given["kind"]),
            "lease": LeaseKind(given["lease"]),
            "regime": REGIMES[given["regime"]],
            "rooms": PLANS[plan.pop("plan")](**plan),
        }
    )


HOMES = tuple(
    _read(given) for given in json.loads(resources.files(__package__).joinpath("homes.json").read_text("utf-8"))
)
