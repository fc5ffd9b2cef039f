"""A meter: what is read at the handover of the keys, as text so that leading zeros stay."""

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
