"""A key or another means of access, with its destination (décret 2016-382, art. 2, 1° g)."""

from dataclasses import dataclass
from enum import StrEnum


class KeyKind(StrEnum):
    """The means of access that are handed over."""

    KEY = "key"
    BADGE = "badge"
    REMOTE = "remote"
    CARD = "card"
    CODE = "code"
    PADLOCK_KEY = "padlock_key"
    LETTERBOX_KEY = "letterbox_key"


@dataclass(frozen=True, slots=True)
class Key:
    """Means of access of one kind for one destination, private or common."""

    id: str
    kind: KeyKind
    destination: str
    quantity: int
    number: str
