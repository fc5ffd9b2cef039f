"""The place itself: meters, keys and rooms (art. 2, 1°, f, g and h)."""

from collections.abc import Iterator

from fieldapp.domain.finding import Item, done, missing
from fieldapp.domain.snapshot import Entity, Snapshot, filled
from fieldapp.domain.wording import Wording

_SURFACES = ("floor", "wall", "ceiling")


def meters(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """Individual meters: those that the heating regime wants, each read or with its reason (f)."""
    meters = snapshot.all("meter")
    required = snapshot.context_of("dwelling").get("meters_required")
    present = {_energy(meter.text("meter_kind")) for meter in meters}
    lacks = [
        missing("f", "meter_missing", "meters", kind=wording.label("meters", kind))
        for kind in (required if isinstance(required, list) else [])
        if _energy(kind) not in present
    ]
    for meter in meters:
        label = wording.own(meter.text("label"), "meters", meter.value("meter_kind"))
        match meter.value("state"):
            case "read":
                low = meter.text("meter_kind") == "electricity_hphc" and not filled(meter.text("index_low"))
                if low or not filled(meter.text("index")):
                    lacks.append(missing("f", "index_missing", "meters", meter, meter=label))
            case "inaccessible" | "absent" | "cut":
                if not filled(meter.text("reason")):
                    lacks.append(missing("f", "reason_missing", "meters", meter, meter=label))
            case _:
                lacks.append(missing("f", "reading_missing", "meters", meter, meter=label))
    yield from lacks or [done("f", "meters", "meters", count=len(meters))]


def _energy(kind: object) -> object:
    # A dwelling sheet says "electricity"; which of the two meters hangs there is seen on the spot.
    return "electricity" if kind in ("electricity_base", "electricity_hphc") else kind


def keys(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """Keys and other means of access: how many, what each one opens, confirmed (g)."""
    keys = snapshot.all("key")
    lacks: list[Item] = [] if keys else [missing("g", "key_missing", "keys")]
    total = 0
    for key in keys:
        label = wording.own(key.text("label"), "keys", key.value("key_kind"))
        quantity = key.value("quantity")
        if type(quantity) is not int or quantity < 0:
            lacks.append(missing("g", "quantity_missing", "keys", key, key=label))
        else:
            total += quantity
        if not filled(key.text("destination")):
            lacks.append(missing("g", "destination_missing", "keys", key, key=label))
        if not key.flag("confirmed"):
            lacks.append(missing("g", "key_unconfirmed", "keys", key, key=label))
    yield from lacks or [done("g", "keys", "keys", count=total)]


def rooms(snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    """Every room: each element has a state, floor, walls and ceiling a confirmed material (h)."""
    rooms = snapshot.all("room")
    lacks: list[Item] = [] if rooms else [missing("h", "room_missing", "rooms")]
    for room in rooms:
        lacks += _room(room, snapshot, wording)
    elements = sum(len(snapshot.elements_of(room)) for room in rooms)
    yield from lacks or [done("h", "rooms", "rooms", rooms=len(rooms), elements=elements)]


def _room(room: Entity, snapshot: Snapshot, wording: Wording) -> Iterator[Item]:
    label = wording.own(room.text("label"), "rooms", room.value("room_kind"))
    elements = snapshot.elements_of(room)

    def found(code: str, entity: Entity | None, **params: str | int) -> Item:
        return Item(
            "h",
            code,
            ok=False,
            blocking=True,
            screen="room",
            entity_id=entity.id if entity else None,
            room_id=room.id,
            params={"room": label, **params},
        )

    def named(element: Entity) -> str:
        return wording.own(element.text("label"), "elements", element.value("element_kind"))

    def surface(kind: object) -> object:
        return wording.row("elements", kind).get("surface")

    if not elements:
        yield found("elements_missing", None)
        return
    states = {row.get("code") for row in wording.rows("states")}
    stateless = [element for element in elements if element.value("state") not in states]
    if stateless:
        yield found("states_missing", stateless[0], count=len(stateless), element=named(stateless[0]))
    described = [element for element in elements if surface(element.value("element_kind")) in _SURFACES]
    undescribed = [
        element
        for element in described
        if element.value("state") != "absent"
        and not (filled(element.text("material")) and element.flag("material_confirmed"))
    ]
    if undescribed:
        yield found("materials_missing", undescribed[0], count=len(undescribed), element=named(undescribed[0]))
    kind = wording.row("rooms", room.value("room_kind"))
    usual = {surface(code) for code in kind["elements"]} if isinstance(kind.get("elements"), list) else set(_SURFACES)
    there = {surface(element.value("element_kind")) for element in described}
    for wanted in _SURFACES:
        if wanted in usual and wanted not in there:
            yield found(f"{wanted}_missing", None)
