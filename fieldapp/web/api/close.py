"""A signed record arrives."""

from flask import Response, request

from fieldapp.services import closing, visit_closing
from fieldapp.web.access import device_only
from fieldapp.web.api import body
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking
from fieldapp.web.size import body_up_to
from sync.envelope import TooLarge

MOST_BYTES = 8_000_000
"""Twenty times the record of a large house with 300 photographs."""
MOST_DOCUMENT_BYTES = 1_000_000
"""A hundred times the record of a slip with many questions."""


@pages.post("/inventories/<uuid:root_id>/close")
@device_only
@body_up_to(MOST_BYTES)
def close(root_id: str) -> Response:
    """Accept the record whose bytes were signed; asked again, say the same again."""
    try:
        raw = body.read()
        closed = closing.close(asking(), str(root_id), raw, request.headers.get("Fieldapp-Record", ""))
    except TooLarge as error:
        return problem("too_large", str(error))
    except closing.CannotClose as error:
        return problem(error.code, str(error), **error.facts)
    if closed.missing:
        return problem("missing_photos", missing=list(closed.missing), record_sha256=closed.record_sha256)
    return answer({"state": "sealed" if closed.sealed else "sealing", "record_sha256": closed.record_sha256})


@pages.post("/visits/<uuid:visit_id>/documents/<uuid:document_id>/close")
@device_only
@body_up_to(MOST_DOCUMENT_BYTES)
def close_document(visit_id: str, document_id: str) -> Response:
    """Accept the slip or answer whose bytes a candidate signed; asked again, say the same again."""
    try:
        raw, sha256 = body.read(), request.headers.get("Fieldapp-Record", "")
        closed = visit_closing.close(asking(), str(visit_id), str(document_id), raw, sha256)
    except TooLarge as error:
        return problem("too_large", str(error))
    except closing.CannotClose as error:
        return problem(error.code, str(error), **error.facts)
    return answer({"state": "sealed" if closed.sealed else "sealing", "record_sha256": closed.record_sha256})
