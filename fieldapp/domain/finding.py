"""One finding of the check before signing: what the law asks for, and whether it is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fieldapp.domain.snapshot import Entity


@dataclass(frozen=True)
class Item:
    """One thing that the law, or the moment before the keys, asks for.

    `clause` is "a" to "i" of art. 2, 1°, or "insurance", "smoke", "alert"; `code` names the sentence that the screen shows
    with `params`; `screen`, `room_id` and `entity_id` say where to go to put it right.
    """

    clause: str
    code: str
    ok: bool
    blocking: bool
    screen: str
    entity_id: str | None = None
    room_id: str | None = None
    params: Mapping[str, str | int] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The shape shared with `rules/completeness.js`."""
        return {
            "clause": self.clause,
            "code": self.code,
            "ok": self.ok,
            "blocking": self.blocking,
            "params": dict(self.params),
            "target": {"screen": self.screen, "entity_id": self.entity_id, "room_id": self.room_id},
        }


def missing(clause: str, code: str, screen: str, entity: Entity | None = None, **params: str | int) -> Item:
    """What stops the signature."""
    return Item(
        clause, code, ok=False, blocking=True, screen=screen, entity_id=entity.id if entity else None, params=params
    )


def warning(clause: str, code: str, screen: str, entity: Entity | None = None, **params: str | int) -> Item:
    """What is written down and stops nothing."""
    return Item(
        clause, code, ok=False, blocking=False, screen=screen, entity_id=entity.id if entity else None, params=params
    )


def done(clause: str, code: str, screen: str, **params: str | int) -> Item:
    """What is there."""
    return Item(clause, code, ok=True, blocking=False, screen=screen, params=params)
