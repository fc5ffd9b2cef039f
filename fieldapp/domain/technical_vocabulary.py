"""What may be written about a technical visit: its checklist, its works, its meters, and the document that is signed."""

from collections.abc import Mapping

from fieldapp.domain.meter import MeterState
from fieldapp.domain.value_shape import Shape, anything, code, day, flag, many, maybe, moment, text, thing, uuid, word
from fieldapp.domain.vocabulary import LABEL, MARKS, NOTE, PICTURE, POSITION

COMMENT = text(2000)
RESULT = word("done", "reserved", "not_done")
ANSWER = word("yes", "no", "none")
DATED = word("installed_on", "renewed_on")
KINDS = ("acceptance", "vacant_check")
PURPOSES = (*KINDS, "addendum")

FIRM = thing({"id": uuid, "company": text(200), "person": text(200), "present": flag})
METER = thing({"label": text(200), "meter_kind": code, "serial": text(40), "unit": text(20), "two_indexes": flag})
WORK = thing({"title": text(400), "where": text(400), "element_kind": maybe(code), "urgent": flag})

PHOTOS = many(
    thing(
        {
            "id": uuid,
            "subject_id": uuid,
            "taken_at": moment,
            "caption": text(4000),
            "marks": MARKS,
            "report": PICTURE,
            "archive": PICTURE,
        }
    ),
    300,
)
"""The photographs that a document shows."""

DOCUMENT = thing(
    {
        "document_kind": word(*KINDS),
        "number": text(40, least=1),
        "language": word("fr", "en"),
        "made_at": moment,
        "firm": maybe(FIRM),
        "words": COMMENT,
        "points": many(thing({"id": uuid, "code": code, "answer": maybe(ANSWER), "note": COMMENT}), 60),
        "works": many(
            thing(
                {
                    "id": uuid,
                    "title": text(400),
                    "where": text(400),
                    "result": RESULT,
                    "note": COMMENT,
                    "element": maybe(thing({"id": uuid, "label": text(400), "dated": DATED, "on": day})),
                }
            ),
            200,
        ),
        "readings": many(
            thing(
                {
                    "id": uuid,
                    "label": text(200),
                    "serial": text(40),
                    "state": code,
                    "index": text(40),
                    "index_low": text(40),
                    "unit": text(20),
                    "reason": COMMENT,
                }
            ),
            30,
        ),
        "snags": many(thing({"id": uuid, "label": text(400), "note": COMMENT, "urgent": flag}), 100),
        "photos": PHOTOS,
    }
)
"""Everything that an acceptance of works or the check of a vacant dwelling says: what the record is built from."""

FIELDS: Mapping[str, Mapping[str, Shape]] = {
    "point": {"code": code, "position": POSITION, "answer": maybe(ANSWER), "note": COMMENT},
    "work": {
        "about": WORK,
        "position": POSITION,
        "title": LABEL,
        "result": maybe(RESULT),
        "note": COMMENT,
        "element_id": maybe(uuid),
        "dated": maybe(DATED),
        "at": moment,
        "deleted": flag,
    },
    "meter": {
        "about": METER,
        "position": POSITION,
        "state": maybe(lambda value: value in list(MeterState)),
        "index": text(40),
        "index_low": text(40),
        "reason": NOTE,
    },
}

ROOT: Mapping[str, Shape] = {"purpose": word(*PURPOSES), "rooms": anything, "firm": maybe(FIRM), "words": COMMENT}
"""What the root of a visit says besides when it is a technical one."""

SERVER_ONLY = frozenset(
    {("visit", "purpose"), ("visit", "rooms"), ("point", "code"), ("work", "about"), ("meter", "about")}
)
