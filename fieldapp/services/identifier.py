"""The identifiers that the server mints for its own things."""

import secrets
import time
from uuid import UUID


def new_id() -> str:
    """A new UUID version 7 in lower-case text: 48 bits of Unix milliseconds, then random (RFC 9562, 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    number = (milliseconds & ((1 << 48) - 1)) << 80 | secrets.randbits(80)
    number = number & ~(0xF << 76) | 0x7 << 76
    return str(UUID(int=number & ~(0x3 << 62) | 0x2 << 62))
