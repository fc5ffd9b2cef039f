"""A tablet leaves its data key, wrapped for the landlord's recovery key: we keep it and cannot open it ourselves."""

import base64
import binascii
import re
from typing import Any

from flask import Response

from fieldapp.services import recovery
from fieldapp.web.access import device_only
from fieldapp.web.api import body
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking
from fieldapp.web.size import body_up_to
from sync.envelope import Malformed, TooLarge

MOST_BYTES = 4_000
WRAPPED_BYTES = frozenset({384, 512})
"""What RSA-OAEP gives under a key of 3072 or of 4096 bits."""

KEY_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
KID = re.compile(r"[A-Za-z0-9_-]{43}")


@pages.post("/recovery")
@device_only
@body_up_to(MOST_BYTES)
def keep() -> Response:
    """Keep `{key_id, kid, wrapped}`: the data key's name, the recovery key's thumbprint, base64 of the ciphertext."""
    try:
        asked = body.read_object()
        key_id, kid = _text(asked, "key_id", KEY_ID), _text(asked, "kid", KID)
        recovery.keep(asking(), key_id, kid, _wrapped(asked.get("wrapped")))
    except TooLarge as error:
        return problem("too_large", str(error))
    except Malformed as error:
        return problem("malformed", str(error))
    return answer({"v": 1, "key_id": key_id})


def _text(asked: dict[str, Any], name: str, shape: re.Pattern[str]) -> str:
    value = asked.get(name)
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise Malformed(f"{name} does not have the form {shape.pattern}")
    return value


def _wrapped(value: object) -> bytes:
    try:
        data = base64.b64decode(value, validate=True) if isinstance(value, str) else b""
    except (binascii.Error, ValueError) as error:
        raise Malformed("wrapped is not base64") from error
    if len(data) not in WRAPPED_BYTES:
        raise Malformed("wrapped is not a key under RSA-OAEP of 3072 or 4096 bits")
    return data
