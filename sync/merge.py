"""Which of two writes to one field wins, and whether people must be shown that two devices disagreed.

The server orders by (clock stamp, device), so every device that has seen the same writes ends with the same value.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Current:
    """A field as the server holds it; `rev` counts the writes that were applied, from 1."""

    value: Any
    rev: int
    hlc: str
    device_id: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """A write that arrives; `base_rev` is what its author knew: the rev seen plus the own unsent writes before this one."""

    value: Any
    base_rev: int
    hlc: str
    device_id: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a write: `rev` is the field's afterwards; a `conflict` keeps the loser for people to see."""

    wins: bool
    conflict: bool
    rev: int


def merge(current: Current | None, incoming: Incoming) -> Outcome:
    """Let the later (hlc, device_id) win.

    Two devices conflict when they wrote different values and either the author did not know the current one, or the
    write loses: a lost value of another device is always shown. A device never conflicts with itself.
    """
    if current is None:
        return Outcome(wins=True, conflict=False, rev=1)
    wins = (incoming.hlc, incoming.device_id) > (current.hlc, current.device_id)
    unaware = incoming.base_rev != current.rev or not wins
    conflict = unaware and incoming.device_id != current.device_id and incoming.value != current.value
    return Outcome(wins=wins, conflict=conflict, rev=current.rev + 1 if wins else current.rev)
