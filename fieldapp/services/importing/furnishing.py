"""Gives imported rooms the elements that their kind has in the landlord's catalogue, or in ours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.records.catalogue_element import CatalogueElement
from fieldapp.records.element import Element
from fieldapp.services.identifier import new_id


def furnish(session: Session, landlord_id: str, rooms: Sequence[Mapping[str, Any]]) -> None:
    """Add the elements of new rooms, in the caller's transaction; a kind without lines of the landlord's has ours."""
    own = _own(session, landlord_id, {room["room_kind"] for room in rooms})
    made = [
        {**element, "id": new_id(), "landlord_id": landlord_id, "room_id": room["id"], "position": position}
        for room in rooms
        for position, element in enumerate(own.get(room["room_kind"]) or _ours(room["room_kind"]), 1)
    ]
    if made:
        session.execute(insert(Element), made)


def _own(session: Session, landlord_id: str, kinds: set[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = session.scalars(
        select(CatalogueElement)
        .where(CatalogueElement.landlord_id == landlord_id, CatalogueElement.room_kind.in_(kinds))
        .order_by(CatalogueElement.position)
    )
    for row in rows:
        found[row.room_kind].append(_element(row.reference, row.element_kind, row.label, row.material))
    return found


def _ours(kind: str) -> list[dict[str, Any]]:
    document = catalogue.load()
    codes = catalogue.row(document, "rooms", kind)["elements"]
    return [_element(code, code, catalogue.word(document, "elements", code), "") for code in codes]


def _element(reference: str, kind: str, label: str, material: str) -> dict[str, Any]:
    return {"reference": reference, "element_kind": kind, "label": label, "material": material, "quantity": None}
