"""What is new goes out."""

import re

from flask import Response, request

from fieldapp.services import feed
from fieldapp.web.access import device_only
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking

CURSOR = re.compile(r"[0-9]{1,18}")


@pages.get("/pull")
@device_only
def pull() -> Response:
    """Everything that this tablet's inventories gained since `cursor`, a page at a time."""
    cursor = request.args.get("cursor", "0")
    if CURSOR.fullmatch(cursor) is None:
        return problem("malformed", "cursor is a whole number")
    return answer(feed.changes_since(asking(), int(cursor)).dump())
