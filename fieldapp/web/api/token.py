"""Which tablet asks: the bearer token of its enrolment (RFC 6750)."""

from typing import cast

from flask import Request, Response, g

from fieldapp.services.enrolment import tablet_of
from fieldapp.services.tablet import Tablet
from fieldapp.web.api.problem import problem


def device_of_request(request: Request) -> Tablet | None:
    """The tablet whose token the request carries; None when there is none or it is no longer good."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return tablet_of(token.strip()) if kind.lower() == "bearer" and token.strip() else None


def refusal() -> Response:
    """401 with our header, so that the tablet asks its agent to sign in again and keeps everything."""
    response = problem("token")
    response.headers["WWW-Authenticate"] = 'Bearer realm="fieldapp"'
    return response


def asking() -> Tablet:
    """The tablet that the access rule of this view let in."""
    return cast("Tablet", g.device)
