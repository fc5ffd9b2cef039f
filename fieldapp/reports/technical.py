"""The values that the templates of a technical visit show, worked out from the record and its acts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.domain.technical_record import ACCEPTANCE, FORMAT, VACANT_CHECK
from fieldapp.reports.document import LANGUAGES, UnusableRecord, act_of, photo_of, tablet_of
from fieldapp.reports.evidence import Evidence
from sync import canonical

Json = dict[str, Any]

KINDS = frozenset({ACCEPTANCE, VACANT_CHECK})
_DWELLING = dict.fromkeys(("street", "postcode", "town", "detail", "type", "reference"), "")


def is_technical(record: bytes) -> bool:
    """Whether these bytes are the record of a technical visit."""
    return bool(json.loads(record).get("format") == FORMAT)


def values(
    record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence, kinds: frozenset[str] = KINDS
) -> Json:
    """Everything that the templates show; raises UnusableRecord."""
    said: Json = json.loads(record)
    if said["kind"] not in kinds:
        raise UnusableRecord(f"kind {said['kind']!r}")
    if said["language"] not in LANGUAGES:
        raise UnusableRecord(f"language {said['language']!r}")
    if not said["established_at"]:
        raise UnusableRecord("not dated")
    photos = [photo_of(photo, files) for photo in said["photos"]]
    bodies: list[Json] = json.loads(acts)
    return {
        "record": said,
        "context": said["context"],
        "dwelling": _DWELLING | (said["context"].get("dwelling") or {}),
        "record_sha": canonical.sha256_hex(record),
        "acts": [act_of(body) | {"also_for_names": []} for body in bodies],
        "photos": photos,
        "marks_of": _marks_of(photos),
        "evidence": evidence,
        "seal": evidence.seal,
        "demonstration": evidence.seal.demonstration or said["context"].get("demonstration") is True,
        "stamp": said["established_at"],
        "audit": json.loads(evidence.audit),
        "tablets": [tablet_of(key) for key in json.loads(evidence.keys)],
    }


def _marks_of(photos: list[Json]) -> dict[str, list[str]]:
    """The marks of the photographs of each thing."""
    found: dict[str, list[str]] = {}
    for photo in photos:
        found.setdefault(photo["subject_id"], []).append(photo["mark"])
    return found
