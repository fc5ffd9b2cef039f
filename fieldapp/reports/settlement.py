"""The values that the templates of an assessment and of a settlement letter show; nobody signed them, the office made them."""

import json
from typing import Any

from fieldapp.reports.document import LANGUAGES, UnusableRecord
from fieldapp.reports.evidence import Evidence
from sync import canonical

Json = dict[str, Any]

FORMAT = "fieldapp.settlement/1"
KINDS = frozenset({"assessment", "letter"})


def is_settlement(record: bytes) -> bool:
    """Whether these bytes are a settlement's document, rather than the record of an inventory."""
    return bool(json.loads(record).get("format") == FORMAT)


def values(record: bytes, evidence: Evidence) -> Json:
    """Everything that the templates show; raises UnusableRecord."""
    said: Json = json.loads(record)
    if said["kind"] not in KINDS:
        raise UnusableRecord(f"kind {said['kind']!r}")
    if said["language"] not in LANGUAGES:
        raise UnusableRecord(f"language {said['language']!r}")
    if not said["established_at"]:
        raise UnusableRecord("not dated")
    lines = said["lines"]
    return {
        "record": said,
        "context": said["context"],
        "record_sha": canonical.sha256_hex(record),
        "charged": [line for line in lines if line["due"] not in {None, "0.00"}],
        "free": [line for line in lines if line["due"] == "0.00"],
        "waiting": [line for line in lines if line["due"] is None],
        "acts": [],
        "photos": [],
        "evidence": evidence,
        "seal": evidence.seal,
        "demonstration": evidence.seal.demonstration or said["context"].get("demonstration") is True,
        "stamp": said["established_at"],
        "audit": json.loads(evidence.audit),
        "tablets": [],
    }
