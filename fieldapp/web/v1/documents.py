"""The bytes behind an inventory: the signed record and the sealed report; each reading is noted in the journal."""

from flask import Response, send_file
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.services.installation import blobs
from fieldapp.services.register import papers
from fieldapp.web.access import client
from fieldapp.web.v1 import paging
from fieldapp.web.v1.client import asking
from fieldapp.web.v1.pages import pages
from fieldapp.web.v1.problem import problem


@pages.get("/inventories/<uuid:thing_id>/record")
@client("read")
def record(thing_id: object) -> Response | BaseResponse:
    """The canonical JSON that the parties signed, byte for byte."""
    paging.no_parameters()
    sha256 = papers.record_of(asking().sees, str(thing_id), asking().actor)
    return _sent(f"records/{sha256}", sha256, "application/json")


@pages.get("/inventories/<uuid:thing_id>/report")
@client("read")
def report(thing_id: object) -> Response | BaseResponse:
    """The sealed PDF."""
    paging.no_parameters()
    sha256 = papers.report_of(asking().sees, str(thing_id), asking().actor)
    return _sent(f"reports/{sha256}", sha256, "application/pdf")


@pages.errorhandler(papers.NotYet)
def not_yet(_error: papers.NotYet) -> Response:
    """409: it will be there later."""
    return problem("not_sealed")


def _sent(key: str, sha256: str, kind: str) -> BaseResponse:
    response = send_file(blobs().path(key), mimetype=kind, etag=sha256, conditional=True)
    response.headers["Cache-Control"] = "private, no-cache"
    return response
