"""The living entities of one inventory's state, in the order in which every document shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

State = Mapping[str, Any]


# Named one by one: Python and JavaScript each have their own idea of white space.
_BLANK = " \t\r\n\u00a0\u202f"


def filled(text: str) -> bool:
    """Whether a text holds more than spaces, no-break spaces and line ends."""
    return text.strip(_BLANK) != ""


class NoInventory(ValueError):
    """The state holds no entity of kind `inventory`: nothing can be said about it."""


@dataclass(frozen=True)
class Entity:
    """One entity: its id, its kind and its current field values."""

    id: str
    kind: str
    fields: Mapping[str, Any]

    def value(self, field: str) -> Any:
        """The field's value, None when it was never written."""
        return self.fields.get(field)

    def text(self, field: str) -> str:
        """The field's text, "" when it is missing or is no text."""
        value = self.fields.get(field)
        return value if isinstance(value, str) else ""

    def flag(self, field: str) -> bool:
        """True only when the field was written true."""
        return self.fields.get(field) is True

    def body(self) -> Mapping[str, Any]:
        """The immutable body of a photo, alert, act, remark or handover, empty when missing."""
        value = self.fields.get("body")
        return value if isinstance(value, Mapping) else {}

    def order(self) -> tuple[int, str]:
        """Where it stands among its kind: (position, id)."""
        position = self.fields.get("position")
        return (position if type(position) is int else 0, self.id)


class Snapshot:
    """Read access to one state: `{"entities": {id: {"kind", "fields"}}}`.

    Deleted entities are hidden, and so are the elements of a room that is deleted or unknown: a reader never has to
    remember the rule. Raises NoInventory.
    """

    def __init__(self, state: State) -> None:
        everything = [
            Entity(entity_id, entity.get("kind", ""), entity.get("fields") or {})
            for entity_id, entity in (state.get("entities") or {}).items()
        ]
        inventory = next((entity for entity in everything if entity.kind == "inventory"), None)
        if inventory is None:
            raise NoInventory
        self.inventory = inventory
        self._everything = sorted(everything, key=Entity.order)
        self._living = [entity for entity in self._everything if not entity.flag("deleted")]
        self._by_id = {entity.id: entity for entity in self._living}

    @property
    def context(self) -> Mapping[str, Any]:
        """Landlord, agency, agent, dwelling and tenancy as they were when the inventory was scheduled."""
        value = self.inventory.value("context")
        return value if isinstance(value, Mapping) else {}

    def context_of(self, name: str) -> Mapping[str, Any]:
        """One part of the context, empty when missing."""
        value = self.context.get(name)
        return value if isinstance(value, Mapping) else {}

    def all(self, kind: str) -> list[Entity]:
        """The living entities of a kind by (position, id)."""
        return [entity for entity in self._living if entity.kind == kind]

    def find(self, entity_id: object) -> Entity | None:
        """The living entity with this id."""
        return self._by_id.get(entity_id) if isinstance(entity_id, str) else None

    def ever(self, entity_id: str) -> Entity | None:
        """The entity with this id, deleted or not."""
        return next((entity for entity in self._everything if entity.id == entity_id), None)

    def gone(self, kind: str) -> list[Entity]:
        """What was deleted of a kind, and the elements whose room was, by (position, id)."""
        rooms = {room.id for room in self.all("room")}
        return [
            entity
            for entity in self._everything
            if entity.kind == kind
            and (entity.flag("deleted") or (kind == "element" and entity.value("room_id") not in rooms))
        ]

    def elements_of(self, room: Entity) -> list[Entity]:
        """The living elements of a living room by (position, id)."""
        return [element for element in self.all("element") if element.value("room_id") == room.id]

    @property
    def zone(self) -> str:
        """The IANA zone in which this dwelling's days are counted."""
        zone = self.context_of("dwelling").get("zone")
        return zone if isinstance(zone, str) and zone else "Europe/Paris"

    @property
    def language(self) -> str:
        """The language in which the record is written and signed."""
        return self.inventory.text("language") or "fr"

    @property
    def lease_kind(self) -> str:
        """Which lease: dwelling, garage, commercial or foyer."""
        tenancy = self.context_of("tenancy").get("lease_kind")
        return self.inventory.text("lease_kind") or (tenancy if isinstance(tenancy, str) else "") or "dwelling"
