"""What may be written about a visit: nothing about persons but whether they came and what they say of a dwelling."""

from fieldapp.domain import addendum_vocabulary as addendum
from fieldapp.domain import technical_vocabulary as technical
from fieldapp.domain.act import Method
from fieldapp.domain.photo import Source
from fieldapp.domain.root_vocabulary import RootVocabulary
from fieldapp.domain.value_shape import (
    Shape,
    anything,
    code,
    day,
    flag,
    many,
    maybe,
    moment,
    one_of,
    sha256,
    text,
    thing,
    uuid,
    whole,
    word,
)
from fieldapp.domain.visit import Answer, DocumentKind, End, Outcome, Presence, Quality
from fieldapp.domain.vocabulary import LABEL, MARKS, NOTE, PICTURE, THUMB, WITHDRAWN, point

COMMENT = text(2000)
COMPANIONS = many(thing({"name": text(200), "quality": code}), 10)
OPINIONS = many(thing({"criterion": code, "label": text(200), "opinion": code}), 20)
PAPERS = many(thing({"paper": code, "at": moment}), 20)
CODES = many(code, 50)
OFFER = thing({"notified_on": day, "reply_by": day, "dalo": flag})

DOCUMENT = thing(
    {
        "document_kind": one_of(DocumentKind),
        "number": text(40, least=1),
        "language": word("fr", "en"),
        "made_at": moment,
        "candidate_id": uuid,
        "name": text(200, least=1),
        "unique_number": maybe(text(40)),
        "rank": maybe(whole(1, 999)),
        "presence": one_of(Presence),
        "companions": COMPANIONS,
        "presented": CODES,
        "opinions": OPINIONS,
        "outcome": maybe(one_of(Outcome)),
        "due": maybe(day),
        "principal": maybe(code),
        "reasons": CODES,
        "words": COMMENT,
        "questions": many(thing({"topic": code, "text": COMMENT}), 50),
        "documents": CODES,
        "papers": PAPERS,
        "offer": maybe(OFFER),
        "answer": maybe(one_of(Answer)),
    }
)
"""Everything that a slip or an answer says, in codes: what the record is built from."""


def _any(*shapes: Shape) -> Shape:
    return lambda value: any(shape(value) for shape in shapes)


ACT = thing(
    {
        "act_id": uuid,
        "visit_id": uuid,
        "document_id": uuid,
        "party_id": uuid,
        "name": text(200),
        "quality": one_of(Quality),
        "decision": word("signed", "refused"),
        "consent": text(4000),
        "record_sha256": sha256,
        "method": one_of(Method),
        "strokes": maybe(many(many(point, 20_000), 1000)),
        "typed_name": LABEL,
        "reason": NOTE,
        "witnesses": NOTE,
        "remarks": many(anything, 0),
        "at": moment,
        "device_id": uuid,
        "signature": text(200, least=1),
    }
)

VISIT = RootVocabulary(
    root="visit",
    fields={
        "visit": {
            "number": LABEL,
            "context": anything,
            "started_at": maybe(moment),
            "presented": CODES,
            "keys_back_at": maybe(moment),
            "ended": maybe(thing({"end": one_of(End), "reason": maybe(code), "at": moment})),
            **technical.ROOT,
            **addendum.ROOT,
        },
        **technical.FIELDS,
        **addendum.FIELDS,
        "attendance": {
            "presence": maybe(one_of(Presence)),
            "companions": COMPANIONS,
            "opinions": OPINIONS,
            "outcome": maybe(one_of(Outcome)),
            "due": maybe(day),
            "principal": maybe(code),
            "reasons": CODES,
            "words": COMMENT,
            "documents": CODES,
            "papers": PAPERS,
            "reply_clock_explained_at": maybe(moment),
            "dalo_explained_at": maybe(moment),
        },
        "question": {
            "body": thing({"candidate_id": maybe(uuid), "topic": code, "text": COMMENT}),
            "follow": maybe(word("answered", "office")),
            "deleted": flag,
        },
        "document": {
            "body": _any(DOCUMENT, technical.DOCUMENT, addendum.DOCUMENT),
            "closed": maybe(thing({"record_sha256": sha256, "at": moment, "acts": many(uuid, 10)})),
            "deleted": flag,
        },
        "act": {"body": ACT},
        "handover": {
            "body": thing(
                {
                    "document_id": uuid,
                    "party_id": uuid,
                    "channel": word("print", "email", "post"),
                    "at": moment,
                    "to": maybe(text(254)),
                    "done": flag,
                }
            )
        },
        "snag": {
            "place": maybe(code),
            "room_kind": maybe(code),
            "element_kind": maybe(code),
            "problem": maybe(code),
            "urgent": maybe(flag),
            "note": COMMENT,
            "at": moment,
            "deleted": flag,
        },
        "request": {"topic": maybe(code), "where": LABEL, "note": COMMENT, "at": moment, "deleted": flag},
        "photo": {
            "body": thing(
                {
                    "subject_kind": word("snag", "request", "point", "work", "meter", "amendment", "party"),
                    "subject_id": uuid,
                    "room_id": maybe(uuid),
                    "taken_at": moment,
                    "source": one_of(Source),
                    "archive": PICTURE,
                    "report": PICTURE,
                },
                {"thumb": THUMB},
            ),
            "caption": NOTE,
            "marks": MARKS,
            "withdrawn": WITHDRAWN,
            "deleted": flag,
        },
    },
    server_only=frozenset({("visit", "number"), ("visit", "context")}) | technical.SERVER_ONLY | addendum.SERVER_ONLY,
    weighty=frozenset(
        {("attendance", name) for name in ("presence", "outcome", "principal", "reasons")}
        | {("snag", "urgent"), ("snag", "problem"), ("work", "result"), ("meter", "index")}
    ),
)
