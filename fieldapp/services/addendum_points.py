"""What an addendum is about, as the office reads it on the page of its appointment: points asked for, then those signed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fieldapp.domain.visit import DocumentKind
from fieldapp.records.visit_document import VisitDocument

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One point with the original's words; what is empty is not said."""

    name: str
    before: str
    asked: str
    state: str | None
    defects: Sequence[str]
    index: str
    index_low: str
    quantity: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Amended:
    """What is completed and what is asked; `points` are those of the document once one is `signed`."""

    original: Json
    request: Json
    points: tuple[Point, ...]
    signed: bool


def amended(root: Json, documents: Sequence[VisitDocument], entities: Mapping[str, Any]) -> Amended | None:
    """The addendum of a visit's root fields, None for another visit; `entities` are those of its state."""
    original = root.get("original")
    if original is None:
        return None
    parts = {part["id"]: part for part in original["parts"]}
    made = [one.id for one in documents if one.kind == DocumentKind.ADDENDUM]
    if made:
        body = entities[made[-1]]["fields"]["body"]
        points = [_point(one, parts.get(one["subject_id"])) for one in body["amendments"]]
    else:
        fields = [one["fields"] for one in entities.values() if one["kind"] == "amendment"]
        asked = sorted((one for one in fields if one.get("asked")), key=lambda one: int(one["position"]))
        points = [_point(one, parts.get(one["subject"]["id"])) for one in asked]
    return Amended(original, root["request"], tuple(points), signed=bool(made))


def _point(said: Json, part: Json | None) -> Point:
    return Point(
        name=", ".join(word for word in ((part or {}).get("where"), (part or {}).get("label")) if word),
        before=(part or {}).get("said") or "",
        asked=said.get("asked") or "",
        state=said.get("state"),
        defects=tuple(said.get("defects") or ()),
        index=said.get("index") or "",
        index_low=said.get("index_low") or "",
        quantity=said.get("quantity"),
        note=said.get("note") or "",
    )
