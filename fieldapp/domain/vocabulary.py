"""What may be written about an inventory: the kinds of its entities, their fields, and the shape of each value."""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.act import BOX, Decision, Method
from fieldapp.domain.cause import Cause
from fieldapp.domain.condition import Cleanliness, State, Working
from fieldapp.domain.equipment import EquipmentKind, Tested
from fieldapp.domain.inventory import InventoryKind
from fieldapp.domain.keys_return import KeysReturn
from fieldapp.domain.meter import MeterKind, MeterState
from fieldapp.domain.new_address import AddressAnswer
from fieldapp.domain.party import Bond, Quality
from fieldapp.domain.photo import Source, SubjectKind
from fieldapp.domain.photo_mark import MOST as MOST_MARKS
from fieldapp.domain.photo_mark import SHAPES, is_mark
from fieldapp.domain.price_list import Unit
from fieldapp.domain.review import CommentOn
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

LABEL = maybe(text(200))
NOTE = maybe(text(4000))
POSITION = whole(-1_000_000, 1_000_000)

PICTURE = thing(
    {"sha256": sha256, "bytes": whole(1, 25_000_000), "width": whole(1, 20_000), "height": whole(1, 20_000)}
)
THUMB = thing(
    {"sha256": sha256, "bytes": whole(1, 25_000_000)}, {"width": whole(1, 20_000), "height": whole(1, 20_000)}
)
SUBJECT = {"subject_kind": one_of(SubjectKind), "subject_id": maybe(uuid)}
POINT_MILLISECONDS = 86_400_000


def point(value: Any) -> bool:
    """A point of a drawn stroke: x and y in the box, milliseconds since the first point."""
    x_y_t = (whole(0, BOX[0]), whole(0, BOX[1]), whole(0, POINT_MILLISECONDS))
    return isinstance(value, list) and len(value) == 3 and all(map(lambda fits, part: fits(part), x_y_t, value))


def _mark(value: Any) -> bool:
    return isinstance(value, dict) and is_mark(value) and value.keys() == {"shape", *SHAPES[value["shape"]]}


MARKS = maybe(many(_mark, MOST_MARKS))
WITHDRAWN = thing({"reason": word("blurred"), "at": moment, "replaced_by": uuid})

ACT = thing(
    {
        "act_id": uuid,
        "inventory_id": uuid,
        "party_id": uuid,
        "name": text(200),
        "quality": one_of(Quality),
        "decision": one_of(Decision),
        "consent": text(4000),
        "record_sha256": sha256,
        "remarks": many(thing({**SUBJECT, "text": text(4000)}), 500),
        "method": one_of(Method),
        "strokes": maybe(many(many(point, 20_000), 1000)),
        "typed_name": LABEL,
        "reason": NOTE,
        "witnesses": NOTE,
        "at": moment,
        "device_id": uuid,
        "signature": text(200, least=1),
    },
    {"also_for": many(uuid, 1)},
)

FROM = many(uuid, 20)

ESTIMATE = thing(
    {
        "code": text(200, least=1),
        "label": text(200),
        "unit": one_of(Unit),
        "quantity": whole(1, 100_000_000),
        "price": whole(0, 100_000_000),
        "vat": whole(0, 10_000),
    }
)
"""A work of the price list that would repair it: hundredths of the unit, cents before tax, hundredths of a percent."""


def typed(members: Mapping[str, Shape]) -> Shape:
    """What somebody read from an entry inventory on paper, and whether it was confirmed."""
    return maybe(thing({"confirmed": flag}, members))


