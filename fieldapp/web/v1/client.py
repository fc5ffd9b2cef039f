"""Which system asks: its bearer token (RFC 6750), what the token is good for, and how often it may ask."""

from typing import cast

from flask import Request, Response, g

from fieldapp.records.sqlite import writing
from fieldapp.services import attempts
from fieldapp.services.attempts import Limit, TooManyAttempts
from fieldapp.services.clients import Client, client_of
from fieldapp.services.installation import config
from fieldapp.web.security import client_address
from fieldapp.web.v1.problem import problem


def ask(request: Request, scope: str) -> Response | None:
    """Let the request in and keep its client, or refuse: 429 before 401 for who guesses, 401, 429, then 403."""
    rate = config().api_rate
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    client = client_of(token.strip()) if kind.lower() == "bearer" and token.strip() else None
    key = f"client:{client.id}" if client is not None else f"address:{client_address()}"
    try:
        with writing():
            attempts.count(Limit("api", rate.most, rate.window), key)
    except TooManyAttempts as error:
        return problem("too_many_requests", Retry_After=str(error.retry_after))
    if client is None:
        return problem("token", WWW_Authenticate='Bearer realm="fieldapp"')
    if not client.may(scope):
        challenge = f'Bearer realm="fieldapp", error="insufficient_scope", scope="{scope}"'
        return problem("insufficient_scope", f"the token has the scope {client.scope}", WWW_Authenticate=challenge)
    g.client = client
    return None


def asking() -> Client:
    """The system that the access rule of this view let in."""
    return cast("Client", g.client)
