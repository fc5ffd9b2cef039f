"""The document of the programming interface (OpenAPI 3.1), made from the very shapes that check what comes in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Response, jsonify
from pydantic.json_schema import models_json_schema

from fieldapp.web.access import public
from fieldapp.web.security import public_url
from fieldapp.web.v1 import models
from fieldapp.web.v1.pages import pages
from fieldapp.web.v1.paging import MOST, USUAL
from fieldapp.web.v1.problem import TYPE
from fieldapp.web.v1.resources import RESOURCES, Filter, Resource

Json = dict[str, Any]

VERSION = "1.0.0"
REFERENCE = "#/components/schemas/{model}"
WHY = {
    "400": "The request was not understood.",
    "401": "No token, an unknown one, or one that was taken back.",
    "403": "The token is not good for this.",
    "404": "There is nothing here, or the cursor is not of this list.",
    "409": "Another thing stands in the way, or a field names nothing.",
    "410": "The cursor is more than a day old: begin again without one.",
    "412": "The thing has changed since it was read.",
    "413": "The body is too large.",
    "415": "The body is not application/json.",
    "422": "A field does not have a good value; nothing was written.",
    "428": "If-Match is needed: the entity tag of what was read.",
    "429": "Too many requests; Retry-After says how many seconds to wait.",
}


@pages.get("/openapi.json")
@public
def openapi() -> Response:
    """The document; it says nothing about anybody."""
    response = jsonify(document() | {"servers": [{"url": public_url(pages.url_prefix or "")}]})
    response.headers["Cache-Control"] = "no-cache"
    return response


@cache
def document() -> Json:
    """The whole document, without the address of this server."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "fieldapp",
            "version": VERSION,
            "summary": "The central tenancy record and what the field brings into it.",
            "description": (
                "JSON over HTTPS with a bearer token (`fieldapp token NAME --scope read|write`, or in the office). "
                "Lists go by cursor. A change names in `If-Match` the version that was read. A creation sent again with "
                "the same `Idempotency-Key` is done once. Refusals are problems (RFC 9457) with a `code` that stays."
            ),
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "security": [{"token": []}],
        "tags": [{"name": resource.path, "description": _said(resource)} for resource in RESOURCES],
        "paths": _paths(),
        "components": {
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Scopes: read, or write, which also reads.",
                }
            },
            "schemas": _schemas(),
        },
    }


def _paths() -> Json:
    paths: Json = {}
    for resource in RESOURCES:
        many: Json = {"get": _list(resource)}
        if resource.new is not None:
            many["post"] = _create(resource, resource.new.__name__)
        paths[f"/{resource.path}"] = many
        if resource.alone:
            one: Json = {"parameters": [_ID], "get": _read(resource)}
            if resource.change is not None:
                one["patch"] = _change(resource, resource.change.__name__)
            paths[f"/{resource.path}/{{id}}"] = one
    for paper, kind, said in (
        ("record", "application/json", "The canonical JSON that the parties signed, byte for byte."),
        ("report", "application/pdf", "The sealed PDF."),
    ):
        paths[f"/inventories/{{id}}/{paper}"] = {"parameters": [_ID], "get": _paper(paper, kind, said)}
    return paths


_ID: Json = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
_UNLESS: Json = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The entity tag of what the client has: 304 when it is still the same.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f]{64}"$'},
}
_ONLY_IF: Json = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The entity tag of what was read, or * to write over whatever is there.",
    "schema": {"type": "string", "pattern": '^("[0-9a-f]{64}"|\\*)$'},
}
_ONCE: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of the client's own: the same request again within two days gets the same answer.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
_ETAG: Json = {"ETag": {"description": "The version of what is sent.", "schema": {"type": "string"}}}


