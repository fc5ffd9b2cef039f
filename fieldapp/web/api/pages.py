"""The group of the tablets' addresses, and the header by which a tablet knows that this server spoke."""

from flask import Blueprint, Response

pages = Blueprint("api", __name__, url_prefix="/api/field")

OURS = "Fieldapp-Server"
"""A captive portal answers too; only what carries this header may end a session or take anything off a tablet."""


@pages.after_request
def sign(response: Response) -> Response:
    """Put our header on every answer; nobody in between keeps a copy."""
    response.headers[OURS] = "1"
    response.headers.setdefault("Cache-Control", "no-store")
    return response
