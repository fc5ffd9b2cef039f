"""A key or another means of access, with its destination (décret 2016-382, art. 2, 1° g)."""

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
