"""Who may open a route: each view says it with one decorator, and a view that says nothing is closed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response as BaseResponse

from fieldapp.web.auth.person import signed_in

WITHOUT_SECOND_FACTOR = frozenset({"office.account", "office.switch_on", "office.end_session"})
"""What somebody may open who still has to set the second factor that the landlord demands."""

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Access:
    """The rule of one view: anybody, an enrolled tablet, another system, or accounts with one of these roles."""

    to: Literal["public", "device", "client", "roles"]
    roles: frozenset[str] = frozenset()
    scope: str = ""


def public(view: View) -> View:
    """Open to anybody who reaches the server."""
    return _marked(view, Access("public"))


def device_only(view: View) -> View:
    """Open to an enrolled tablet; the view finds it in `g.device`. Never looks at cookies."""
    return _marked(view, Access("device"))


def client(scope: Literal["read", "write"]) -> Callable[[View], View]:
    """Open to another system whose token is good for `scope`; the view finds it by `v1.client.asking`. No cookies."""
    return lambda view: _marked(view, Access("client", scope=scope))


def roles(*names: str) -> Callable[[View], View]:
    """Open to signed-in accounts with one of these roles."""
    return lambda view: _marked(view, Access("roles", frozenset(names)))


def rule_of(view: Callable[..., Any]) -> Access | None:
    """The rule of a view, None when it has none."""
    found = getattr(view, "access", None)
    return found if isinstance(found, Access) else None


def guard(app: Flask) -> None:
    """Ask every request's view who may, before it runs."""
    app.before_request(_ask)


def _marked(view: View, access: Access) -> View:
    setattr(view, "access", access)  # noqa: B010 - a function has no such attribute for the type checker
    return view


def _ask() -> BaseResponse | None:
    if request.endpoint is None:
        return None
    access = rule_of(current_app.view_functions[request.endpoint])
    if access is None:
        abort(Forbidden.code)
    if access.to == "device":
        return _ask_for_device()
    if access.to == "client":
        return _ask_for_client(access.scope)
    if access.to == "roles":
        return _ask_for_account(access.roles)
    return None


def _ask_for_device() -> Response | None:
    from fieldapp.web.api.token import device_of_request, refusal

    device = device_of_request(request)
    if device is None:
        return refusal()
    g.device = device
    return None


def _ask_for_client(scope: str) -> Response | None:
    from fieldapp.web.v1.client import ask

    return ask(request, scope)


def _ask_for_account(names: frozenset[str]) -> BaseResponse | None:
    person = signed_in()
    if person is None:
        here = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("auth.sign_in", next=here))
    if person.role not in names:
        abort(Forbidden.code)
    if person.lacks_second_factor and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return redirect(url_for("office.account"))
    return None
