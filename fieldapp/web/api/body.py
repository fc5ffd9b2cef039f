"""The bytes of a request, read up to a limit and parsed once."""

import json
from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from sync.envelope import Malformed, TooLarge


def read(most: int) -> bytes:
    """Read the body; raises `TooLarge` when it has more bytes than that, whatever its header says."""
    request.max_content_length = most
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLarge(f"at most {most} bytes") from error


def read_object(most: int) -> dict[str, Any]:
    """Read a JSON object; raises `TooLarge` and `Malformed`."""
    try:
        data = json.loads(read(most))
    except (ValueError, RecursionError) as error:
        raise Malformed("the body is not JSON") from error
    if not isinstance(data, dict):
        raise Malformed("the body is not an object")
    return data
