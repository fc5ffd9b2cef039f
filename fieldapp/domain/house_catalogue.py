"""A landlord's own catalogue: what its rooms of each kind hold, in its words, and what the law asks for beside them."""

from collections.abc import Iterable, Mapping
from typing import Any

FORMAT = "fieldapp.catalogue/1"

Document = Mapping[str, Any]
Json = dict[str, Any]
Line = tuple[str, str, str, str, str]
"""Kind of room, reference, kind of element, label, material."""


def document_of(lines: Iterable[Line]) -> Json:
    """The catalogue as it is hashed and travels; lines keep their order within a kind of room."""
    rooms: dict[str, list[Json]] = {}
    for room_kind, reference, element_kind, label, material in lines:
        element = {"reference": reference, "kind": element_kind, "label": label, "material": material}
        rooms.setdefault(room_kind, []).append(element)
    return {"format": FORMAT, "rooms": [{"kind": kind, "elements": rooms[kind]} for kind in sorted(rooms)]}


def usual_elements(catalogue: Document, house: Document | None, room_kind: str) -> list[Json]:
    """What a room of a kind starts with: the landlord's lines and the coverings that they lack, or else what is ours.

    Each is `{reference, kind, label, material}`; a label of "" reads as the kind's own word.
    """
    ours = _ours(catalogue, room_kind)
    own = _own(house, room_kind)
    if not own:
        return [_plain(kind, set()) for kind in ours]
    taken = {element["reference"] for element in own}
    return [*own, *(_plain(kind, taken) for kind in missing_coverings(catalogue, own, room_kind))]


def missing_coverings(catalogue: Document, own: Iterable[Mapping[str, Any]], room_kind: str) -> list[str]:
    """The kinds of floor, wall and ceiling that our rooms of this kind have and these lines name in no way.

    Décret 2016-382, art. 2, 1°, h: each room's floor, wall and ceiling coverings are described.
    """
    surfaces = {row["code"]: row.get("surface") for row in catalogue["elements"]}
    there = {surfaces.get(element["kind"]) for element in own}
    return [kind for kind in _ours(catalogue, room_kind) if surfaces.get(kind) and surfaces[kind] not in there]


def _ours(catalogue: Document, room_kind: str) -> list[str]:
    return next((list(row["elements"]) for row in catalogue["rooms"] if row["code"] == room_kind), [])


def _own(house: Document | None, room_kind: str) -> list[Json]:
    rooms = house["rooms"] if house else []
    return next((list(room["elements"]) for room in rooms if room["kind"] == room_kind), [])


def _plain(kind: str, taken: set[str]) -> Json:
    return {"reference": f"{kind}-2" if kind in taken else kind, "kind": kind, "label": "", "material": ""}
