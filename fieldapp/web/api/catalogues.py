"""The landlord's own catalogue goes out: each version once to a tablet, by its hash."""

import re

from flask import Response

from fieldapp.extensions import db
from fieldapp.services import house_catalogues
from fieldapp.web.access import device_only
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking

_HASH = re.compile(r"[0-9a-f]{64}")


@pages.get("/catalogues/<sha256>")
@device_only
def house_catalogue(sha256: str) -> Response:
    """One version; what a hash names never changes."""
    if not _HASH.fullmatch(sha256):
        return problem("malformed", "a SHA-256 in lower-case hexadecimal")
    try:
        return answer(house_catalogues.document(db.session(), asking().landlord_id, sha256))
    except house_catalogues.UnknownCatalogue:
        return problem("no_catalogue", "none of this landlord's has this hash")
