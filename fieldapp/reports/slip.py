"""The values that the templates of a visit slip and of a formal answer show, worked out from the record and its acts."""

import json
from typing import Any

from fieldapp.domain.slip_record import ANSWER, FORMAT, SLIP
from fieldapp.reports.document import LANGUAGES, UnusableRecord, act_of, tablet_of
from fieldapp.reports.evidence import Evidence
from sync import canonical

Json = dict[str, Any]

KINDS = frozenset({SLIP, ANSWER})
_DWELLING = dict.fromkeys(("type", "area", "dpe", "heating", "annexes", "detail"))
_COSTS = dict.fromkeys(("rent", "charges", "aids", "deposit"))
_OFFERED = dict.fromkeys(("available_on", "floor", "lift", "climate"))


def is_slip(record: bytes) -> bool:
    """Whether these bytes are the record of a slip or an answer, rather than of an inventory."""
    return bool(json.loads(record).get("format") == FORMAT)


def values(record: bytes, acts: bytes, evidence: Evidence) -> Json:
    """Everything that the templates show; raises UnusableRecord."""
    said: Json = json.loads(record)
    if said["kind"] not in KINDS:
        raise UnusableRecord(f"kind {said['kind']!r}")
    if said["language"] not in LANGUAGES:
        raise UnusableRecord(f"language {said['language']!r}")
    if not said["established_at"]:
        raise UnusableRecord("not dated")
    bodies: list[Json] = json.loads(acts)
    return {
        "record": said,
        "context": said["context"],
        "dwelling": _DWELLING | (said["context"].get("dwelling") or {}),
        "costs": _COSTS | (said["context"].get("costs") or {}),
        "offered": _OFFERED | (said["context"].get("offered") or {}),
        "record_sha": canonical.sha256_hex(record),
        "acts": [act_of(body) for body in bodies],
        "signed": any(body["decision"] == "signed" for body in bodies),
        "photos": [],
        "evidence": evidence,
        "seal": evidence.seal,
        "demonstration": evidence.seal.demonstration or said["context"].get("demonstration") is True,
        "stamp": said["established_at"],
        "audit": json.loads(evidence.audit),
        "tablets": [tablet_of(key) for key in json.loads(evidence.keys)],
    }
