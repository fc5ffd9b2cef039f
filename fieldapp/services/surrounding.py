"""The surroundings sheet of a building: where it stands, and what is around it."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from fieldapp.domain.distance import Point, metres
from fieldapp.domain.places_file import ImportedPlace
from fieldapp.extensions import db
from fieldapp.records.building import Building
from fieldapp.records.place import Place
from fieldapp.services import audit
from fieldapp.services.booking import NotHere
from fieldapp.services.identifier import new_id
from fieldapp.services.scope import Scope


class NoHome(ValueError):
    """Distances need the building's own point first."""


def set_home(scope: Scope, building_id: str, home: Point, account_id: str) -> None:
    """Say where the building stands and measure every distance anew; raises `NotHere`."""
    session = db.session()
    building = _building(scope, building_id)
    building.lat_e7, building.lon_e7 = home.lat_e7, home.lon_e7
    for place in session.scalars(select(Place).where(Place.building_id == building_id)):
        if place.lat_e7 is not None and place.lon_e7 is not None:
            place.distance_m = metres(home, Point(place.lat_e7, place.lon_e7))
    audit.record(session, f"account:{account_id}", "building.placed", "building", building_id, scope.landlord_id)
    session.commit()


def replace_places(scope: Scope, building_id: str, found: Sequence[ImportedPlace], account_id: str) -> None:
    """Put what was imported in the place of what was there: one transaction. Raises `NotHere` and `NoHome`."""
    session = db.session()
    building = _building(scope, building_id)
    if building.lat_e7 is None or building.lon_e7 is None:
        raise NoHome(building_id)
    home = Point(building.lat_e7, building.lon_e7)
    session.execute(delete(Place).where(Place.building_id == building_id))
    session.add_all(
        Place(
            id=new_id(),
            landlord_id=scope.landlord_id,
            building_id=building_id,
            kind=place.kind,
            name=place.name,
            lines=place.lines,
            detail=place.detail,
            lat_e7=place.point.lat_e7 if place.point else None,
            lon_e7=place.point.lon_e7 if place.point else None,
            distance_m=metres(home, place.point) if place.point else None,
        )
        for place in found
    )
    audit.record(
        session,
        f"account:{account_id}",
        "building.surrounded",
        "building",
        building_id,
        scope.landlord_id,
        places=len(found),
    )
    session.commit()


def _building(scope: Scope, building_id: str) -> Building:
    building = db.session.scalar(
        select(Building)
        .where(Building.id == building_id, *scope.of(Building.landlord_id, Building.agency_id))
        .with_for_update()
    )
    if building is None:
        raise NotHere(building_id)
    return building
