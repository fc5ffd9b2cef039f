"""The page behind a handover link: one report, for whoever holds the link."""

from datetime import timedelta

from flask import Blueprint, Response, abort, make_response, render_template
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.extensions import db
from fieldapp.records.sqlite import writing
from fieldapp.services import attempts, handover
from fieldapp.services.attempts import Limit
from fieldapp.services.installation import blobs
from fieldapp.web import moments
from fieldapp.web.access import public
from fieldapp.web.report_file import send_report
from fieldapp.web.security import client_address

pages = Blueprint("links", __name__, url_prefix="/h")

GUESSES = Limit("link:address", 30, timedelta(minutes=15))
GONE = 410


@pages.get("/<token>")
@public
def offer(token: str) -> Response:
    """What can be fetched here, until when, and how to check it."""
    try:
        found = handover.offer(token)
    except handover.DeadLink:
        return _dead()
    moments.stand_in(found.zone)
    return _private(make_response(render_template("links/offer.html", offer=found, token=token)))


@pages.get("/<token>/report.pdf")
@public
def report(token: str) -> BaseResponse:
    """The sealed report; the first download is the handing over."""
    with writing():
        try:
            found = handover.fetch(token)
        except handover.DeadLink:
            return _dead()
    return _private(send_report(blobs().path(f"reports/{found.report_sha256}"), found.number, download=True))


def _dead() -> Response:
    """The same answer to an expired link and to a guess; guesses are counted."""
    db.session.rollback()
    with writing():
        try:
            attempts.count(GUESSES, client_address())
        except attempts.TooManyAttempts:
            abort(429)
    return _private(make_response(render_template("links/dead.html"), GONE))


def _private(response: BaseResponse) -> Response:
    # The address is the secret: no other page may learn it from a referrer, no proxy may keep the answer.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # Flask's own class in every case
