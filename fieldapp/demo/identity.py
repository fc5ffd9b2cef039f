"""Identifiers that are the same at every start, so that the demonstration is made once."""

import hashlib
from uuid import UUID

_FIRST_MOMENT = 1_767_222_000_000  # 1 January 2026 in Paris, in Unix milliseconds: before anything that happens in it


def stable_id(*path: str) -> str:
    """The identifier of an invented thing named by `path`, in the form of a UUID version 7."""
    digest = int.from_bytes(hashlib.sha256("/".join(path).encode()).digest()[:10])
    number = _FIRST_MOMENT << 80 | digest
    number = number & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=number & ~(0x3 << 62) | 0x2 << 62))
