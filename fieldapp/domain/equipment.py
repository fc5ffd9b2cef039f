"""Equipment that the law or safety wants looked at apart from the rooms."""

from enum import StrEnum


class EquipmentKind(StrEnum):
    """The equipment of the inventory's own page."""

    SMOKE_DETECTOR = "smoke_detector"
    HEATING = "heating"
    HOT_WATER = "hot_water"
    VENTILATION = "ventilation"
    CHIMNEY = "chimney"


class Tested(StrEnum):
    """What a test of the equipment gave."""

    WORKS = "works"
    FAILS = "fails"
    NOT_TESTED = "not_tested"
