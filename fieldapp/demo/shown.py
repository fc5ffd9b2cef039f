"""What candidates are shown: commercial sheets, surroundings, pictures, and the six dwellings that are visited."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fieldapp.demo.estate import HOMES, HOUSES, UNDER_WORKS, Home
from fieldapp.demo.identity import stable_id
from fieldapp.demo.pictures.plan import draw_plan
from fieldapp.demo.scenes import REPORT, shoot
from fieldapp.demo.stocking import LANDLORD, dwelling_id
from fieldapp.domain.distance import Point, metres
from fieldapp.domain.tenancy import LeaseKind
from fieldapp.records.building import Building
from fieldapp.records.dwelling_sheet import DwellingPicture, DwellingSheet
from fieldapp.records.place import Place
from fieldapp.records.vacancy import Vacancy
from fieldapp.services import photo_intake
from fieldapp.services.installation import blobs
from sync import canonical

SHOWN = frozenset({"0311-12", "0522-05", UNDER_WORKS, "0311-06", "0311-14", "0522-07"})
"""Dwellings of the second agent that candidates visit: three on even days, three on odd ones."""

POINTS = {
    "0417": (484_312_000, 912_000),
    "0203": (484_335_000, 934_000),
    "0640": (484_298_000, 951_000),
    "0311": (484_351_000, 887_000),
    "0522": (484_389_000, 861_000),
    "0108": (484_327_000, 902_000),
}
PLACES = (
    ("stop", "Moulin", "Lignes 2 et 5", 484_356_000, 893_000),
    ("stop", "Gare d’Orme-la-Vallée", "TER, lignes 1, 2, 7", 484_301_000, 969_000),
    ("school", "École maternelle des Bateliers", "", 484_362_000, 879_000),
    ("school", "École élémentaire Jean-Zay", "", 484_341_000, 908_000),
    ("school", "Collège de la Vallée", "", 484_377_000, 921_000),
    ("creche", "Crèche des Tisserands", "", 484_330_000, 918_000),
    ("health", "Maison de santé du Quai", "", 484_347_000, 899_000),
    ("health", "Pharmacie du Pont", "", 484_339_000, 890_000),
    ("shop", "Marché couvert", "Mardi et samedi", 484_324_000, 910_000),
    ("shop", "Supérette des Quais", "", 484_353_000, 881_000),
    ("public_service", "Mairie et France services", "", 484_320_000, 915_000),
    ("public_service", "Médiathèque", "", 484_332_000, 899_000),
)
WORDS = (
    ("coverage", "Fibre raccordée, 4G et 5G", "Quatre opérateurs, vérifié à l’intérieur en septembre."),
    ("risk", "Zone de sismicité 1, radon 1", "Bords de rivière : hors zone inondable d’après le plan de prévention."),
)
SCENES = (("living_room", "Séjour"), ("kitchen", "Cuisine"), ("bathroom", "Salle de bains"), ("entrance", "Entrée"))


def has_sheets(session: Session) -> bool:
    """Whether the sheets are there."""
    return bool(session.scalar(select(func.count()).where(DwellingSheet.landlord_id == LANDLORD)))


def add_sheets(session: Session, today: date) -> None:
    """Add sheets, surroundings and pictures; several transactions, taken up again where one was cut off."""
    drawn = {scene: _keep(session, shoot(scene, seed=7).report) for scene, _ in SCENES}
    plan = _keep(session, draw_plan())
    for house in HOUSES:
        building = session.get_one(Building, stable_id("building", house.code))
        building.lat_e7, building.lon_e7 = POINTS[house.code]
        session.add_all(_places(house.code))
    for home in HOMES:
        if home.lease is LeaseKind.DWELLING:
            session.add(_sheet(home, today))
            session.flush()
        if home.reference in SHOWN:
            session.add_all(_pictures(home, drawn, plan))
            session.add(_vacancy(home, today))
    session.commit()


def _sheet(home: Home, today: date) -> DwellingSheet:
    ground = "rez-de-chaussée" in home.detail or home.house == "0522"
    floor = 0 if ground else int(next((sign for sign in home.detail if sign.isdigit()), "0"))
    lift = home.house == "0311"
    return DwellingSheet(
        dwelling_id=dwelling_id(home.reference),
        landlord_id=LANDLORD,
        rent=home.rent,
        charges=home.charges,
        deposit=home.rent,
        aids=12000 if home.rent < 45000 else None,
        available_on=today + timedelta(days=20),
        floor=floor,
        lift=lift,
        step_free=ground or lift,
        wheelchair=lift,
        adapted_bathroom=False,
        climate_class=home.energy_letter or None,
        planned_works="Peinture des parties communes au printemps." if lift else "",
        key_place="Boîte à clés de la loge, casier du logement",
        risks_on=today - timedelta(days=40),
        energy_sheet={},
        updated_at=datetime.now(UTC),
    )


def _pictures(home: Home, drawn: dict[str, tuple[str, int]], plan: tuple[str, int]) -> Iterator[DwellingPicture]:
    shots = [("photo", drawn[scene], caption, REPORT) for scene, caption in SCENES]
    for position, (kind, (sha256, size), caption, (width, height)) in enumerate(
        [*shots, ("plan", plan, f"Plan du {home.type}", REPORT)], 1
    ):
        yield DwellingPicture(
            id=stable_id("picture", home.reference, str(position)),
            landlord_id=LANDLORD,
            dwelling_id=dwelling_id(home.reference),
            kind=kind,
            sha256=sha256,
            bytes=size,
            width=width,
            height=height,
            caption=caption,
            position=position,
        )


def _vacancy(home: Home, today: date) -> Vacancy:
    return Vacancy(
        id=stable_id("vacancy", home.reference),
        landlord_id=LANDLORD,
        dwelling_id=dwelling_id(home.reference),
        kind="technical" if home.reference == UNDER_WORKS else "commercial",
        starts_on=today - timedelta(days=25 + 6 * home.day),
        monthly=home.rent + home.charges,
    )


def _places(house: str) -> Iterator[Place]:
    here = Point(*POINTS[house])
    own = {"landlord_id": LANDLORD, "building_id": stable_id("building", house)}
    for kind, name, lines, lat_e7, lon_e7 in PLACES:
        yield Place(
            id=stable_id("place", house, name),
            kind=kind,
            name=name,
            lines=lines,
            lat_e7=lat_e7,
            lon_e7=lon_e7,
            distance_m=metres(here, Point(lat_e7, lon_e7)),
            **own,
        )
    for kind, name, detail in WORDS:
        yield Place(id=stable_id("place", house, name), kind=kind, name=name, detail=detail, **own)


def _keep(session: Session, data: bytes) -> tuple[str, int]:
    """Keep a picture as the uploads are kept: durable first, then its row, then it waits to be examined."""
    sha256 = canonical.sha256_hex(data)
    blobs().put(f"photos/{sha256}", data)
    photo_intake.receive(session, sha256, len(data))
    return sha256, len(data)
