"""A request with an Idempotency-Key is done once: sent again, it gets the answer that it got."""

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, datetime

from flask import request

from fieldapp.services import once
from fieldapp.services.once import Answer
from fieldapp.web.v1.client import asking

KEY = re.compile(r"[\x21-\x7e]{1,200}")


class BadKey(ValueError):
    """The key is empty, too long, or not plain ASCII."""


def once_only(work: Callable[[], Answer]) -> tuple[Answer, bool]:
    """Do the work, or give the answer of the first time with True; without a key it is done each time.

    Raises `BadKey` and `KeyReused`, and whatever the work raises: then nothing was done.
    """
    key = request.headers.get("Idempotency-Key")
    if key is not None and KEY.fullmatch(key) is None:
        raise BadKey
    told = f"{request.method} {request.path}\n".encode() + request.get_data()
    return once.do(asking().id, key, hashlib.sha256(told).hexdigest(), work, datetime.now(UTC))
