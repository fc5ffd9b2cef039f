"""A tablet is enrolled."""

from dataclasses import asdict
from datetime import UTC, datetime

from flask import Response, request

from fieldapp.services import accounts, enrolment, recovery
from fieldapp.services.signature import BadKey
from fieldapp.web.access import public
from fieldapp.web.api import body
from fieldapp.web.api.answer import answer
from fieldapp.web.api.pages import pages
from fieldapp.web.api.problem import problem
from fieldapp.web.size import body_up_to
from sync import moment
from sync.envelope import Malformed, TooLarge

MOST_BYTES = 20_000


@pages.post("/enrol")
@public
@body_up_to(MOST_BYTES)
def enrol() -> Response:
    """Give a token to an agent with the right password, for the tablet that holds this key."""
    try:
        asked = body.read_object()
        words = [asked.get(name) for name in ("email", "password", "device_name")]
        if not all(isinstance(word, str) for word in words):
            return problem("malformed", "email, password and device_name are text")
        email, password, name = (str(word) for word in words)
        enrolled = enrolment.enrol(email, password, request.remote_addr or "", name, asked.get("public_key"))
    except (Malformed, TooLarge) as error:
        return problem("malformed" if isinstance(error, Malformed) else "too_large", str(error))
    except BadKey as error:
        return problem("bad_key", str(error))
    except accounts.BadCredentials:
        return problem("bad_credentials")
    except accounts.TooManyAttempts as error:
        response = problem("too_many_attempts", retry_after=error.retry_after)
        response.headers["Retry-After"] = str(error.retry_after)
        return response
    except enrolment.NotAnAgent:
        return problem("not_an_agent")
    key = recovery.public_key(enrolled.landlord["id"])
    response = answer(asdict(enrolled) | {"organisation_key": key, "server_time": moment.write(datetime.now(UTC))})
    response.status_code = 201
    return response
