"""The bytes that the office looks at: photographs made anew, and the sealed report."""

from pathlib import Path

from flask import abort, request, send_file
from werkzeug.wrappers import Response

from fieldapp.services import audit, previews, reviewing, works_photos
from fieldapp.services.installation import blobs
from fieldapp.web.access import roles
from fieldapp.web.office.blueprint import READERS, pages
from fieldapp.web.office.person import reader, scope
from fieldapp.web.report_file import send_report

PICTURE_POLICY = "default-src 'none'; sandbox"
DAY_SECONDS = 24 * 3600


@pages.get("/inventories/<uuid:inventory_id>/photos/<sha256>/<any(small, large):size>.jpg")
@roles(*READERS)
def photo(inventory_id: object, sha256: str, size: str) -> Response:
    """One examined photograph, decoded and written again: what a tablet sent is never what a browser gets."""
    try:
        path = previews.preview(scope(), str(inventory_id), sha256, size)
    except previews.NotShown:
        abort(404)
    return send_picture(path, sha256)


@pages.get("/works/<uuid:request_id>/photos/<sha256>/<any(small, large):size>.jpg")
@roles(*READERS)
def works_photo(request_id: object, sha256: str, size: str) -> Response:
    """The same of a works request."""
    try:
        path = works_photos.preview(scope(), str(request_id), sha256, size)
    except previews.NotShown:
        abort(404)
    return send_picture(path, sha256)


def send_picture(path: Path, sha256: str) -> Response:
    """A picture that was made anew, to be looked at and never run."""
    response = send_file(path, mimetype="image/jpeg", download_name=f"photo-{sha256[:8]}.jpg", max_age=DAY_SECONDS)
    response.headers["Content-Disposition"] = f'inline; filename="photo-{sha256[:8]}.jpg"'
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Cache-Control"] = f"private, max-age={DAY_SECONDS}, immutable"
    return response


@pages.get("/inventories/<uuid:inventory_id>/report.pdf")
@roles(*READERS)
def report(inventory_id: object) -> Response:
    """The sealed report, to read here, or to keep with `?download=1`."""
    try:
        number, sha256 = reviewing.report_of(scope(), str(inventory_id))
    except reviewing.NotHere:
        abort(404)
    audit.note_read(reader().actor, "report.read", "inventory", str(inventory_id), reader().landlord_id)
    return send_report(blobs().path(f"reports/{sha256}"), number, download="download" in request.args)