FIELDS: Mapping[str, Mapping[str, Shape]] = {
    "inventory": {
        "kind": one_of(InventoryKind),
        "number": LABEL,
        "appointment_id": maybe(uuid),
        "dwelling_id": maybe(uuid),
        "tenancy_id": maybe(uuid),
        "lease_kind": code,
        "language": word("fr", "en"),
        "context": anything,
        "established_at": maybe(moment),
        "keys_handed_at": maybe(moment),
        "started_at": maybe(moment),
        "house_catalogue": maybe(sha256),
        "insurance": maybe(thing({"seen": flag}, {"insurer": LABEL, "expires": maybe(day)})),
        "remark": NOTE,
        "interruption": maybe(thing({"reason": code, "at": moment}, {"text": NOTE})),
        "entry": anything,
        "typed_entry": maybe(thing({"on": maybe(day)})),
        "proposal": anything,
        "keys_returned": maybe(thing({"how": one_of(KeysReturn), "on": maybe(day), "proof": text(1000)})),
        "closed": maybe(thing({"record_sha256": sha256, "at": moment, "acts": many(uuid, 100)})),
    },
    "room": {
        "room_kind": code,
        "label": LABEL,
        "position": POSITION,
        "preset": maybe(code),
        "entry": anything,
        "from": FROM,
        "deleted": flag,
    },
    "element": {
        "room_id": uuid,
        "element_kind": code,
        "label": LABEL,
        "position": POSITION,
        "material": LABEL,
        "material_confirmed": maybe(flag),
        "state": maybe(one_of(State)),
        "filled_at_one_touch": maybe(flag),
        "defects": maybe(many(code, 50)),
        "working": maybe(one_of(Working)),
        "cleanliness": maybe(one_of(Cleanliness)),
        "quantity": maybe(whole(0, 9999)),
        "note": NOTE,
        "promise": maybe(thing({"text": text(1000), "due": maybe(day)})),
        "entry": anything,
        "typed_entry": typed(
            {
                "state": maybe(one_of(State)),
                "material": LABEL,
                "defects": maybe(many(code, 50)),
                "working": maybe(one_of(Working)),
                "cleanliness": maybe(one_of(Cleanliness)),
                "quantity": maybe(whole(0, 9999)),
                "note": NOTE,
            }
        ),
        "advice": maybe(thing({"text": text(1000), "due": maybe(day)})),
        "advised": anything,
        "proposed": anything,
        "works": maybe(thing({"on": maybe(day), "document": text(400)})),
        "from": FROM,
        "deleted": flag,
    },
    "meter": {
        "meter_kind": one_of(MeterKind),
        "label": LABEL,
        "serial": LABEL,
        "place": LABEL,
        "point": LABEL,
        "unit": LABEL,
        "index": LABEL,
        "index_low": LABEL,
        "state": maybe(one_of(MeterState)),
        "reason": NOTE,
        "entry": anything,
        "typed_entry": typed({"index": LABEL, "index_low": LABEL, "serial": LABEL, "state": maybe(one_of(MeterState))}),
        "position": POSITION,
        "deleted": flag,
    },
    "key": {
        "key_kind": code,
        "label": LABEL,
        "destination": LABEL,
        "quantity": maybe(whole(0, 999)),
        "number": LABEL,
        "confirmed": maybe(flag),
        "entry": anything,
        "typed_entry": typed({"quantity": maybe(whole(0, 999))}),
        "position": POSITION,
        "deleted": flag,
    },
    "equipment": {
        "equipment_kind": one_of(EquipmentKind),
        "label": LABEL,
        "present": maybe(flag),
        "place": LABEL,
        "installed_on": maybe(day),
        "tested": maybe(one_of(Tested)),
        "energy": LABEL,
        "scope": maybe(text(40)),
        "last_maintenance": maybe(day),
        "certificate_seen": maybe(flag),
        "note": NOTE,
        "entry": anything,
        "typed_entry": typed({"present": maybe(flag), "tested": maybe(one_of(Tested)), "last_maintenance": maybe(day)}),
        "position": POSITION,
        "deleted": flag,
    },
    "party": {
        "name": LABEL,
        "quality": one_of(Quality),
        "represents": maybe(uuid),
        "spouse": maybe(uuid),
        "bond": maybe(one_of(Bond)),
        "mandate": NOTE,
        "domicile": maybe(text(400)),
        "present": maybe(flag),
        "identity_seen": maybe(code),
        "email": maybe(text(254)),
        "phone": maybe(text(40)),
        "new_address": maybe(thing({"answer": one_of(AddressAnswer), "text": text(400)})),
        "position": POSITION,
        "deleted": flag,
    },
    "photo": {
        "body": thing(
            {
                "subject_kind": one_of(SubjectKind),
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
    "remark": {"body": thing({"party_id": uuid, **SUBJECT, "text": text(4000)}), "deleted": flag},
    "alert": {
        "body": thing({"reason": code, "text": text(4000), "subject_id": maybe(uuid), "at": moment}),
        "decision": thing({"outcome": word("proceed", "stop"), "by": text(200), "at": moment, "reason": text(4000)}),
        "deleted": flag,
    },
    "assessment": {
        "subject_kind": one_of(SubjectKind),
        "subject_id": uuid,
        "cause": maybe(one_of(Cause)),
        "note": NOTE,
        "estimate": maybe(ESTIMATE),
        "deleted": flag,
    },
    "comment": {
        "body": thing(
            {
                "subject_kind": one_of(CommentOn),
                "subject_id": uuid,
                "text": text(2000, least=1),
                "wants": word("correction", "addendum"),
                "by": text(200),
                "at": moment,
            }
        ),
        "answer": maybe(thing({"done": flag, "text": text(2000), "at": moment})),
        "deleted": flag,
    },
    "act": {"body": ACT},
    "handover": {
        "body": thing(
            {
                "party_id": uuid,
                "channel": word("print", "email", "post", "link", "qr"),
                "at": moment,
                "to": maybe(text(254)),
                "done": flag,
            }
        )
    },
}
"""Kind to field to shape. A body is written once; everything else is a register that the latest write fills."""

BODY = "body"

SERVER_ONLY = frozenset(
    {("inventory", name) for name in ("kind", "number", "appointment_id", "dwelling_id", "tenancy_id", "lease_kind")}
    | {("inventory", "context"), ("alert", "decision"), ("comment", "body"), ("comment", "deleted")}
    | {("inventory", "proposal"), ("element", "advised"), ("element", "proposed")}
    | {(kind, "entry") for kind in ("inventory", "room", "element", "meter", "key", "equipment")}
)
"""What the office knows or decides: a tablet reads it and never writes it."""

AFTER_CLOSING = frozenset({"handover", "assessment", "comment"})
"""Kinds that are no part of the record, a journal, an opinion or a question of the office: still written when the inventory never changes again."""

AFTER_SIGNING = AFTER_CLOSING | {"act", "alert"}
"""Kinds that any tablet still writes while a signed record is on its way: a danger outweighs a signature."""

WEIGHTY = frozenset(
    {
        ("element", name)
        for name in ("state", "defects", "working", "quantity", "material", "promise", "works", "deleted")
    }
    | {("meter", name) for name in ("index", "index_low", "state", "serial")}
    | {("key", name) for name in ("quantity", "destination", "number")}
    | {("inventory", "keys_returned"), ("party", "new_address"), ("assessment", "cause")}
    | {(kind, "typed_entry") for kind in ("element", "meter", "key", "equipment")}
)
"""Where two devices that disagree matter to what is owed: a person of the office looks at the conflict."""


INVENTORY = RootVocabulary(
    root="inventory", fields=FIELDS, server_only=SERVER_ONLY, weighty=WEIGHTY, after_closing=AFTER_CLOSING
)
