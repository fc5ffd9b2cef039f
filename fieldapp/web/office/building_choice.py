"""Which building a page is about: the one in the address, else the first in scope."""

from flask import abort, request

from fieldapp.services.figures import choices
from fieldapp.web.office.person import scope


def buildings() -> list[tuple[str, str]]:
    """(id, name) of the buildings in scope."""
    return choices(scope())[1]


def chosen(known: list[tuple[str, str]]) -> str:
    """The building asked for, "" where there is none at all; one out of scope is not there."""
    asked = request.args.get("building") or (known[0][0] if known else "")
    if asked and asked not in {identifier for identifier, _name in known}:
        abort(404)
    return asked
