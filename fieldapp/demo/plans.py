"""Floor plans: which rooms a type of dwelling has, what is in each, and what it is made of."""

from dataclasses import dataclass

Fittings = dict[str, str]
"""Element kind to the catalogue's code of its material, empty when the sheet does not say."""


@dataclass(frozen=True, slots=True)
class RoomPlan:
    """A room: its kind, the catalogue's preset for its surfaces (empty when unknown), and its elements in order."""

    kind: str
    preset: str
    elements: tuple[str, ...]
    label: str = ""


_DRY = ("floor", "skirting", "walls", "ceiling", "door", "window", "shutter", "radiator", "sockets")
_USUAL: Fittings = {
    "skirting": "wood_painted",
    "door": "door_flush",
    "entrance_door": "door_solid",
    "lock": "lock_three_point",
    "intercom": "handset_white",
    "electrical_panel": "rcd_30ma",
    "window": "pvc_double",
    "shutter": "roller_pvc",
    "radiator": "radiator_steel",
    "convector": "radiator_electric",
    "towel_rail": "radiator_electric",
    "lighting": "ceiling_point",
    "cupboard": "melamine_white",
    "sink": "stainless_single",
    "tap": "mixer_chrome",
    "taps": "mixer_chrome",
    "kitchen_unit": "melamine_white",
    "worktop": "worktop_laminate",
    "splashback": "tiles_white",
    "wall_tiles": "tiles_white",
    "ventilation": "outlet_humidity",
    "washbasin": "ceramic_white",
    "bath": "bath_enamel",
    "shower": "ceramic_white",
    "seals": "silicone_white",
    "toilet_pan": "ceramic_white",
    "toilet_seat": "seat_thermoset",
    "cistern": "dual_flush",
    "garage_door": "up_and_over",
    "railing": "steel_painted",
    "fence": "fence_mesh",
    "gate": "steel_painted",
    "letterbox": "steel_painted",
    "shopfront": "aluminium_double",
    "metal_shutter": "steel_painted",
    "handrail": "wood_varnished",
    "stairs": "wood_varnished",
    "wardrobe": "melamine_white",
    "gutter": "zinc",
}
_CELLAR: Fittings = {"door": "door_slatted", "lock": "padlock"}


def material(room: RoomPlan, element: str) -> str:
    """The catalogue's material code of an element that is no surface; empty when the sheet does not say."""
    own = _CELLAR.get(element) if room.kind == "cellar" else None
    return own or _USUAL.get(element, "")


def entrance(preset: str = "tiles_paint") -> RoomPlan:
    """The hall of a flat: ten elements."""
    return RoomPlan(
        "entrance",
        preset,
        (
            "entrance_door",
            "lock",
            "intercom",
            "electrical_panel",
            "floor",
            "skirting",
            "walls",
            "ceiling",
            "sockets",
            "lighting",
        ),
    )


def living_room(preset: str = "parquet_paint") -> RoomPlan:
    """A living room: eleven elements."""
    return RoomPlan("living_room", preset, (*_DRY, "tv_socket", "lighting"))


def bedroom(number: int, preset: str = "laminate_paint", *, cupboard: bool = False) -> RoomPlan:
    """A bedroom, numbered as on the door of the plan."""
    elements = (*_DRY, "lighting", "cupboard") if cupboard else (*_DRY, "lighting")
    return RoomPlan("bedroom", preset, elements, f"Chambre {number}")


def kitchen(preset: str = "tiles_wet", *, gas: bool = False) -> RoomPlan:
    """A kitchen; with a gas tap where the dwelling has gas."""
    elements = (
        "floor",
        "walls",
        "ceiling",
        "door",
        "window",
        "sink",
        "tap",
        "kitchen_unit",
        "splashback",
        "ventilation",
        "appliance_supply",
        "sockets",
    )
    return RoomPlan("kitchen", preset, (*elements, "gas_tap") if gas else elements)


def bathroom(preset: str = "tiles_wet", *, shower: bool = False) -> RoomPlan:
    """A bathroom, or a shower room."""
    tub = "shower" if shower else "bath"
    elements = (
        "floor",
        "walls",
        "ceiling",
        "door",
        "washbasin",
        tub,
        "seals",
        "taps",
        "ventilation",
        "towel_rail",
        "lighting",
    )
    return RoomPlan("shower_room" if shower else "bathroom", preset, elements)


