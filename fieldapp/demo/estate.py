"""The invented stock: one landlord, two agencies, six buildings, twenty-four dwellings."""

from dataclasses import dataclass
from datetime import date

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


COLLECTIVE = Regime(
    Scope.COLLECTIVE,
    Energy.GAS,
    Scope.COLLECTIVE,
    (MeterKind.COLD_WATER, MeterKind.HOT_WATER, MeterKind.ELECTRICITY_HPHC),
)
BOILER = Regime(
    Scope.INDIVIDUAL, Energy.GAS, Scope.INDIVIDUAL, (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.GAS)
)
DISTRICT = Regime(
    Scope.COLLECTIVE,
    Energy.DISTRICT,
    Scope.COLLECTIVE,
    (MeterKind.COLD_WATER, MeterKind.HOT_WATER, MeterKind.ELECTRICITY_BASE, MeterKind.HEAT),
)
ELECTRIC = Regime(
    Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.INDIVIDUAL, (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_HPHC)
)
SHOP = Regime(Scope.INDIVIDUAL, Energy.ELECTRICITY, Scope.NONE, (MeterKind.COLD_WATER, MeterKind.ELECTRICITY_BASE))
SERVED = Regime(Scope.COLLECTIVE, Energy.GAS, Scope.COLLECTIVE, ())
BARE = Regime(Scope.NONE, Energy.NONE, Scope.NONE, ())


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
    lease: LeaseKind = LeaseKind.DWELLING
    energy_letter: str = "D"
    annexes: str = ""
    access: str = ""
    day: int = 0


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

_FLAT, _HOUSE = DwellingKind.APARTMENT, DwellingKind.HOUSE
_CODE = "Porte du hall : badge à l’agence"

TODAY_F3 = "0417-B-032"
"""The three-room flat that waits empty, first appointment of the first agent, every day."""

SEALED_F3 = "0417-A-011"
"""The same flat in the next wing, whose move-in inventory is sealed."""

