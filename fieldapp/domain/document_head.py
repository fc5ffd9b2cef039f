"""What every document that is signed at a visit says of itself: its name, its day and place, its photographs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.loose_values import mapping, text, things
from fieldapp.domain.wording import Wording

Json = dict[str, Any]


def head(
    own: tuple[str, str, str], visit: Mapping[str, Any], body: Mapping[str, Any], catalogue: Mapping[str, Any]
) -> Json:
    """The first fields of a record; `own` are its format, the id of the document and its kind.

    `visit` are the fields of the visit's root entity (`context` and the id under `id`). Equal to those of
    `static/field/rules/document-head.js`.
    """
    words = mapping(catalogue.get("visits"))
    context = mapping(visit.get("context"))
    name, document_id, kind = own
    return {
        "format": name,
        "id": document_id,
        "visit_id": visit.get("id"),
        "kind": kind,
        "number": text(body, "number"),
        "language": wording_of(body, catalogue).language,
        "catalogue_version": catalogue.get("version"),
        "visits_version": words.get("version"),
        "established_at": body.get("made_at"),
        "zone": text(mapping(context.get("dwelling")), "zone") or "Europe/Paris",
        "context": dict(context),
    }


def wording_of(body: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Wording:
    """The visits' tables in the language of a document."""
    return Wording(mapping(catalogue.get("visits")), text(body, "language") or "fr")


def photos_of(body: Mapping[str, Any], named: Mapping[Any, str]) -> list[Json]:
    """The photographs of a document, numbered; `named` says what each subject is called."""
    return [_photo(at, one, named) for at, one in enumerate(things(body, "photos"), 1)]


def _photo(at: int, one: Mapping[str, Any], named: Mapping[Any, str]) -> Json:
    return {
        "id": one.get("id"),
        "mark": f"P{at:02d}",
        "subject_id": one.get("subject_id"),
        "subject_label": named.get(one.get("subject_id"), ""),
        "room_label": "",
        "caption": text(one, "caption"),
        "taken_at": one.get("taken_at"),
        "marks": one.get("marks") or [],
        "report": one.get("report"),
        "archive": one.get("archive"),
    }