def toilet(preset: str = "tiles_paint") -> RoomPlan:
    """A separate toilet: eight elements."""
    return RoomPlan(
        "toilet", preset, ("floor", "walls", "ceiling", "door", "toilet_pan", "toilet_seat", "cistern", "ventilation")
    )


def cellar() -> RoomPlan:
    """A cellar: seven elements."""
    return RoomPlan("cellar", "concrete_raw", ("door", "lock", "floor", "walls", "ceiling", "lighting", "lot_number"))


def balcony() -> RoomPlan:
    """A balcony."""
    return RoomPlan("balcony", "balcony_concrete", ("floor", "railing", "drain"))


def garage(preset: str = "concrete_block") -> RoomPlan:
    """A garage."""
    return RoomPlan("garage", preset, ("garage_door", "lock", "floor", "walls", "ceiling", "lighting", "lot_number"))


def garden() -> RoomPlan:
    """A garden."""
    return RoomPlan("garden", "outside_grass", ("ground", "fence", "gate", "hedge", "outdoor_tap"))


def flat(
    bedrooms: int, *, gas: bool = False, with_balcony: bool = False, with_cellar: bool = True, known: bool = True
) -> tuple[RoomPlan, ...]:
    """A flat of one to four bedrooms; the sheet of one that is not `known` says nothing of its surfaces."""
    rooms = [
        entrance(),
        living_room(),
        kitchen(gas=gas),
        *(bedroom(number, cupboard=number == 1) for number in range(1, bedrooms + 1)),
        bathroom(),
        toilet(),
        *([balcony()] if with_balcony else []),
        *([cellar()] if with_cellar else []),
    ]
    return tuple(rooms) if known else tuple(RoomPlan(room.kind, "", room.elements, room.label) for room in rooms)


def studio(*, gas: bool = False) -> tuple[RoomPlan, ...]:
    """A one-room flat."""
    main = RoomPlan("main_room", "vinyl_paint", (*_DRY, "tv_socket", "lighting", "electrical_panel", "intercom"))
    nook = (
        "floor",
        "walls",
        "ceiling",
        "sink",
        "tap",
        "kitchen_unit",
        "worktop",
        "splashback",
        "ventilation",
        "sockets",
        *(("gas_tap",) if gas else ()),
    )
    return (
        RoomPlan(
            "entrance", "vinyl_paint", ("entrance_door", "lock", "floor", "walls", "ceiling", "lighting", "cupboard")
        ),
        main,
        RoomPlan("kitchenette", "vinyl_wet", nook),
        bathroom("vinyl_wet", shower=True),
    )


def house(bedrooms: int) -> tuple[RoomPlan, ...]:
    """A house on two floors with garage and garden."""
    return (
        entrance(),
        living_room("tiles_paint"),
        kitchen(),
        RoomPlan("stairwell", "stairs_paint", ("stairs", "handrail", "walls", "ceiling", "lighting")),
        *(bedroom(number, cupboard=number == 1) for number in range(1, bedrooms + 1)),
        bathroom(),
        toilet(),
        garage("concrete_raw"),
        garden(),
        RoomPlan("exterior", "", ("letterbox", "roof", "gutter", "lighting")),
    )


def shop() -> tuple[RoomPlan, ...]:
    """Commercial premises with a stockroom."""
    return (
        RoomPlan(
            "shop",
            "shop_tiles",
            (
                "shopfront",
                "metal_shutter",
                "entrance_door",
                "lock",
                "floor",
                "walls",
                "ceiling",
                "electrical_panel",
                "sockets",
                "lighting",
                "convector",
            ),
        ),
        RoomPlan("stockroom", "concrete_painted", ("floor", "walls", "ceiling", "door", "lock", "sockets", "lighting")),
        toilet("tiles_paint"),
    )


def residence_room() -> tuple[RoomPlan, ...]:
    """A furnished room of a residence with its shower room."""
    return (
        RoomPlan(
            "furnished_room", "vinyl_paint", (*_DRY, "lock", "lighting", "bed", "desk", "chair", "wardrobe", "curtains")
        ),
        RoomPlan(
            "shower_room",
            "vinyl_wet",
            (
                "floor",
                "walls",
                "ceiling",
                "door",
                "washbasin",
                "shower",
                "seals",
                "taps",
                "toilet_pan",
                "toilet_seat",
                "cistern",
                "ventilation",
                "lighting",
            ),
        ),
    )
