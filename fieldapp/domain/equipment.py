"""Equipment that the law or safety wants looked at apart from the rooms."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EquipmentKind(StrEnum):
    """The equipment of the inventory's own page."""

    SMOKE_DETECTOR = "smoke_detector"
    HEATING = "heating"
    HOT_WATER = "hot_water"
    VENTILATION = "ventilation"


class Tested(StrEnum):
    """What a test of the equipment gave."""

    WORKS = "works"
    FAILS = "fails"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True)
class Equipment:
    """A piece of equipment as the dwelling sheet knows it before the visit."""

    id: str
    kind: EquipmentKind
    place: str
    installed_on: date | None
    energy: str
    scope: str
    last_maintenance: date | None
