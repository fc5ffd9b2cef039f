"""JSON answers, compressed for those who ask: a day pack shrinks to a tenth on a slow line."""

import gzip
import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request

WORTH_COMPRESSING = 2000
FAST = 4


def answer(message: Mapping[str, Any]) -> Response:
    """Answer 200 with a message, gzipped when it is large and the tablet can read it."""
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    response.vary.add("Accept-Encoding")
    if len(body) >= WORTH_COMPRESSING and request.accept_encodings.quality("gzip") > 0:
        response.set_data(gzip.compress(body, FAST, mtime=0))
        response.content_encoding = "gzip"
    return response
