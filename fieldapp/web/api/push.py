"""Operations arrive."""

from flask import Response

from fieldapp.services import intake
from fieldapp.web.access import device_only
from fieldapp.web.api import body
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.api.token import asking
from fieldapp.web.size import body_up_to
from sync import envelope


@pages.post("/push")
@device_only
@body_up_to(envelope.MOST_BYTES)
def push() -> Response:
    """Take up to 500 operations or 1 MiB; answered once they are committed."""
    try:
        received = envelope.Push.parse(body.read())
        return answer(intake.receive(received, asking()).dump())
    except envelope.Malformed as error:
        return problem("malformed", str(error), **({} if error.index is None else {"index": error.index}))
    except envelope.UnknownVersion as error:
        return problem("unknown_version", supported=list(error.supported))
    except envelope.TooLarge as error:
        return problem("too_large", str(error), most_operations=envelope.MOST_OPS, most_bytes=envelope.MOST_BYTES)
    except intake.OtherDevice:
        return problem("not_yours", "the push names another device than its token")
