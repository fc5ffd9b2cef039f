"""The version of a thing (RFC 9110, 8.8.3): a hash of what is sent, asked for before anybody changes it."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, request

from sync import canonical

ETAGS = re.compile(r'\s*(\*|(W/)?"[^"\x00-\x20\x7f]*"(\s*,\s*(W/)?"[^"\x00-\x20\x7f]*")*)\s*')


class BadPrecondition(ValueError):
    """If-Match is not a list of entity tags."""


class NoPrecondition(ValueError):
    """A change must say which version was read."""


def etag(thing: Mapping[str, Any]) -> str:
    """The strong entity tag of a thing, without its quotes."""
    return canonical.sha256_hex(canonical.dumps(dict(thing)))


def answer(thing: Mapping[str, Any], status: int = 200) -> Response:
    """Send a thing with its version; 304 without a body to who has it already."""
    response = Response(json.dumps(thing, ensure_ascii=False), status, mimetype="application/json")
    response.set_etag(etag(thing))
    response.headers["Cache-Control"] = "private, no-cache"
    if request.method in {"GET", "HEAD"}:
        response.make_conditional(request)
    return response


def precondition() -> Callable[[Mapping[str, Any]], bool]:
    """What If-Match demands of the present thing; raises `BadPrecondition` and `NoPrecondition`."""
    text = request.headers.get("If-Match")
    if text is None:
        raise NoPrecondition
    if ETAGS.fullmatch(text) is None:
        raise BadPrecondition
    wanted = request.if_match
    return lambda thing: wanted.star_tag or wanted.contains(etag(thing))
