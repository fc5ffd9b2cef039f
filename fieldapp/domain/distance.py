"""How far two places are from each other."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH = 6_371_008.8
"""Mean radius in metres (IUGG)."""

E7 = 10_000_000


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in ten-millionths of a degree."""

    lat_e7: int
    lon_e7: int


def metres(one: Point, other: Point) -> int:
    """The great-circle distance in whole metres, by the haversine formula."""
    lat, there = radians(one.lat_e7 / E7), radians(other.lat_e7 / E7)
    half_lat = sin((there - lat) / 2)
    half_lon = sin(radians((other.lon_e7 - one.lon_e7) / E7) / 2)
    return round(2 * EARTH * asin(min(1.0, sqrt(half_lat**2 + cos(lat) * cos(there) * half_lon**2))))


FRANCE = (
    (410_000_000, 512_000_000, -53_000_000, 97_000_000),
    (157_000_000, 184_000_000, -632_000_000, -607_000_000),
    (143_000_000, 150_000_000, -613_000_000, -607_000_000),
    (20_000_000, 59_000_000, -547_000_000, -514_000_000),
    (-215_000_000, -207_000_000, 551_000_000, 560_000_000),
    (-131_000_000, -125_000_000, 449_000_000, 454_000_000),
)
"""South, north, west, east of mainland France with Corsica and of the five overseas departments, in ten-millionths."""


def in_france(point: Point) -> bool:
    """Whether a point may be in a French department: their boxes, not their borders."""
    return any(south <= point.lat_e7 <= north and west <= point.lon_e7 <= east for south, north, west, east in FRANCE)


def is_swapped(point: Point) -> bool:
    """Whether the point is nowhere in France and would be with its axes exchanged."""
    return not in_france(point) and in_france(Point(point.lon_e7, point.lat_e7))
