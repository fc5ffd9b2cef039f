"""What is around a building: stops and lines, schools, shops, services, and what is said of coverage and risks."""

from enum import StrEnum


class PlaceKind(StrEnum):
    """What stands there; coverage and risks are words about the place, without a point."""

    STOP = "stop"
    SCHOOL = "school"
    CRECHE = "creche"
    HEALTH = "health"
    SHOP = "shop"
    PUBLIC_SERVICE = "public_service"
    COVERAGE = "coverage"
    RISK = "risk"


WITHOUT_POINT = frozenset({PlaceKind.COVERAGE, PlaceKind.RISK})
