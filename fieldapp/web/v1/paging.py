"""Lists by cursor: an opaque place that is good for one list, one client and one day."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from fieldapp.web.v1.client import asking

DAY_SECONDS = 24 * 3600
USUAL, MOST = 50, 200


class BadCursor(ValueError):
    """The cursor was not made for this list and this client."""


class StaleCursor(ValueError):
    """The cursor is too old."""


class BadParameter(ValueError):
    """A parameter of the address is unknown, repeated or of the wrong form."""


def parameters(filters: Mapping[str, Any]) -> tuple[dict[str, str], int, Any]:
    """The filters, how many are wanted, and after which place; raises the three errors above."""
    given = {}
    for name, values in request.args.lists():
        if name not in {*filters, "cursor", "limit"} or len(values) > 1:
            raise BadParameter(f"{name[:40]} is not a parameter of this list, or is there twice")
        given[name] = values[0]
    wanted = {name: given[name] for name in filters if name in given}
    for name, text in wanted.items():
        if not filters[name](text):
            raise BadParameter(f"{name} does not have its form")
    return wanted, _limit(given.get("limit")), _place(given.get("cursor"), wanted)


def cursor(place: Any, wanted: Mapping[str, str]) -> str:
    """What leads to the page after a place."""
    return str(_serializer(wanted).dumps(place))


def _place(text: str | None, wanted: Mapping[str, str]) -> Any:
    if text is None:
        return None
    try:
        return _serializer(wanted).loads(text, max_age=DAY_SECONDS)
    except SignatureExpired as error:
        raise StaleCursor from error
    except BadData as error:
        raise BadCursor from error


def _limit(text: str | None) -> int:
    if text is None:
        return USUAL
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= MOST:
        raise BadParameter(f"limit is a number from 1 to {MOST}")
    return int(text[:9])


def _serializer(wanted: Mapping[str, str]) -> URLSafeTimedSerializer:
    """A list is its address, its filters and who asks: a cursor of another one does not hold here."""
    rule = request.url_rule.rule if request.url_rule else ""
    told = json.dumps([rule, sorted(wanted.items()), asking().id])
    salt = hashlib.sha256(told.encode()).digest()
    return URLSafeTimedSerializer(
        current_app.config["SECRET_KEY"], salt=salt, signer_kwargs={"digest_method": hashlib.sha256}
    )


def no_parameters() -> None:
    """The address of one thing has none; raises `BadParameter`."""
    for name in request.args:
        raise BadParameter(f"{name[:40]} is not a parameter of this address")
