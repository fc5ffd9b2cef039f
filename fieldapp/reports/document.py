"""The values that a report's templates show, worked out from the record, its acts and the evidence."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fieldapp.domain.entry import EXITS
from fieldapp.reports import scan
from fieldapp.reports.comparing import compared
from fieldapp.reports.evidence import Evidence
from fieldapp.reports.outcome import decided
from fieldapp.reports.printed import printed
from sync import canonical

Json = dict[str, Any]

FORMAT = "fieldapp.record/1"
KINDS = frozenset({"move_in", "move_out", "pre_exit"})
LANGUAGES = frozenset({"fr", "en"})
STATES = ("new", "good", "worn", "poor", "out_of_order", "not_checked", "absent")
TABLES = ("meters", "keys", "equipment")
CLAUSE_ANCHORS = {
    "a": "title",
    "b": "title",
    "c": "title",
    "d": "parties",
    "e": "parties",
    "f": "meters",
    "g": "keys",
    "h": "rooms",
    "i": "signatures",
    "address": "parties",
    "entry_date": "parties",
    "changes": "rooms",
}
"""Where the report answers each item of décret 2016-382, art. 2, 1° and 2°."""


class UnusableRecord(ValueError):
    """The record cannot become a report: unknown format, kind or language, or a photograph without its file."""


def values(record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence) -> Json:
    """Everything that the templates show; `files` maps the SHA-256 of each 1000 px photograph to its file.

    Raises UnusableRecord.
    """
    said = _readable(record)
    bodies: list[Json] = json.loads(acts)
    photos = {photo["mark"]: photo_of(photo, files) for photo in printed(said)}
    galleries = _galleries(said, [photos[photo["mark"]] for photo in said["photos"]])
    elements = [element | {"room": room} for room in said["rooms"] for element in room["elements"]]
    is_exit = said["kind"] in EXITS
    return {
        "record": said,
        "is_exit": is_exit,
        "scan": scan.pages_of(said),
        "context": said["context"],
        "record_sha": canonical.sha256_hex(record),
        "acts": [act_of(body) | _also_for(said["parties"], body) for body in bodies],
        "people": _people(said["parties"], bodies),
        "decided": decided(bodies),
        "scale": _scale(said["labels"]["states"]),
        "photos": list(photos.values()),
        "galleries": galleries,
        "advices": [element for element in elements if element.get("advice")],
        "promises": [element for element in elements if element["promise"]],
        "detectors": [thing for thing in said["equipment"] if thing["kind"] == "smoke_detector"],
        "remarks": _remarks(said, bodies),
        "clauses": [
            (clause["code"], clause["text"], CLAUSE_ANCHORS.get(clause["code"])) for clause in said["legal"]["clauses"]
        ],
        "evidence": evidence,
        "seal": evidence.seal,
        "demonstration": evidence.seal.demonstration or said["context"].get("demonstration") is True,
        "stamp": said["established_at"],
        "audit": json.loads(evidence.audit),
        "tablets": [tablet_of(key) for key in json.loads(evidence.keys)],
        **(compared(said, photos, galleries) if is_exit else {"cards": []}),
    }


def marks_every_page(said: Json) -> bool:
    """Whether each page must say what this is: advice and no inventory, or an exit without a signed entry."""
    return said["kind"] in EXITS and (not said["contractual"] or said["entry"]["origin"] != "sealed")


def _readable(record: bytes) -> Json:
    said: Json = json.loads(record)
    if said.get("format") != FORMAT:
        raise UnusableRecord(f"format {said.get('format')!r}")
    if said["kind"] not in KINDS:
        raise UnusableRecord(f"kind {said['kind']!r}")
    if said["language"] not in LANGUAGES:
        raise UnusableRecord(f"language {said['language']!r}")
    if not said["established_at"]:
        raise UnusableRecord("not dated")
    if said["kind"] in EXITS and not said.get("entry"):
        raise UnusableRecord("an exit that does not say what it is compared with")
    return said


def photo_of(photo: Json, files: Mapping[str, Path]) -> Json:
    """A photograph with where its file is and how it stands; raises UnusableRecord."""
    file = photo["report"]
    if not file or file["sha256"] not in files:
        raise UnusableRecord(f"photograph {photo['mark']} has no file")
    return photo | {
        "url": files[file["sha256"]].absolute().as_uri(),
        "upright": file["height"] > file["width"],
        "label": photo["subject_label"] or photo["room_label"],
        "marks": photo.get("marks", []),
    }


def act_of(body: Json) -> Json:
    """An act with its own fingerprint."""
    return body | {"sha256": canonical.sha256_hex(canonical.dumps(body))}


def _also_for(parties: Sequence[Json], act: Json) -> Json:
    return {"also_for_names": [spouse["name"] for spouse in _for_both(parties, act)]}


def _for_both(parties: Sequence[Json], act: Json) -> list[Json]:
    """The spouse for whom this act is too: only whom the record itself says to be bound to who signed."""
    claimed = act.get("also_for", ())
    return [party for party in parties if party["id"] in claimed and party.get("spouse") == act["party_id"]]


def _scale(labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """States from best to worst, then what is no state; JSON objects keep no order."""
    known = [code for code in STATES if code in labels]
    return [(code, labels[code]) for code in (*known, *sorted(labels.keys() - set(known)))]


def _people(parties: Sequence[Json], acts: Sequence[Json]) -> list[Json]:
    names = {party["id"]: party["name"] for party in parties}
    by_party = {act["party_id"]: act for act in acts}
    for_both = {spouse["id"]: act for act in acts for spouse in _for_both(parties, act)}
    return [
        party
        | {
            "represented": names.get(party["represents"], ""),
            "bound_to": names.get(party.get("spouse"), ""),
            "act": by_party.get(party["id"]),
            "signed_by": "" if party["id"] in by_party else for_both.get(party["id"], {}).get("name", ""),
        }
        for party in parties
        if party["quality"] != "agent"
    ]


def _remarks(record: Json, acts: Sequence[Json]) -> list[Json]:
    subjects = _subjects(record)
    return [
        remark | {"about": subjects.get(remark.get("subject_id"), ""), "name": act["name"], "at": act["at"]}
        for act in acts
        for remark in act["remarks"]
    ]


def _subjects(record: Json) -> dict[str | None, str]:
    found: dict[str | None, str] = {}
    for room in record["rooms"]:
        found[room["id"]] = room["label"]
        for element in room["elements"]:
            found[element["id"]] = f"{room['label']}, {element['label']} (n° {element['ref']})"
    for table in TABLES:
        for thing in record[table]:
            found[thing["id"]] = thing["label"] or thing["kind_label"]
    return found


def _galleries(record: Json, photos: Sequence[Json]) -> dict[str, list[Json]]:
    """Photographs by the place where they are printed: a room's id, `meters`, `keys`, `equipment` or `other`."""
    places = {room["id"]: room["id"] for room in record["rooms"]}
    places |= {element["id"]: room["id"] for room in record["rooms"] for element in room["elements"]}
    places |= {thing["id"]: table for table in TABLES for thing in record[table]}
    found: dict[str, list[Json]] = {place: [] for place in [*places.values(), *TABLES, "other"]}
    for photo in photos:
        found[places.get(photo["subject_id"], "other")].append(photo)
    return found


def tablet_of(key: Json) -> Json:
    """The tablet that signed, by the fingerprint of its public key."""
    return {"device_id": key["device_id"], "sha256": canonical.sha256_hex(canonical.dumps(key["public_key"]))}
