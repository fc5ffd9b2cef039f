"""The bytes of a request, parsed once; how many they may be is said by the view's `body_up_to`."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from sync.envelope import Malformed, TooLarge


def read() -> bytes:
    """Read the body; raises `TooLarge` when it has more bytes than the view allows, whatever its header says."""
    try:
        data = request.get_data(cache=False)
        if request.content_length is None:
            # A body of unknown length is cut at the limit; only asking for more tells that it was.
            request.stream.read(1)
    except RequestEntityTooLarge as error:
        raise TooLarge(f"at most {request.max_content_length} bytes") from error
    return data


def read_object() -> dict[str, Any]:
    """Read a JSON object; raises `TooLarge` and `Malformed`."""
    raw = read()
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is not JSON") from error
    if not isinstance(data, dict):
        raise Malformed("the body is not an object")
    return data
