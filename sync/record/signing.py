"""The signature of an event, by the Standard Webhooks convention (https://www.standardwebhooks.com, symmetric scheme)."""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE_SECONDS = 5 * 60
"""How far the moment of sending may lie from the receiver's clock, so that a message heard once cannot be played again."""


class BadSignature(ValueError):
    """The message is not from who holds the secret, was altered, or is too old."""


def new_secret() -> str:
    """A secret as both sides keep it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(secret: str, event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers of a message; the same event has the same `webhook-id` at every try."""
    sent = int(now.timestamp())
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(sent),
        "webhook-signature": f"v1,{_signature(secret, event_id, sent, body)}",
    }


def verify(secret: str, received: Mapping[str, str], body: bytes, now: datetime) -> str:
    """What a receiver does: check the signature and give the event's id. Raises `BadSignature`."""
    by_name = {name.lower(): value for name, value in received.items()}
    event_id, stamp = by_name.get("webhook-id", ""), by_name.get("webhook-timestamp", "")
    if not stamp.isascii() or not stamp.isdecimal() or abs(now.timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        raise BadSignature("too old, or from the future")
    wanted = f"v1,{_signature(secret, event_id, int(stamp), body)}".encode()
    given = by_name.get("webhook-signature", "").split(" ")
    if not any(hmac.compare_digest(wanted, one.encode()) for one in given):
        raise BadSignature("the signature does not hold")
    return event_id


def _signature(secret: str, event_id: str, sent: int, body: bytes) -> str:
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise BadSignature("the secret is not one") from error
    told = b".".join((event_id.encode(), str(sent).encode(), body))
    return base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
