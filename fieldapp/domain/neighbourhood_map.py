"""A small map of what is around a building, as numbers that any page can draw: no tile server, no stranger's picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from fieldapp.domain.distance import E7, EARTH, Point

WIDTH, HEIGHT = 720, 420
EDGE = 28
WALKED = 80
"""Metres in a minute on foot."""
RINGS = (5, 10, 15)
"""Minutes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered place at whole pixels."""

    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Ring:
    """How far one walks in some minutes, as a radius in pixels."""

    minutes: int
    radius: int


@dataclass(frozen=True, slots=True)
class Map:
    """The building stands in the middle; north is up."""

    marks: tuple[Mark, ...]
    rings: tuple[Ring, ...]


def draw(home: Point, places: Sequence[Point]) -> Map:
    """Flat projection around the home, scaled so that everything fits; a place far away stands at the edge."""
    around = [_metres_from(home, place) for place in places]
    far = max([WALKED * RINGS[0], *(max(abs(x), abs(y)) for x, y in around)])
    far = min(far, WALKED * RINGS[-1] * 2)
    scale = (HEIGHT / 2 - EDGE) / far
    marks = tuple(
        Mark(number, _held(WIDTH / 2 + x * scale, WIDTH), _held(HEIGHT / 2 - y * scale, HEIGHT))
        for number, (x, y) in enumerate(around, 1)
    )
    rings = tuple(
        Ring(minutes, round(minutes * WALKED * scale)) for minutes in RINGS if minutes * WALKED * scale <= HEIGHT / 2
    )
    return Map(marks, rings)


def _metres_from(home: Point, place: Point) -> tuple[float, float]:
    """East and north of the home."""
    degree = radians(1 / E7) * EARTH
    narrowed = cos(radians(home.lat_e7 / E7))
    return (place.lon_e7 - home.lon_e7) * degree * narrowed, (place.lat_e7 - home.lat_e7) * degree


def _held(at: float, size: int) -> int:
    return round(min(max(at, EDGE), size - EDGE))