HOMES = (
    Home(
        TODAY_F3,
        "0417",
        _FLAT,
        "T3",
        6430,
        "Bâtiment B, 3e étage, porte 32",
        COLLECTIVE,
        plans.flat(2),
        41237,
        14850,
        energy_letter="C",
        annexes="Cave n° 14 (sous-sol, bâtiment B)",
        access=_CODE,
    ),
    Home(
        SEALED_F3,
        "0417",
        _FLAT,
        "T3",
        6430,
        "Bâtiment A, 1er étage, porte 11",
        COLLECTIVE,
        plans.flat(2),
        40980,
        14850,
        energy_letter="C",
        annexes="Cave n° 3 (sous-sol, bâtiment A)",
        access=_CODE,
    ),
    Home(
        "0417-A-021",
        "0417",
        _FLAT,
        "T3",
        6430,
        "Bâtiment A, 2e étage, porte 21",
        COLLECTIVE,
        plans.flat(2, known=False),
        40980,
        14850,
        annexes="Cave n° 7 (sous-sol, bâtiment A)",
        access=_CODE,
        day=1,
    ),
    Home(
        "0417-A-033",
        "0417",
        _FLAT,
        "T2",
        4815,
        "Bâtiment A, 3e étage, porte 33",
        COLLECTIVE,
        plans.flat(1),
        32140,
        11200,
        annexes="Cave n° 9 (sous-sol, bâtiment A)",
        access=_CODE,
    ),
    Home(
        "0417-B-001",
        "0417",
        _FLAT,
        "T2",
        4790,
        "Bâtiment B, rez-de-chaussée, porte 1",
        COLLECTIVE,
        plans.flat(1),
        31860,
        11200,
        energy_letter="E",
        annexes="Cave n° 2 (sous-sol, bâtiment B)",
        access=_CODE,
        day=1,
    ),
    Home(
        "0417-B-041",
        "0417",
        _FLAT,
        "T4",
        7925,
        "Bâtiment B, 4e étage, porte 41",
        COLLECTIVE,
        plans.flat(3, with_balcony=True),
        48910,
        18600,
        annexes="Cave n° 18 (sous-sol, bâtiment B)",
        access=_CODE,
    ),
    Home(
        "0417-G-05",
        "0417",
        DwellingKind.GARAGE,
        "",
        1450,
        "Box n° 5, cour intérieure",
        BARE,
        (plans.garage(),),
        5200,
        0,
        LeaseKind.GARAGE,
        energy_letter="",
        access="Barrière : télécommande à l’agence",
    ),
    Home(
        "0203-1",
        "0203",
        _FLAT,
        "T1",
        2980,
        "1er étage, porte 1",
        BOILER,
        plans.studio(gas=True),
        24560,
        4200,
        access="Digicode affiché à l’agence",
        day=1,
    ),
    Home(
        "0203-4",
        "0203",
        _FLAT,
        "T3",
        6105,
        "2e étage, porte 4",
        BOILER,
        plans.flat(2, gas=True, with_cellar=False),
        39870,
        5100,
        access="Digicode affiché à l’agence",
    ),
    Home(
        "0203-7",
        "0203",
        _FLAT,
        "T5",
        9840,
        "3e étage, porte 7",
        BOILER,
        plans.flat(4, gas=True, with_balcony=True),
        58230,
        6400,
        energy_letter="E",
        annexes="Cave n° 7",
        access="Digicode affiché à l’agence",
        day=1,
    ),
    Home(
        "0640-112",
        "0640",
        DwellingKind.FOYER_ROOM,
        "",
        1820,
        "1er étage, chambre 112",
        SERVED,
        plans.residence_room(),
        29600,
        11800,
        LeaseKind.FOYER,
        energy_letter="",
        access="Accueil ouvert de 8 h à 18 h",
    ),
    Home(
        "0640-208",
        "0640",
        DwellingKind.FOYER_ROOM,
        "",
        1795,
        "2e étage, chambre 208",
        SERVED,
        plans.residence_room(),
        29600,
        11800,
        LeaseKind.FOYER,
        energy_letter="",
        access="Accueil ouvert de 8 h à 18 h",
        day=1,
    ),
    Home(
        "0311-02",
        "0311",
        _FLAT,
        "T1",
        3120,
        "1er étage, porte 2",
        DISTRICT,
        plans.studio(),
        26340,
        7900,
        energy_letter="B",
        access="Clés dans la boîte de la loge",
    ),
    Home(
        "0311-05",
        "0311",
        _FLAT,
        "T2",
        4660,
        "2e étage, porte 5",
        DISTRICT,
        plans.flat(1, with_balcony=True, with_cellar=False),
        33420,
        10400,
        energy_letter="B",
        access="Clés dans la boîte de la loge",
        day=1,
    ),
    Home(
        "0311-06",
        "0311",
        _FLAT,
        "T2",
        4705,
        "2e étage, porte 6",
        DISTRICT,
        plans.flat(1, with_balcony=True, with_cellar=False),
        33610,
        10400,
        energy_letter="B",
        access="Clés dans la boîte de la loge",
        day=1,
    ),
    Home(
        "0311-09",
        "0311",
        _FLAT,
        "T3",
        6280,
        "3e étage, porte 9",
        DISTRICT,
        plans.flat(2, with_balcony=True, with_cellar=False),
        42780,
        13900,
        energy_letter="B",
        access="Clés dans la boîte de la loge",
    ),
    Home(
        "0311-12",
        "0311",
        _FLAT,
        "T4",
        7840,
        "4e étage, porte 12",
        DISTRICT,
        plans.flat(3, with_balcony=True, with_cellar=False),
        50120,
        16800,
        energy_letter="B",
        access="Clés dans la boîte de la loge",
    ),
    Home(
        "0311-14",
        "0311",
        _FLAT,
        "T4",
        7910,
        "5e étage, porte 14",
        DISTRICT,
        plans.flat(3, with_balcony=True, known=False),
        50460,
        16800,
        energy_letter="C",
        annexes="Cave n° 14",
        access="Clés dans la boîte de la loge",
        day=1,
    ),
    Home(
        "0522-05",
        "0522",
        _HOUSE,
        "T4",
        8450,
        "Maison 5",
        ELECTRIC,
        plans.house(3),
        57900,
        2800,
        energy_letter="C",
        annexes="Garage et jardin",
        access="Clés à l’agence",
    ),
    Home(
        "0522-07",
        "0522",
        _HOUSE,
        "T5",
        10260,
        "Maison 7",
        ELECTRIC,
        plans.house(4),
        64350,
        2800,
        energy_letter="C",
        annexes="Garage et jardin",
        access="Clés à l’agence",
        day=1,
    ),
    Home(
        "0108-C1",
        "0108",
        DwellingKind.COMMERCIAL,
        "",
        7150,
        "Rez-de-chaussée, local 1",
        SHOP,
        plans.shop(),
        68000,
        9500,
        LeaseKind.COMMERCIAL,
        access="Clés à l’agence",
    ),
    Home(
        "0108-C2",
        "0108",
        DwellingKind.COMMERCIAL,
        "",
        4380,
        "Rez-de-chaussée, local 2",
        SHOP,
        plans.shop(),
        45500,
        7200,
        LeaseKind.COMMERCIAL,
        access="Clés à l’agence",
        day=1,
    ),
    Home(
        "0108-24",
        "0108",
        _FLAT,
        "T2",
        4520,
        "2e étage, porte 24",
        ELECTRIC,
        plans.flat(1, with_cellar=False),
        31980,
        4900,
        energy_letter="E",
        access="Badge chez le gardien",
    ),
    Home(
        "0108-G2",
        "0108",
        DwellingKind.GARAGE,
        "",
        1380,
        "Box n° 2, sous-sol",
        BARE,
        (plans.garage("concrete_raw"),),
        4900,
        0,
        LeaseKind.GARAGE,
        energy_letter="",
        access="Télécommande chez le gardien",
        day=1,
    ),
)
