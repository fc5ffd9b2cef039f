"""What a move-out starts from: the signed record of the entry, taken apart thing by thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fieldapp.domain.entry import Origin
from fieldapp.domain.local_day import local_day
from fieldapp.domain.progress import outcome

Json = dict[str, Any]
Record = Mapping[str, Any]
Seed = tuple[str, str, Json]
"""Entity, its kind, its fields."""

_PHOTO = ("mark", "id", "subject_kind", "subject_id", "room_label", "subject_label", "caption", "taken_at", "report")
_ELEMENT = (
    "id",
    "ref",
    "kind",
    "label",
    "material",
    "state",
    "state_label",
    "defects",
    "defect_labels",
    "working",
    "cleanliness",
    "quantity",
    "note",
    "promise",
    "photos",
)
_METER = ("id", "kind", "label", "serial", "unit", "index", "index_low", "state", "reason", "photos")
_KEY = ("id", "kind", "label", "destination", "quantity", "number", "photos")
_EQUIPMENT = (
    "id",
    "kind",
    "label",
    "present",
    "place",
    "installed_on",
    "tested",
    "energy",
    "scope",
    "last_maintenance",
    "certificate_seen",
    "note",
    "photos",
)


def header_of(record: Record, sha256: str, acts: Sequence[Record]) -> Json:
    """The field `entry` of the move-out: which inventory it stands on. `sha256` is that of the record's canonical bytes."""
    established_at = record["established_at"]
    day = local_day(established_at, record["zone"])
    return {
        "origin": Origin.SEALED.value,
        "inventory_id": record["id"],
        "number": record["number"],
        "record_sha256": sha256,
        "established_at": established_at,
        "established_on": day.isoformat() if day else None,
        "outcome": outcome({"record_sha256": sha256}, acts).value,
        "language": record["language"],
        "catalogue_version": record["catalogue_version"],
        "photos": [_photo(photo) for photo in record["photos"]],
        "scan": [],
    }


def no_entry(origin: Origin) -> Json:
    """The field `entry` when nothing signed is there to stand on."""
    empty = ("inventory_id", "record_sha256", "established_at", "established_on", "outcome", "catalogue_version")
    return {"origin": origin.value, "number": "", "language": "", "photos": [], "scan": [], **dict.fromkeys(empty)}


def seeds_of(record: Record, acts: Sequence[Record]) -> Iterator[Seed]:
    """Each thing of the entry with what it is and, in `entry`, how it was: nothing is filled in as the exit's state.

    The entry's remarks come along where they were made, in the party's own words and without a name.
    """
    remarks = _remarks(record, acts)
    for position, room in enumerate(record["rooms"], 1):
        entry = {**_only(room, ("id", "no", "kind", "label", "photos")), "remarks": remarks.get(room["id"], [])}
        yield (
            room["id"],
            "room",
            {"room_kind": room["kind"], "label": room["label"], "position": position, "entry": entry},
        )
        for place, element in enumerate(room["elements"], 1):
            yield element["id"], "element", _element(room, place, element, remarks.get(element["id"], []))
    for position, meter in enumerate(record["meters"], 1):
        own = _only(meter, ("label", "serial", "place", "point", "unit"))
        yield (
            meter["id"],
            "meter",
            {"meter_kind": meter["kind"], **own, "position": position, "entry": _only(meter, _METER)},
        )
    for position, key in enumerate(record["keys"], 1):
        own = _only(key, ("label", "destination", "number"))
        yield key["id"], "key", {"key_kind": key["kind"], **own, "position": position, "entry": _only(key, _KEY)}
    for position, thing in enumerate(record["equipment"], 1):
        own = _only(thing, ("label", "place", "installed_on", "energy", "scope"))
        yield (
            thing["id"],
            "equipment",
            {"equipment_kind": thing["kind"], **own, "position": position, "entry": _only(thing, _EQUIPMENT)},
        )


def _element(room: Record, place: int, element: Record, remarks: list[Json]) -> Json:
    where = _only(room, ("id", "no", "label"))
    return {
        "room_id": room["id"],
        "element_kind": element["kind"],
        "label": element["label"],
        "position": place,
        "material": element["material"],
        "entry": {**_only(element, _ELEMENT), "room": where, "remarks": remarks},
    }


def _photo(photo: Record) -> Json:
    """A photograph of the entry; the arrows and circles of one that was drawn on come along."""
    return {**_only(photo, _PHOTO), **({"marks": photo["marks"]} if "marks" in photo else {})}


def _remarks(record: Record, acts: Sequence[Record]) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for act in sorted(acts, key=lambda act: (act["at"], act["act_id"])):
        for remark in act["remarks"]:
            subject = remark["subject_id"] or record["id"]
            found.setdefault(subject, []).append({"quality": act["quality"], "text": remark["text"]})
    return found


def _only(values: Record, names: Sequence[str]) -> Json:
    return {name: values[name] for name in names}
