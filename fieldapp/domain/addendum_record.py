"""The record of an addendum: what the signed document says, what is now said of it, and who signs that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.document_head import head, photos_of, wording_of
from fieldapp.domain.local_day import day, local_day, long_day
from fieldapp.domain.loose_values import codes, mapping, text, things
from fieldapp.domain.wording import Wording

FORMAT = "fieldapp.addendum/1"
ADDENDUM = "addendum"

Json = dict[str, Any]


def build(document_id: str, visit: Mapping[str, Any], body: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Json:
    """The points, each beside the words of the original, which is named by its number, its day and its hash.

    `visit` are the fields of the visit's root entity (`context`, `original`, `request` and the id under `id`), `body` is the
    document's, in the shape of `addendum_vocabulary`. Its canonical bytes are equal to those of
    `static/field/rules/addendum-record.js`.
    """
    words = mapping(catalogue.get("visits"))
    wording = wording_of(body, catalogue)
    things_said = Wording(catalogue, wording.language)
    context, original = mapping(visit.get("context")), mapping(visit.get("original"))
    request = mapping(visit.get("request"))
    parts = {part.get("id"): part for part in things(original, "parts")}
    amendments = [_amendment(one, parts, things_said, wording) for one in things(body, "amendments")]
    named = {one["id"]: ", ".join(part for part in (one["where"], one["label"]) if part) for one in amendments}
    people = list(things(body, "people"))
    named |= {one.get("id"): text(one, "person") for one in people}
    own = head((FORMAT, document_id, ADDENDUM), visit, body, catalogue)
    return {
        **own,
        "original": {
            name: original.get(name)
            for name in ("inventory_id", "number", "kind", "kind_label", "record_sha256", "established_at")
        },
        "request": {name: request.get(name) for name in ("kind", "requested_on", "until", "in_time", "words")}
        | {"kind_label": wording.label("addendum_kinds", request.get("kind"))},
        "parties": _parties(context, people, words, wording),
        "absent": [text(one, "name") for one in people if one.get("present") is not True],
        "amendments": amendments,
        "photos": photos_of(body, named),
        "labels": {"kind": wording.label("technical_kinds", ADDENDUM)},
        "said": _said(original, request, people, own["zone"], words, wording),
        "articles": dict(mapping(words.get("addendum_articles"))),
        "read_on": words.get("read_on"),
    }


def consent(quality: str, decision: str, catalogue: Mapping[str, Any], language: str) -> str:
    """The sentence that a person accepts with a signature, or that says why there is none."""
    words = mapping(catalogue.get("visits"))
    return Wording(words, language).pick(mapping(mapping(words.get("addendum_consent")).get(quality)).get(decision))


def _parties(
    context: Mapping[str, Any], people: list[Mapping[str, Any]], words: Mapping[str, Any], wording: Wording
) -> list[Json]:
    """Those who answer: the tenants who are there or have sent somebody, then the agent for the landlord."""
    agent, qualities = mapping(context.get("agent")), mapping(words.get("qualities"))
    found = [
        {
            "id": one.get("id"),
            "name": text(one, "person") if one.get("quality") == "proxy" else text(one, "name"),
            "quality": one.get("quality"),
            "quality_label": wording.pick(qualities.get(text(one, "quality"))).replace("{name}", text(one, "name")),
            "mandate": text(one, "mandate"),
        }
        for one in people
        if one.get("present") is True
    ]
    return [
        *found,
        {"id": agent.get("id"), "name": text(agent, "name"), "quality": "agent"}
        | {"quality_label": text(agent, "quality"), "mandate": text(agent, "mandate")},
    ]


def _amendment(
    one: Mapping[str, Any], parts: Mapping[Any, Mapping[str, Any]], catalogue: Wording, wording: Wording
) -> Json:
    part = mapping(parts.get(one.get("subject_id")))
    defects = codes(one, "defects")
    return {
        "id": one.get("id"),
        "subject_kind": text(one, "subject_kind"),
        "subject_id": one.get("subject_id"),
        "where": text(part, "where"),
        "label": text(part, "label") or wording.label("addendum_subjects", "general"),
        "before": text(part, "said"),
        "state": one.get("state"),
        "state_label": catalogue.label("states", one.get("state")),
        "defects": defects,
        "defect_labels": [catalogue.label("defects", code) for code in defects],
        "index": text(one, "index"),
        "index_low": text(one, "index_low"),
        "unit": text(part, "unit"),
        "quantity": one.get("quantity"),
        "note": text(one, "note"),
    }


def _said(
    original: Mapping[str, Any],
    request: Mapping[str, Any],
    people: list[Mapping[str, Any]],
    zone: str,
    words: Mapping[str, Any],
    wording: Wording,
) -> list[Json]:
    """What the document tells the people, sentence by sentence, with the days written out."""
    kind, held = request.get("kind"), request.get("in_time")
    told = ["original_stays"]
    if kind == "tenant_request":
        told.append("in_time" if held is True else "late")
    elif kind in {"heating", "correction"}:
        told.append(str(kind))
    if any(one.get("present") is not True for one in people):
        told.append("absent")
    texts = mapping(words.get("addendum_texts"))
    days = {
        "original": local_day(original.get("established_at"), zone),
        "requested": day(request.get("requested_on")),
        "until": day(request.get("until")),
    }
    found = []
    for code in told:
        sentence = wording.pick(texts.get(code)).replace("{number}", text(original, "number"))
        for name, value in days.items():
            sentence = sentence.replace(f"{{{name}}}", long_day(value, wording.language) if value else "…")
        found.append({"code": code, "text": sentence})
    return found
