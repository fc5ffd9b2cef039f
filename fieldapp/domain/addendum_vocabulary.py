"""What may be written about an addendum: its points, and the document that is signed."""

from collections.abc import Mapping

from fieldapp.domain.condition import State
from fieldapp.domain.technical_vocabulary import PHOTOS
from fieldapp.domain.value_shape import (
    Shape,
    anything,
    code,
    flag,
    many,
    maybe,
    moment,
    one_of,
    text,
    thing,
    uuid,
    whole,
    word,
)
from fieldapp.domain.vocabulary import POSITION

COMMENT = text(2000)
SUBJECT = word("general", "room", "element", "meter", "key", "equipment")
COUNT = whole(0, 999)

PERSON = thing(
    {
        "id": uuid,
        "name": text(200, least=1),
        "quality": word("tenant", "proxy"),
        "person": text(200),
        "mandate": text(200),
        "present": flag,
    }
)
"""A tenant of the original; `person` is who came with a mandate."""

DOCUMENT = thing(
    {
        "document_kind": word("addendum"),
        "number": text(40, least=1),
        "language": word("fr", "en"),
        "made_at": moment,
        "people": many(PERSON, 20),
        "amendments": many(
            thing(
                {
                    "id": uuid,
                    "subject_kind": SUBJECT,
                    "subject_id": maybe(uuid),
                    "state": maybe(one_of(State)),
                    "defects": many(code, 50),
                    "index": text(40),
                    "index_low": text(40),
                    "quantity": maybe(COUNT),
                    "note": COMMENT,
                }
            ),
            100,
        ),
        "photos": PHOTOS,
    }
)
"""Everything that an addendum says; the original's words are the server's, and not in it."""

FIELDS: Mapping[str, Mapping[str, Shape]] = {
    "amendment": {
        "asked": text(2000),
        "subject": thing({"kind": SUBJECT, "id": maybe(uuid)}),
        "position": POSITION,
        "state": maybe(one_of(State)),
        "defects": many(code, 50),
        "index": text(40),
        "index_low": text(40),
        "quantity": maybe(COUNT),
        "note": COMMENT,
        "at": moment,
        "deleted": flag,
    }
}

ROOT: Mapping[str, Shape] = {"original": anything, "request": anything, "people": many(PERSON, 20)}
"""What the root of a visit says besides when an addendum is made there."""

SERVER_ONLY = frozenset({("visit", "original"), ("visit", "request"), ("amendment", "asked")})
