"""Photographs go out to the tablets that hold their inventory."""

import base64

from flask import Response, request

from fieldapp.services import photo_lending
from fieldapp.services.previews import NotShown
from fieldapp.web.access import device_only
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking


@pages.get("/photos/<sha256>/<any(small, large):size>")
@device_only
def photo(sha256: str, size: str) -> Response:
    """One examined photograph, decoded and written again; `sha256` is that of its report's size.

    The digest of the body (RFC 9530) lets the tablet tell what was cut or altered on the way. No cache may keep it: on
    the tablet it goes into the encrypted store.
    """
    try:
        lent = photo_lending.lend(asking(), sha256, size)
    except NotShown:
        return problem("no_photo", "none that this tablet may have, or not examined yet")
    digest = base64.b64encode(bytes.fromhex(lent.sha256)).decode()
    response = Response(lent.data, mimetype="image/jpeg")
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"
    response.set_etag(lent.sha256)
    response.make_conditional(request)
    return response
