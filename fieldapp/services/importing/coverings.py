"""Says of a catalogue that is imported which coverings the law asks for and its rooms do not name."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fieldapp.domain import catalogue
from fieldapp.domain.house_catalogue import missing_coverings
from fieldapp.records.catalogue_element import CatalogueElement

Place = tuple[str, str]
"""Kind of room, reference."""


def notes(session: Session, landlord_id: str, lines: Mapping[Place, str]) -> list[dict[str, Any]]:
    """One note a kind of room that lacks some, with what is here and what the lines of the file (kinds of element) say."""
    rows = session.execute(
        select(CatalogueElement.room_kind, CatalogueElement.reference, CatalogueElement.element_kind).where(
            CatalogueElement.landlord_id == landlord_id
        )
    )
    kinds = {(room, reference): element for room, reference, element in rows} | dict(lines)
    document = catalogue.load()
    found = []
    for room in sorted({room for room, _ in kinds}):
        lacking = missing_coverings(document, _elements(kinds, room), room)
        if lacking:
            found.append({"room": room, "elements": lacking})
    return found


def _elements(kinds: Mapping[Place, str], room: str) -> Iterable[dict[str, str]]:
    return [{"kind": kind} for (own, _), kind in kinds.items() if own == room]
