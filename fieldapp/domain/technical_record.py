"""The record of a technical visit: what was accepted or checked, in the words that the agent and the firm sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.document_head import head, photos_of, wording_of
from fieldapp.domain.loose_values import mapping, text, things
from fieldapp.domain.wording import Wording

FORMAT = "fieldapp.technical/1"
ACCEPTANCE, VACANT_CHECK = "acceptance", "vacant_check"

Json = dict[str, Any]


def build(document_id: str, visit: Mapping[str, Any], body: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Json:
    """What the agent saw and, for works, what the landlord accepts (Code civil, art. 1792-6).

    `visit` are the fields of the visit's root entity (`context` and the id under `id`), `body` is the document's, in the
    shape of `technical_vocabulary`. Its canonical bytes are equal to those of `static/field/rules/technical-record.js`.
    """
    words = mapping(catalogue.get("visits"))
    wording = wording_of(body, catalogue)
    context = mapping(visit.get("context"))
    kind = text(body, "document_kind") or ACCEPTANCE
    firm = mapping(body.get("firm")) or None
    works = [_work(one, wording) for one in things(body, "works")]
    points = [_point(one, wording) for one in things(body, "points")]
    readings = [_reading(one, Wording(catalogue, wording.language)) for one in things(body, "readings")]
    snags = [{name: one.get(name) for name in ("id", "label", "note", "urgent")} for one in things(body, "snags")]
    named = {one["id"]: one["label"] for one in (*works, *points, *readings, *snags)}
    return {
        **head((FORMAT, document_id, kind), visit, body, catalogue),
        "firm": None if firm is None else dict(firm),
        "parties": _parties(context, firm, words, wording),
        "points": points,
        "works": works,
        "readings": readings,
        "snags": snags,
        "words": text(body, "words"),
        "photos": photos_of(body, named),
        "labels": {"kind": wording.label("technical_kinds", kind)},
        "said": [
            {"code": code, "text": wording.pick(mapping(words.get("technical_texts")).get(code))}
            for code in _said(kind, firm, works)
        ],
        "articles": dict(mapping(words.get("technical_articles"))),
        "read_on": words.get("read_on"),
    }


def consent(quality: str, catalogue: Mapping[str, Any], language: str) -> str:
    """The sentence that the agent or the firm accepts with a signature."""
    words = mapping(catalogue.get("visits"))
    return Wording(words, language).pick(mapping(words.get("technical_consent")).get(quality))


def _said(kind: str, firm: Mapping[str, Any] | None, works: list[Json]) -> list[str]:
    """What follows from what was found, as codes."""
    if kind == VACANT_CHECK:
        return ["checked"]
    results = {work["result"] for work in works}
    codes = ["incomplete"] if "not_done" in results else []
    if "reserved" in results:
        codes.append("reserved")
    elif "done" in results and not codes:
        codes.append("accepted")
    if results & {"done", "reserved"}:
        codes.append("guarantees")
    if firm is None or firm.get("present") is not True:
        codes.append("firm_absent")
    return codes


def _parties(
    context: Mapping[str, Any], firm: Mapping[str, Any] | None, words: Mapping[str, Any], wording: Wording
) -> list[Json]:
    agent = mapping(context.get("agent"))
    found = [
        {"id": agent.get("id"), "name": text(agent, "name"), "quality": "agent"}
        | {"quality_label": text(agent, "quality")}
    ]
    if firm is not None and firm.get("present") is True:
        label = wording.pick(mapping(words.get("qualities")).get("firm"))
        whose = " ".join(part for part in (label, text(firm, "company")) if part)
        found.append({"id": firm.get("id"), "name": text(firm, "person"), "quality": "firm", "quality_label": whose})
    return found


def _point(one: Mapping[str, Any], wording: Wording) -> Json:
    return {
        "id": one.get("id"),
        "code": one.get("code"),
        "label": wording.label("technical_points", one.get("code")),
        "answer": one.get("answer"),
        "answer_label": wording.label("point_answers", one.get("answer")),
        "note": text(one, "note"),
    }


def _work(one: Mapping[str, Any], wording: Wording) -> Json:
    element = mapping(one.get("element")) or None
    return {
        "id": one.get("id"),
        "label": text(one, "title"),
        "where": text(one, "where"),
        "result": one.get("result"),
        "result_label": wording.label("works_results", one.get("result")),
        "note": text(one, "note"),
        "element": None
        if element is None
        else {
            "id": element.get("id"),
            "label": text(element, "label"),
            "dated": element.get("dated"),
            "dated_label": wording.label("works_dates", element.get("dated")),
            "on": element.get("on"),
        },
    }


def _reading(one: Mapping[str, Any], wording: Wording) -> Json:
    said = {name: text(one, name) for name in ("label", "serial", "index", "index_low", "unit", "reason")}
    state = one.get("state")
    return {"id": one.get("id"), **said, "state": state, "state_label": wording.label("meter_states", state)}
