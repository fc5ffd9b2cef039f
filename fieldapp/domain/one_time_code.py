"""The six digits that an authenticator shows (RFC 6238, with SHA-1 as every authenticator knows it)."""

import base64
import hashlib
import hmac
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1
"""How many steps a telephone's clock may be off, before or after."""


def at_step(secret: str, step: int) -> str:
    """The code of one step; `secret` is in Base32 (RFC 4226, 5.3)."""
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8), hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4]) & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def matching_step(secret: str, code: str, seconds: int, after: int = 0) -> int | None:
    """The step that a code is of, around a Unix time; never one up to `after`: a code is good once (RFC 6238, 5.2)."""
    now = seconds // STEP_SECONDS
    found = [
        step
        for step in range(now - DRIFT, now + DRIFT + 1)
        if hmac.compare_digest(at_step(secret, step).encode(), code.encode())
    ]
    return next((step for step in found if step > after), None)


def address(secret: str, issuer: str, account: str) -> str:
    """What an authenticator reads from a square code (the key URI format)."""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"
