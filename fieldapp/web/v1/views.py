"""The views of every list and of every thing: made once for each, from what `resources` says."""

import json
from collections.abc import Callable
from typing import Any

from flask import Response, request
from pydantic import BaseModel, ValidationError

from fieldapp.extensions import db
from fieldapp.services.once import Answer, KeyReused
from fieldapp.services.register import noun
from fieldapp.web.access import client
from fieldapp.web.v1 import conditional, paging
from fieldapp.web.v1.client import asking
from fieldapp.web.v1.once import BadKey, once_only
from fieldapp.web.v1.pages import pages
from fieldapp.web.v1.problem import problem
from fieldapp.web.v1.resources import RESOURCES, Resource

View = Callable[..., Response]

HANDLED: dict[type[Exception], str] = {
    BadKey: "bad_header",
    KeyReused: "key_reused",
    conditional.BadPrecondition: "bad_header",
    conditional.NoPrecondition: "precondition_required",
    noun.AlreadyThere: "already_there",
    noun.Changed: "changed",
    noun.NotThere: "not_found",
    paging.BadCursor: "bad_cursor",
    paging.BadParameter: "bad_parameter",
    paging.StaleCursor: "stale_cursor",
}


def _listing(resource: Resource) -> View:
    def view() -> Response:
        wanted, most, after = paging.parameters(resource.filters)
        who = asking()
        things, last = noun.page(who.sees, resource.noun, after, most, wanted, who.actor)
        following = None if last is None else paging.cursor(last, wanted)
        return conditional.answer({"items": things, "next_cursor": following})

    return view


def _one(resource: Resource) -> View:
    def view(thing_id: object) -> Response:
        paging.no_parameters()
        return conditional.answer(noun.one(asking().sees, resource.noun, str(thing_id), asking().actor))

    return view


def _creation(resource: Resource, shape: type[BaseModel]) -> View:
    def view() -> Response:
        paging.no_parameters()
        who, values = asking(), _body(shape)

        def work() -> Answer:
            thing = noun.create_in(db.session(), who.sees, resource.noun, values, who.actor)
            return Answer(
                201, json.dumps(thing, ensure_ascii=False), f"{pages.url_prefix}/{resource.path}/{thing['id']}"
            )

        answer, again = once_only(work)
        response = conditional.answer(json.loads(answer.body), answer.status)
        response.headers["Location"] = answer.location
        if again:
            response.headers["Idempotent-Replayed"] = "true"
        return response

    return view


def _change(resource: Resource, shape: type[BaseModel]) -> View:
    def view(thing_id: object) -> Response:
        paging.no_parameters()
        who, values, unchanged = asking(), _body(shape, partial=True), conditional.precondition()
        thing = noun.change(who.sees, resource.noun, str(thing_id), values, who.actor, unchanged)
        return conditional.answer(thing)

    return view


class NotJson(ValueError):
    """The body has another type."""


def _body(shape: type[BaseModel], *, partial: bool = False) -> dict[str, Any]:
    """The fields that were sent, checked; raises `NotJson` and pydantic's `ValidationError`."""
    if request.mimetype != "application/json":
        raise NotJson
    found = shape.model_validate_json(request.get_data(), strict=True)
    return {name: value for name, value in _plain(found).items() if not partial or name in found.model_fields_set}


def _plain(shape: BaseModel) -> dict[str, Any]:
    """The checked values by their names; pydantic's own dump expects the text that they came from."""
    return {name: [_plain(one) for one in value] if isinstance(value, list) else value for name, value in shape}


@pages.errorhandler(NotJson)
def not_json(_error: NotJson) -> Response:
    """415."""
    return problem("not_json")


@pages.errorhandler(ValidationError)
def invalid(error: ValidationError) -> Response:
    """What is wrong in a body, by JSON pointer; never the value, which may be about a person."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if any(one["type"] == "json_invalid" for one in found):
        return problem("malformed", found[0]["msg"])
    errors = [{"pointer": _pointer(one["loc"]), "code": one["type"], "detail": one["msg"]} for one in found[:100]]
    return problem("invalid", errors=errors)


@pages.errorhandler(noun.UnknownReference)
def unknown_reference(error: noun.UnknownReference) -> Response:
    """A field names nothing."""
    return problem(
        "unknown_reference", str(error), errors=[{"pointer": f"/{error.field}", "code": "unknown_reference"}]
    )


@pages.errorhandler(noun.Unsaid)
def unsaid(error: noun.Unsaid) -> Response:
    """Two fields do not go together."""
    return problem("inconsistent", str(error), errors=[{"pointer": f"/{error.field}", "code": "inconsistent"}])


def _refused(error: Exception) -> Response:
    return problem(HANDLED[type(error)], str(error))


def _pointer(place: tuple[int | str, ...]) -> str:
    """RFC 6901."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)


def _register() -> None:
    for kind in HANDLED:
        pages.register_error_handler(kind, _refused)
    for resource in RESOURCES:
        base, name = f"/{resource.path}", resource.path
        pages.add_url_rule(base, f"{name}_list", client("read")(_listing(resource)), methods=["GET"])
        if resource.alone:
            pages.add_url_rule(
                f"{base}/<uuid:thing_id>", f"{name}_one", client("read")(_one(resource)), methods=["GET"]
            )
        if resource.new is not None:
            pages.add_url_rule(
                base, f"{name}_new", client("write")(_creation(resource, resource.new)), methods=["POST"]
            )
        if resource.change is not None:
            view = client("write")(_change(resource, resource.change))
            pages.add_url_rule(f"{base}/<uuid:thing_id>", f"{name}_change", view, methods=["PATCH"])


_register()
