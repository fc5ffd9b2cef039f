"""The record of a visit slip or of a formal answer: the one document that a candidate reads, signs and receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.document_head import head, wording_of
from fieldapp.domain.local_day import day, long_day
from fieldapp.domain.loose_values import codes, mapping, text, things
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
    words = mapping(catalogue.get("visits"))
    wording = wording_of(body, catalogue)
    context = mapping(visit.get("context"))
    kind = text(body, "document_kind") or SLIP
    agent = mapping(context.get("agent"))
    return {
        **head((FORMAT, document_id, kind), visit, body, catalogue),
        "candidate": {
            "id": body.get("candidate_id"),
            "name": text(body, "name"),
            "unique_number": text(body, "unique_number"),
            "rank": body.get("rank"),
        },
        "parties": [
            {"id": body.get("candidate_id"), "name": text(body, "name"), "quality": "candidate"}
            | {"quality_label": wording.pick(mapping(words.get("qualities")).get("candidate"))},
            {"id": agent.get("id"), "name": text(agent, "name"), "quality": "agent"}
            | {"quality_label": text(agent, "quality")},
        ],
        "presence": _coded(body.get("presence"), "presences", wording),
        "companions": [
            {"name": text(one, "name")} | _coded(one.get("quality"), "companions", wording)
            for one in things(body, "companions")
        ],
        "presented": [_coded(code, "points", wording) for code in codes(body, "presented")],
        "opinions": [
            {"criterion": text(one, "criterion"), "criterion_label": text(one, "label")}
            | _coded(one.get("opinion"), "opinions", wording)
            for one in things(body, "opinions")
        ],
        "outcome": _outcome(body, wording),
        "reasons": _reasons(body, wording),
        "words": text(body, "words"),
        "questions": [
            {"text": text(one, "text")} | _coded(one.get("topic"), "topics", wording)
            for one in things(body, "questions")
        ],
        "documents": [_coded(code, "documents", wording) for code in codes(body, "documents")],
        "papers": [
            {"at": one.get("at")} | _coded(one.get("paper"), "papers", wording) for one in things(body, "papers")
        ],
        "offer": body.get("offer"),
        "answer": _coded(body.get("answer"), "answers", wording, "words") if kind == ANSWER else None,
        "photos": [],
        "labels": {
            "kind": wording.pick(mapping(words.get("texts")).get("answer" if kind == ANSWER else "slip")),
            "outcomes": wording.labels("outcomes"),
        },
        "said": _said(kind, body, words, wording),
        "articles": dict(mapping(words.get("articles"))),
        "read_on": words.get("read_on"),
    }


def consent(kind: str, decision: str, catalogue: Mapping[str, Any], language: str) -> str:
    """The sentence that a person accepts with a signature, or that says why there is none."""
    words = mapping(catalogue.get("visits"))
    texts = mapping(mapping(words.get("consent")).get("answer" if kind == ANSWER else "slip"))
    return Wording(words, language).pick(texts.get(decision))


def _outcome(body: Mapping[str, Any], wording: Wording) -> Json | None:
    if body.get("outcome") is None:
        return None
    return _coded(body.get("outcome"), "outcomes", wording, "words") | {"due": body.get("due")}


def _reasons(body: Mapping[str, Any], wording: Wording) -> list[Json]:
    """The principal reason first, then the others in the order in which they were given."""
    principal = body.get("principal")
    given = sorted(codes(body, "reasons"), key=lambda code: code != principal)
    return [_coded(code, "reasons", wording) | {"principal": code == principal} for code in given]


def _said(kind: str, body: Mapping[str, Any], words: Mapping[str, Any], wording: Wording) -> list[Json]:
    """What the document tells the candidate, sentence by sentence, with the days written out."""
    texts, offer = mapping(words.get("texts")), body.get("offer")
    told: list[str] = []
    if kind == ANSWER:
        told += ["answer_binds", "answer_free", "after_yes" if body.get("answer") == "accepts" else "after_no"]
        told += ["dalo"] if mapping(offer).get("dalo") is True and body.get("answer") == "refuses" else []
    else:
        told += ["opinion_only", "reply_clock" if isinstance(offer, Mapping) else "no_offer"]
        told += ["dalo"] if mapping(offer).get("dalo") is True else []
        told += ["thinking_until"] if body.get("outcome") == "thinking" and body.get("due") else []
    days = {
        "notified": day(mapping(offer).get("notified_on")),
        "until": day(mapping(offer).get("reply_by")),
        "due": day(body.get("due")),
    }
    found = []
    for code in told:
        sentence = wording.pick(texts.get(code))
        for name, value in days.items():
            sentence = sentence.replace(f"{{{name}}}", long_day(value, wording.language) if value else "…")
        found.append({"code": code, "text": sentence})
    return found


def _coded(code: object, table: str, wording: Wording, part: str = "label") -> Json:
    said = wording.pick(wording.row(table, code).get(part)) or wording.label(table, code)
    return {"code": code if isinstance(code, str) else "", "label": said}
