"""A meter: what is read at the handover of the keys, as text so that leading zeros stay."""

import re
from dataclasses import dataclass
from enum import StrEnum


class MeterKind(StrEnum):
    """The individual meters that a dwelling can have."""

    COLD_WATER = "cold_water"
    HOT_WATER = "hot_water"
    ELECTRICITY_BASE = "electricity_base"
    ELECTRICITY_HPHC = "electricity_hphc"
    GAS = "gas"
    HEAT = "heat"
    ALLOCATOR = "allocator"


class MeterState(StrEnum):
    """What could be done with a meter."""

    READ = "read"
    INACCESSIBLE = "inaccessible"
    ABSENT = "absent"
    CUT = "cut"


UNITS = {
    MeterKind.COLD_WATER: "m³",
    MeterKind.HOT_WATER: "m³",
    MeterKind.ELECTRICITY_BASE: "kWh",
    MeterKind.ELECTRICITY_HPHC: "kWh",
    MeterKind.GAS: "m³",
    MeterKind.HEAT: "kWh",
    MeterKind.ALLOCATOR: "unités",
}


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter of a dwelling; `point` is the delivery point: PRM of electricity, PCE of gas."""

    id: str
    kind: MeterKind
    label: str
    serial: str
    place: str
    point: str

    @property
    def unit(self) -> str:
        """The unit that its dial counts."""
        return UNITS[self.kind]


def is_delivery_point(kind: MeterKind, point: str) -> bool:
    """Whether a delivery point is well formed: 14 digits for electricity and gas (GI + 6 digits for large gas sites)."""
    digits = re.sub(r"\s", "", point)
    if kind is MeterKind.GAS:
        return re.fullmatch(r"\d{14}|GI\d{6}", digits) is not None
    return re.fullmatch(r"\d{14}", digits) is not None
