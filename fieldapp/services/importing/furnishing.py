"""Gives imported rooms the elements that their kind has in the landlord's catalogue, or in ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.domain.house_catalogue import usual_elements
from fieldapp.records.element import Element
from fieldapp.services import house_catalogues
from fieldapp.services.identifier import new_id


def furnish(session: Session, landlord_id: str, rooms: Sequence[Mapping[str, Any]]) -> None:
    """Add the elements of new rooms, in the caller's transaction, as a tablet would add them on the spot."""
    document, house = catalogue.load(), _house(session, landlord_id)
    usual = {kind: usual_elements(document, house, kind) for kind in {room["room_kind"] for room in rooms}}
    made = [
        {
            "id": new_id(),
            "landlord_id": landlord_id,
            "room_id": room["id"],
            "reference": element["reference"],
            "element_kind": element["kind"],
            "label": element["label"] or catalogue.word(document, "elements", element["kind"]),
            "material": element["material"],
            "quantity": None,
            "position": position,
        }
        for room in rooms
        for position, element in enumerate(usual[room["room_kind"]], 1)
    ]
    if made:
        session.execute(insert(Element), made)


def _house(session: Session, landlord_id: str) -> dict[str, Any] | None:
    current = house_catalogues.in_force(session, landlord_id)
    return house_catalogues.document(session, landlord_id, current.sha256) if current else None
