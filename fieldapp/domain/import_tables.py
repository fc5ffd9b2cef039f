"""The tables that can be imported: their columns, examples and rules, from which files, page and messages are made."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fieldapp.domain import catalogue
from fieldapp.domain.access_need import AccessNeed
from fieldapp.domain.distance import E7, Point, in_france, is_swapped
from fieldapp.domain.dwelling import KIND_WORDS, DwellingKind
from fieldapp.domain.file_fault import Problem
from fieldapp.domain.import_cell import Choice, Day, Degrees, Email, Hundredths, Postcode, Text, Whole, YesNo, say
from fieldapp.domain.import_table import Column, ImportTable, Values
from fieldapp.domain.party import Quality
from fieldapp.domain.place import WITHOUT_POINT, PlaceKind
from fieldapp.domain.proposal import CommissionDecision, ProposalState

REFERENCE = Text(40)
RICHEST = 10_000_000
"""The largest amount in euros: a cell above it is a mistake."""

NEEDS = {
    AccessNeed.STEP_FREE: "Plain-pied",
    AccessNeed.WHEELCHAIR: "Fauteuil roulant",
    AccessNeed.LOW_FLOOR: "Étage bas",
    AccessNeed.ADAPTED_BATHROOM: "Salle d’eau adaptée",
    AccessNeed.LARGE_PRINT: "Grands caractères",
    AccessNeed.SIGN_LANGUAGE: "Langue des signes",
}
LETTERS = Choice({letter: letter for letter in "ABCDEFG"})


def _codes(name: str) -> Choice:
    rows: Any = catalogue.load()[name]
    return Choice({row["code"]: row["label"]["fr"] for row in rows})


def _dpe_costs(values: Values) -> tuple[str, Problem, Mapping[str, str | int]] | None:
    low, high = values.get("dpe_cost_low"), values.get("dpe_cost_high")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        return "dpe_cost_low", Problem.COSTS_SWAPPED, {}
    return None


def _renewed_later(values: Values) -> tuple[str, Problem, Mapping[str, str | int]] | None:
    installed, renewed = values.get("installed_on"), values.get("renewed_on")
    if installed is not None and renewed is not None and renewed < installed:  # type: ignore[operator]
        return "renewed_on", Problem.RENEWED_BEFORE, {}
    return None


Said = tuple[str, Problem, Mapping[str, str | int]] | None


def _point(values: Values) -> Said:
    """Latitude and longitude come together, in their order, and in France."""
    lat, lon = values.get("lat"), values.get("lon")
    if not isinstance(lat, int) or not isinstance(lon, int):
        return None if lat == lon else ("lat" if lat is None else "lon", Problem.EMPTY_CELL, {})
    point = Point(lat, lon)
    shown: dict[str, str | int] = {"found": degrees(lat), "other": degrees(lon)}
    if is_swapped(point):
        return "lat", Problem.SWAPPED_AXES, shown
    return None if in_france(point) else ("lat", Problem.OUT_OF_FRANCE, shown)


def degrees(e7: int) -> str:
    """Ten-millionths of a degree as a person writes them."""
    return f"{Decimal(e7) / E7}"


def _place(values: Values) -> Said:
    """A stop stands somewhere; coverage and risks are words."""
    words_only = values["kind"] in WITHOUT_POINT
    if words_only and values.get("lat") is not None:
        return "lat", Problem.POINT_UNWANTED, {}
    if not words_only and values.get("lat") is None:
        return "lat", Problem.EMPTY_CELL, {}
    return _point(values)


def _couple(values: Values) -> Said:
    if (values.get("spouse") is None) == (values.get("bond") is None):
        return None
    return "bond" if values.get("bond") is None else "spouse", Problem.EMPTY_CELL, {}


def _proposal(values: Values) -> Said:
    """An offer has the day of its notification, a signature its own, and what is not over has no end."""
    state = values.get("state", ProposalState.WAITING)
    notified, answered, signed = (values.get(name) for name in ("notified_on", "answered_on", "signed_on"))
    if state == ProposalState.OFFERED and notified is None:
        return "notified_on", Problem.DAY_WANTED, {}
    if state == ProposalState.WAITING and notified is not None:
        return "notified_on", Problem.DAY_UNWANTED, {}
    if (state == ProposalState.SIGNED) != (signed is not None):
        return "signed_on", Problem.DAY_WANTED if signed is None else Problem.DAY_UNWANTED, {}
    if state in {ProposalState.WAITING, ProposalState.OFFERED} and answered is not None:
        return "answered_on", Problem.DAY_UNWANTED, {}
    return None


PLACES_AROUND = {
    PlaceKind.STOP: "Arrêt",
    PlaceKind.SCHOOL: "École",
    PlaceKind.CRECHE: "Crèche",
    PlaceKind.HEALTH: "Santé",
    PlaceKind.SHOP: "Commerce",
    PlaceKind.PUBLIC_SERVICE: "Service public",
    PlaceKind.COVERAGE: "Réseau mobile",
    PlaceKind.RISK: "Risque",
}
DECISIONS = {
    CommissionDecision.ATTRIBUTION: "Attribution",
    CommissionDecision.RANKED: "Attribution avec rang",
    CommissionDecision.CONDITIONAL: "Attribution sous condition",
    CommissionDecision.NON_ATTRIBUTION: "Non-attribution",
    CommissionDecision.REJECTION: "Rejet",
}
ENDS = {
    ProposalState.WAITING: "En attente",
    ProposalState.OFFERED: "Offre notifiée",
    ProposalState.ACCEPTED: "Acceptée",
    ProposalState.REFUSED: "Refusée",
    ProposalState.LAPSED: "Sans réponse",
    ProposalState.WITHDRAWN: "Retirée",
    ProposalState.SIGNED: "Bail signé",
}
LANGUAGES = Choice({"fr": "Français", "en": "Anglais"})
LAT = Column("lat", say("Latitude"), Degrees(), "48,0021", attribute="lat_e7")
LON = Column("lon", say("Longitude"), Degrees(), "-4,1025", attribute="lon_e7")

AGENCIES = ImportTable(
    "agencies",
    say("Agences"),
    say("Les bureaux du bailleur. À importer d’abord."),
    (
        Column("reference", say("Référence"), REFERENCE, "AG-01", required=True),
        Column("name", say("Nom"), Text(80), "Agence Nord", required=True),
        Column("street", say("Adresse"), Text(120), "4 place des Tisserands", required=True),
        Column("postcode", say("Code postal"), Postcode(), "29000", required=True),
        Column("town", say("Ville"), Text(80), "Quimper", required=True),
        Column("phone", say("Téléphone"), Text(20), "02 61 91 04 00", empty=""),
    ),
    ("reference",),
)
BUILDINGS = ImportTable(
    "buildings",
    say("Immeubles"),
    say("Chaque immeuble, avec l’agence qui s’en occupe."),
    (
        Column("reference", say("Référence"), Text(20), "RES-001", required=True),
        Column("agency", say("Agence"), REFERENCE, "AG-01", required=True, names="agency"),
        Column("name", say("Nom"), Text(80), "Résidence des Quais", required=True),
        Column("street", say("Adresse"), Text(120), "12 quai de l’Odet", required=True),
        Column("postcode", say("Code postal"), Postcode(), "29000", required=True),
        Column("town", say("Ville"), Text(80), "Quimper", required=True),
        LAT,
        LON,
    ),
    ("reference",),
    (_point,),
)
PLACES = ImportTable(
    "places",
    say("Environs"),
    say("Ce qui est autour de chaque immeuble : arrêts, écoles, commerces, services, réseau, risques."),
    (
        Column("building", say("Immeuble"), Text(20), "RES-001", required=True, names="building"),
        Column("reference", say("Référence"), REFERENCE, "ARRET-1", required=True),
        Column("kind", say("Sorte"), Choice({k.value: v for k, v in PLACES_AROUND.items()}), "stop", required=True),
        Column("name", say("Nom"), Text(120), "Arrêt Locmaria", required=True),
        Column("lines", say("Lignes"), Text(120), "1, 5", empty=""),
        Column("detail", say("Détail"), Text(300), "Toutes les dix minutes", empty=""),
        LAT,
        LON,
    ),
    ("building", "reference"),
    (_place,),
)
DWELLINGS = ImportTable(
    "dwellings",
    say("Logements"),
    say("Chaque logement, garage ou local, dans son immeuble."),
    (
        Column("reference", say("Référence"), Text(30), "LOG-0001", required=True),
        Column("building", say("Immeuble"), Text(20), "RES-001", required=True, names="building"),
        Column(
            "kind", say("Sorte"), Choice({k.value: KIND_WORDS[k] for k in DwellingKind}), "apartment", required=True
        ),
        Column("type", say("Type"), Text(10), "T3", empty=""),
        Column("area", say("Surface (m²)"), Hundredths(1, 100_000), "64,30", required=True),
        Column("detail", say("Situation"), Text(120), "Bâtiment A, 2e étage, porte 23", empty=""),
        Column("annexes", say("Annexes"), Text(200), "Cave 12", empty=""),
        Column("access", say("Accès"), Text(200), "Badge à l’entrée", empty=""),
        Column("heating_scope", say("Chauffage"), _codes("scopes"), "individual", required=True),
        Column("heating_energy", say("Énergie du chauffage"), _codes("energies"), "gas", required=True),
        Column("hot_water_scope", say("Eau chaude"), _codes("scopes"), "individual", required=True),
        Column("dpe_class", say("Classe DPE"), LETTERS, "C"),
        Column("dpe_number", say("Numéro du DPE"), Text(20), "2529E0123456A"),
        Column("dpe_date", say("Date du DPE"), Day(), "14/03/2025"),
        Column("dpe_cost_low", say("Coût annuel bas (€)"), Hundredths(0, RICHEST), "640"),
        Column("dpe_cost_high", say("Coût annuel haut (€)"), Hundredths(0, RICHEST), "920"),
    ),
    ("reference",),
    (_dpe_costs,),
)
DWELLING = Column("dwelling", say("Logement"), Text(30), "LOG-0001", required=True, names="dwelling")
ROOMS = ImportTable(
    "rooms",
    say("Pièces"),
    say("Les pièces et parties de chaque logement, dans l’ordre de la visite."),
    (
        DWELLING,
        Column("reference", say("Référence"), REFERENCE, "P1", required=True),
        Column("room_kind", say("Sorte"), _codes("rooms"), "living_room", required=True),
        Column("label", say("Nom"), Text(80), "Séjour", required=True),
        Column("furnish", say("Ajouter les éléments du catalogue"), YesNo(), "oui", empty=False),
    ),
    ("dwelling", "reference"),
)
ELEMENTS = ImportTable(
    "elements",
    say("Éléments"),
    say("Les éléments de chaque pièce, avec leurs dates : la vétusté en dépend."),
    (
        DWELLING,
        Column("room", say("Pièce"), REFERENCE, "P1", required=True, names="room"),
        Column("reference", say("Référence"), REFERENCE, "SOL", required=True),
        Column("element_kind", say("Sorte"), _codes("elements"), "floor", required=True),
        Column("label", say("Nom"), Text(80), "Sol", required=True),
        Column("material", say("Matériau"), Text(120), "Parquet", empty=""),
        Column("quantity", say("Quantité"), Whole(0, 1000), "1"),
        Column("installed_on", say("Installé le"), Day(), "01/09/2012"),
        Column("renewed_on", say("Renouvelé le"), Day(), "15/06/2021"),
    ),
    ("dwelling", "room", "reference"),
    (_renewed_later,),
)
METERS = ImportTable(
    "meters",
    say("Compteurs"),
    say("Les compteurs individuels de chaque logement."),
    (
        DWELLING,
        Column("reference", say("Référence"), REFERENCE, "EF", required=True),
        Column("meter_kind", say("Sorte"), _codes("meters"), "cold_water", required=True),
        Column("label", say("Nom"), Text(80), "Eau froide", required=True),
        Column("serial", say("Numéro de série"), Text(40), "D21FA123456", empty=""),
        Column("place", say("Emplacement"), Text(120), "Gaine palière", empty=""),
        Column("point", say("PRM ou PCE"), Text(20), "", empty=""),
    ),
    ("dwelling", "reference"),
)
KEYS = ImportTable(
    "keys",
    say("Clés"),
    say("Les clés, badges et autres moyens d’accès de chaque logement."),
    (
        DWELLING,
        Column("reference", say("Référence"), REFERENCE, "C1", required=True),
        Column("key_kind", say("Sorte"), _codes("keys"), "key", required=True),
        Column("label", say("Nom"), Text(80), "Clé de la porte palière", required=True),
        Column("destination", say("Destination"), Text(120), "Porte palière", required=True),
        Column("quantity", say("Quantité"), Whole(0, 1000), "3", required=True),
        Column("number", say("Numéro"), Text(60), "", empty=""),
    ),
    ("dwelling", "reference"),
)
EQUIPMENT = ImportTable(
    "equipment",
    say("Équipements"),
    say("Détecteur de fumée, chaudière, chauffe-eau, ventilation."),
    (
        DWELLING,
        Column("reference", say("Référence"), REFERENCE, "DAAF", required=True),
        Column("equipment_kind", say("Sorte"), _codes("equipment"), "smoke_detector", required=True),
        Column("label", say("Nom"), Text(80), "Détecteur de fumée", required=True),
        Column("place", say("Emplacement"), Text(120), "Entrée", empty=""),
        Column("installed_on", say("Installé le"), Day(), "01/09/2022"),
        Column("energy", say("Énergie"), _codes("energies"), ""),
        Column("scope", say("Individuel ou collectif"), _codes("scopes"), ""),
        Column("last_maintenance", say("Dernier entretien"), Day(), "12/10/2025"),
    ),
    ("dwelling", "reference"),
)
TENANCIES = ImportTable(
    "tenancies",
    say("Baux"),
    say("Les baux en cours, avec loyer, charges et dépôt de garantie."),
    (
        Column("reference", say("Référence"), Text(30), "BAIL-0001", required=True),
        DWELLING,
        Column("lease_kind", say("Sorte"), _codes("lease_kinds"), "dwelling", required=True),
        Column("lease_signed_on", say("Signé le"), Day(), "20/08/2021", required=True),
        Column("starts_on", say("Début"), Day(), "01/09/2021", required=True),
        Column("rent", say("Loyer mensuel (€)"), Hundredths(0, RICHEST), "412,37", required=True),
        Column("charges", say("Charges mensuelles (€)"), Hundredths(0, RICHEST), "86,00", required=True),
        Column("deposit", say("Dépôt de garantie (€)"), Hundredths(0, RICHEST), "412,37", required=True),
        Column("furnished", say("Meublé"), YesNo(), "non", empty=False),
    ),
    ("reference",),
)
OCCUPANTS = ImportTable(
    "occupants",
    say("Occupants"),
    say("Les titulaires de chaque bail et ceux qui signent pour eux."),
    (
        Column("tenancy", say("Bail"), Text(30), "BAIL-0001", required=True, names="tenancy"),
        Column("reference", say("Référence"), REFERENCE, "1", required=True),
        Column("name", say("Nom"), Text(120), "Camille Exemple", required=True),
        Column(
            "quality",
            say("Qualité"),
            Choice({code: words for code, words in _codes("qualities").codes.items() if code in set(Quality)}),
            "tenant",
            required=True,
        ),
        Column("domicile", say("Domicile"), Text(200), "", empty=""),
        Column("email", say("E-mail"), Email(), "camille@exemple.fr", empty=""),
        Column("phone", say("Téléphone"), Text(20), "06 00 00 00 00", empty=""),
        Column("language", say("Langue"), LANGUAGES, "fr", empty="fr"),
    ),
    ("tenancy", "reference"),
)
SPOUSES = ImportTable(
    "spouses",
    say("Conjoints"),
    say(
        "Les titulaires mariés ou pacsés d’un même bail : l’un peut signer pour les deux. Une ligne par couple suffit."
    ),
    (
        Column("tenancy", say("Bail"), Text(30), "BAIL-0001", required=True, names="tenancy"),
        Column("reference", say("Occupant"), REFERENCE, "1", required=True),
        Column("spouse", say("Conjoint"), REFERENCE, "2", names="spouse"),
        Column("bond", say("Lien"), _codes("bonds"), "married"),
    ),
    ("tenancy", "reference"),
    (_couple,),
)
CANDIDATES = ImportTable(
    "candidates",
    say("Candidats"),
    say("Les personnes qui cherchent un logement."),
    (
        Column("reference", say("Référence"), REFERENCE, "CAND-0001", required=True),
        Column("name", say("Nom"), Text(120), "Dominique Exemple", required=True),
        Column("agency", say("Agence"), REFERENCE, "AG-01", names="agency"),
        Column("phone", say("Téléphone"), Text(20), "06 00 00 00 01", empty=""),
        Column("email", say("E-mail"), Email(), "dominique@exemple.fr", empty=""),
        Column("unique_number", say("Numéro unique"), Text(30), "029012345678901234", empty=""),
        Column("language", say("Langue"), LANGUAGES, "fr", empty="fr"),
        Column("need", say("Besoin d’accès"), Choice({need.value: words for need, words in NEEDS.items()}), ""),
    ),
    ("reference",),
)
PROPOSALS = ImportTable(
    "proposals",
    say("Propositions"),
    say("Quel logement à quel candidat : rang, décision de la commission, offre et réponse. L’échéance se calcule."),
    (
        DWELLING,
        Column("candidate", say("Candidat"), REFERENCE, "CAND-0001", required=True, names="candidate"),
        Column("rank", say("Rang"), Whole(1, 1000), "1"),
        Column("decision", say("Décision"), Choice({k.value: v for k, v in DECISIONS.items()}), "attribution_ranked"),
        Column("dalo", say("DALO"), YesNo(), "non", empty=False),
        Column("state", say("État"), Choice({k.value: v for k, v in ENDS.items()}), "offered", empty="waiting"),
        Column("notified_on", say("Offre notifiée le"), Day(), "02/02/2026"),
        Column("answered_on", say("Répondu le"), Day(), ""),
        Column("signed_on", say("Bail signé le"), Day(), ""),
    ),
    ("dwelling", "candidate"),
    (_proposal,),
)
CATALOGUE = ImportTable(
    "catalogue",
    say("Catalogue des pièces et éléments"),
    say("Ce que chaque nature de pièce contient chez vous : les pièces importées peuvent le recevoir."),
    (
        Column("room_kind", say("Pièce"), _codes("rooms"), "kitchen", required=True),
        Column("reference", say("Référence"), REFERENCE, "EVIER", required=True),
        Column("element_kind", say("Sorte"), _codes("elements"), "sink", required=True),
        Column("label", say("Nom"), Text(80), "Évier", required=True),
        Column("material", say("Matériau"), Text(120), "Inox", empty=""),
    ),
    ("room_kind", "reference"),
)

TABLES = {
    table.code: table
    for table in (
        *(AGENCIES, BUILDINGS, PLACES, DWELLINGS, CATALOGUE, ROOMS, ELEMENTS, METERS, KEYS, EQUIPMENT),
        *(TENANCIES, OCCUPANTS, SPOUSES, CANDIDATES, PROPOSALS),
    )
}
"""In the order in which an empty installation is filled."""
