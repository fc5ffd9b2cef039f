"""The record of a visit slip or of a formal answer: the one document that a candidate reads, signs and receives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from fieldapp.domain.local_day import day, long_day
from fieldapp.domain.wording import Wording

FORMAT = "fieldapp.slip/1"
SLIP, ANSWER = "visit_slip", "visit_answer"

Json = dict[str, Any]


def build(document_id: str, visit: Mapping[str, Any], body: Mapping[str, Any], catalogue: Mapping[str, Any]) -> Json:
    """What a candidate saw, thought and was told, in the language of the document; nobody else is in it.

    `visit` are the fields of the visit's root entity (`context` and the id under `id`), `body` is the document's, in the
    shape of `visit_vocabulary`. The answer holds text, integers, booleans, null, lists and objects only, and its canonical
    bytes are equal to those of `static/field/rules/slip-record.js`. Missing text is "", anything else missing is null.
    """
    words = _mapping(catalogue.get("visits"))
    wording = Wording(words, _text(body, "language") or "fr")
    context = _mapping(visit.get("context"))
    kind = _text(body, "document_kind") or SLIP
    agent = _mapping(context.get("agent"))
    return {
        "format": FORMAT,
        "id": document_id,
        "visit_id": visit.get("id"),
        "kind": kind,
        "number": _text(body, "number"),
        "language": wording.language,
        "catalogue_version": catalogue.get("version"),
        "visits_version": words.get("version"),
        "established_at": body.get("made_at"),
        "zone": _zone(context),
        "context": dict(context),
        "candidate": {
            "id": body.get("candidate_id"),
            "name": _text(body, "name"),
            "unique_number": _text(body, "unique_number"),
            "rank": body.get("rank"),
        },
        "parties": [
            {"id": body.get("candidate_id"), "name": _text(body, "name"), "quality": "candidate"}
            | {"quality_label": wording.pick(_mapping(words.get("qualities")).get("candidate"))},
            {"id": agent.get("id"), "name": _text(agent, "name"), "quality": "agent"}
            | {"quality_label": _text(agent, "quality")},
        ],
        "presence": _coded(body.get("presence"), "presences", wording),
        "companions": [
            {"name": _text(one, "name")} | _coded(one.get("quality"), "companions", wording)
            for one in _things(body, "companions")
        ],
        "presented": [_coded(code, "points", wording) for code in _codes(body, "presented")],
        "opinions": [
            {"criterion": _text(one, "criterion"), "criterion_label": _text(one, "label")}
            | _coded(one.get("opinion"), "opinions", wording)
            for one in _things(body, "opinions")
        ],
        "outcome": _outcome(body, wording),
        "reasons": _reasons(body, wording),
        "words": _text(body, "words"),
        "questions": [
            {"text": _text(one, "text")} | _coded(one.get("topic"), "topics", wording)
            for one in _things(body, "questions")
        ],
        "documents": [_coded(code, "documents", wording) for code in _codes(body, "documents")],
        "papers": [
            {"at": one.get("at")} | _coded(one.get("paper"), "papers", wording) for one in _things(body, "papers")
        ],
        "offer": body.get("offer"),
        "answer": _coded(body.get("answer"), "answers", wording, "words") if kind == ANSWER else None,
        "photos": [],
        "labels": {
            "kind": wording.pick(_mapping(words.get("texts")).get("answer" if kind == ANSWER else "slip")),
            "outcomes": wording.labels("outcomes"),
        },
        "said": _said(kind, body, words, wording),
        "articles": dict(_mapping(words.get("articles"))),
        "read_on": words.get("read_on"),
    }


def consent(kind: str, decision: str, catalogue: Mapping[str, Any], language: str) -> str:
    """The sentence that a person accepts with a signature, or that says why there is none."""
    words = _mapping(catalogue.get("visits"))
    texts = _mapping(_mapping(words.get("consent")).get("answer" if kind == ANSWER else "slip"))
    return Wording(words, language).pick(texts.get(decision))


def _outcome(body: Mapping[str, Any], wording: Wording) -> Json | None:
    if body.get("outcome") is None:
        return None
    return _coded(body.get("outcome"), "outcomes", wording, "words") | {"due": body.get("due")}


def _reasons(body: Mapping[str, Any], wording: Wording) -> list[Json]:
    """The principal reason first, then the others in the order in which they were given."""
    principal = body.get("principal")
    codes = sorted(_codes(body, "reasons"), key=lambda code: code != principal)
    return [_coded(code, "reasons", wording) | {"principal": code == principal} for code in codes]


def _said(kind: str, body: Mapping[str, Any], words: Mapping[str, Any], wording: Wording) -> list[Json]:
    """What the document tells the candidate, sentence by sentence, with the days written out."""
    texts, offer = _mapping(words.get("texts")), body.get("offer")
    codes: list[str] = []
    if kind == ANSWER:
        codes += ["answer_binds", "answer_free", "after_yes" if body.get("answer") == "accepts" else "after_no"]
        codes += ["dalo"] if _mapping(offer).get("dalo") is True and body.get("answer") == "refuses" else []
    else:
        codes += ["opinion_only", "reply_clock" if isinstance(offer, Mapping) else "no_offer"]
        codes += ["dalo"] if _mapping(offer).get("dalo") is True else []
        codes += ["thinking_until"] if body.get("outcome") == "thinking" and body.get("due") else []
    days = {
        "notified": day(_mapping(offer).get("notified_on")),
        "until": day(_mapping(offer).get("reply_by")),
        "due": day(body.get("due")),
    }
    found = []
    for code in codes:
        text = wording.pick(texts.get(code))
        for name, value in days.items():
            text = text.replace(f"{{{name}}}", long_day(value, wording.language) if value else "…")
        found.append({"code": code, "text": text})
    return found


def _coded(code: object, table: str, wording: Wording, part: str = "label") -> Json:
    text = wording.pick(wording.row(table, code).get(part)) or wording.label(table, code)
    return {"code": code if isinstance(code, str) else "", "label": text}


def _zone(context: Mapping[str, Any]) -> str:
    return _text(_mapping(context.get("dwelling")), "zone") or "Europe/Paris"


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(values: Mapping[str, Any], name: str) -> str:
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _codes(values: Mapping[str, Any], name: str) -> list[str]:
    listed = values.get(name)
    return [code for code in listed if isinstance(code, str)] if isinstance(listed, list) else []


def _things(values: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    listed = values.get(name)
    return [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