def _list(resource: Resource) -> Json:
    parameters: list[Json] = [
        {"name": name, "in": "query", "schema": {"type": "string", "pattern": filter_.pattern}}
        for name, filter_ in resource.filters.items()
        if isinstance(filter_, Filter)
    ]
    parameters += [
        {
            "name": "limit",
            "in": "query",
            "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        },
        {
            "name": "cursor",
            "in": "query",
            "description": "`next_cursor` of the page before, good for a day, the same filters and the same token.",
            "schema": {"type": "string"},
        },
        _UNLESS,
    ]
    page: Json = {
        "type": "object",
        "required": ["items", "next_cursor"],
        "properties": {
            "items": {"type": "array", "items": _ref(resource.shape.__name__)},
            "next_cursor": {"type": ["string", "null"], "description": "Null on the last page."},
        },
    }
    return _operation(
        resource,
        "list",
        f"List {resource.path}",
        {"200": _sent("A page.", page, _ETAG), "304": {"description": "Still the same."}},
        ("400", "404", "410"),
        parameters=parameters,
    )


def _read(resource: Resource) -> Json:
    answers = {
        "200": _sent("The thing.", _ref(resource.shape.__name__), _ETAG),
        "304": {"description": "Still the same."},
    }
    return _operation(resource, "read", f"Read one of {resource.path}", answers, ("400", "404"), parameters=[_UNLESS])


def _create(resource: Resource, shape: str) -> Json:
    made = _ETAG | {
        "Location": {"description": "Where it is.", "schema": {"type": "string"}},
        "Idempotent-Replayed": {
            "description": "true when this is the answer of the first time.",
            "schema": {"type": "string"},
        },
    }
    return _operation(
        resource,
        "create",
        f"Create one of {resource.path}",
        {"201": _sent("It was made.", _ref(resource.shape.__name__), made)},
        ("400", "409", "413", "415", "422"),
        parameters=[_ONCE],
        requestBody=_received(shape),
    )


def _change(resource: Resource, shape: str) -> Json:
    return _operation(
        resource,
        "change",
        f"Change one of {resource.path}",
        {"200": _sent("As it is now.", _ref(resource.shape.__name__), _ETAG)},
        ("400", "404", "409", "412", "413", "415", "422", "428"),
        parameters=[_ONLY_IF],
        requestBody=_received(shape),
    )


def _paper(paper: str, kind: str, said: str) -> Json:
    shape = {} if kind == "application/json" else {"type": "string", "contentMediaType": kind}
    return {
        "operationId": f"read_inventory_{paper}",
        "tags": ["inventories"],
        "summary": said,
        "responses": {
            "200": {"description": said, "content": {kind: {"schema": shape}}, "headers": _ETAG},
            **_refusals(("400", "404", "409")),
        },
    }


def _operation(
    resource: Resource, verb: str, summary: str, answers: Json, refusals: tuple[str, ...], **members: Any
) -> Json:
    return {
        "operationId": f"{verb}_{resource.path}",
        "tags": [resource.path],
        "summary": summary,
        **members,
        "responses": answers | _refusals(refusals),
    }


def _refusals(codes: tuple[str, ...]) -> Json:
    shape = {TYPE: {"schema": _ref("Problem")}}
    found: Json = {code: {"description": WHY[code], "content": shape} for code in sorted({*codes, "401", "403", "429"})}
    found["401"]["headers"] = {"WWW-Authenticate": {"required": True, "schema": {"type": "string"}}}
    found["429"]["headers"] = {"Retry-After": {"required": True, "schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    return found


def _sent(said: str, shape: Mapping[str, Any], headers: Json) -> Json:
    return {"description": said, "content": {"application/json": {"schema": shape}}, "headers": headers}


def _received(shape: str) -> Json:
    return {"required": True, "content": {"application/json": {"schema": _ref(shape)}}}


def _ref(name: str) -> Json:
    return {"$ref": REFERENCE.format(model=name)}


def _said(resource: Resource) -> str:
    return (resource.shape.__doc__ or "").strip().partition("\n")[0]


def _schemas() -> Json:
    shapes = [models.Problem]
    for resource in RESOURCES:
        shapes += [shape for shape in (resource.shape, resource.new, resource.change) if shape is not None]  # type: ignore[misc]
    _, found = models_json_schema([(shape, "validation") for shape in shapes], ref_template=REFERENCE)
    schemas: Json = found["$defs"]
    for name, schema in schemas.items():
        if name.endswith("Change"):
            for shape in schema["properties"].values():
                shape.pop("default", None)  # a field that is left out stays as it is
    return schemas
