"""An agent's calendar, for whoever holds its secret address."""

from flask import Blueprint, Response, abort

from fieldapp.services import calendars
from fieldapp.services.booking import NotHere
from fieldapp.web.access import public

pages = Blueprint("calendar", __name__, url_prefix="/calendars")


@pages.get("/<secret>.ics")
@public
def calendar(secret: str) -> Response:
    """The calendar; a revoked address and a guess get the same answer."""
    try:
        content = calendars.calendar(secret)
    except NotHere:
        abort(404)
    response = Response(content, mimetype="text/calendar")
    # The address is the secret: no other page may learn it from a referrer, no proxy may keep the answer.
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
