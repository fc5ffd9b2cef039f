"""What the entry inventory says of each thing of a move-out: found by identity, never by name."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from fieldapp.domain.snapshot import Entity, Snapshot

EXITS = frozenset({"move_out", "pre_exit"})
"""The kinds of inventory that stand on an entry."""


class Origin(StrEnum):
    """Where the entry's states come from."""

    SEALED = "sealed"
    IMPORTED = "imported"
    NONE = "none"
    OBSTRUCTED = "obstructed"


class Entries:
    """Read access to the entry inventory that a move-out carries."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._claimed: set[str] = set()
        for kind in ("room", "element"):
            for thing in snapshot.all(kind):
                if kind == "room" or snapshot.find(thing.value("room_id")):
                    self._claimed.update(_ids(thing))

    @property
    def header(self) -> Mapping[str, Any]:
        """The field `entry` of the inventory, empty when it has none."""
        return _mapping(self._snapshot.inventory.value("entry"))

    @property
    def origin(self) -> Origin:
        """Sealed and obstructed are what the server says; a paper entry makes *none* into *imported*."""
        told = self.header.get("origin")
        if told in (Origin.SEALED, Origin.OBSTRUCTED, Origin.IMPORTED):
            return Origin(told)
        typed = _mapping(self._snapshot.inventory.value("typed_entry"))
        return Origin.IMPORTED if typed or self.header.get("scan") else Origin.NONE

    @property
    def established_on(self) -> str | None:
        """The ISO day of the entry inventory, as the server knows it or as it was typed from paper."""
        typed = _mapping(self._snapshot.inventory.value("typed_entry")).get("on")
        for day in (self.header.get("established_on"), typed if self.origin is Origin.IMPORTED else None):
            if isinstance(day, str):
                return day
        return None

    def own(self, thing: Entity) -> Mapping[str, Any] | None:
        """What the entry says of this very thing; of a paper entry only what was confirmed."""
        if self.origin is Origin.SEALED:
            return _mapping(thing.value("entry")) or None
        if self.origin is Origin.IMPORTED:
            typed = _mapping(thing.value("typed_entry"))
            return typed if typed.get("confirmed") is True else None
        return None

    def sources(self, thing: Entity) -> list[tuple[Entity, Mapping[str, Any]]]:
        """The entry's things that this one is or was made of, with what the entry says of each."""
        candidates = [thing, *(self._snapshot.ever(source) for source in _ids(thing))]
        seen: set[str] = set()
        found = []
        for candidate in candidates:
            if candidate is None or candidate.kind != thing.kind or candidate.id in seen:
                continue
            seen.add(candidate.id)
            entry = self.own(candidate)
            if entry is not None:
                found.append((candidate, entry))
        return found

    def removed(self, kind: str) -> list[tuple[Entity, Mapping[str, Any]]]:
        """What a sealed entry had and nobody has any more, in its order: deleted here, and no part of something else."""
        if self.origin is not Origin.SEALED:
            return []
        return [
            (thing, entry)
            for thing in self._snapshot.gone(kind)
            if thing.id not in self._claimed and (entry := self.own(thing)) is not None
        ]


def _ids(thing: Entity) -> list[str]:
    written = thing.value("from")
    return [source for source in written if isinstance(source, str)] if isinstance(written, list) else []


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
