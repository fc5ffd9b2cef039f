"""Which photographs are wanted."""

import re

from flask import Response

from fieldapp.services import photo_intake
from fieldapp.web.access import device_only
from fieldapp.web.api import body
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking
from fieldapp.web.size import body_up_to
from sync.envelope import Malformed, TooLarge

MOST_HASHES = 500
MOST_BYTES = 100_000
SHA256 = re.compile(r"[0-9a-f]{64}")


@pages.post("/blobs/missing")
@device_only
@body_up_to(MOST_BYTES)
def missing() -> Response:
    """Say which of these files are here, and from which byte each of the others is to be sent."""
    try:
        hashes = body.read_object().get("sha256")
    except Malformed as error:
        return problem("malformed", str(error))
    except TooLarge as error:
        return problem("too_large", str(error))
    if not isinstance(hashes, list) or len(hashes) > MOST_HASHES:
        return problem("malformed", f"sha256 is a list of at most {MOST_HASHES}")
    if not all(isinstance(one, str) and SHA256.fullmatch(one) for one in hashes):
        return problem("malformed", "a SHA-256 is 64 lower-case hexadecimal digits")
    wanted, present = photo_intake.missing(asking().id, list(dict.fromkeys(hashes)))
    return answer({"missing": [{"sha256": one.sha256, "offset": one.offset} for one in wanted], "present": present})
