"""The values that the template of a convocation by letter shows; nobody signed it, the office wrote it."""

import json
from typing import Any

from fieldapp.reports.document import LANGUAGES, UnusableRecord
from fieldapp.reports.evidence import Evidence
from sync import canonical

Json = dict[str, Any]

FORMAT = "fieldapp.convocation/1"


def is_convocation(record: bytes) -> bool:
    """Whether these bytes are a convocation, rather than the record of an inventory."""
    return bool(json.loads(record).get("format") == FORMAT)


def values(record: bytes, evidence: Evidence) -> Json:
    """Everything that the template shows; raises UnusableRecord."""
    said: Json = json.loads(record)
    if said["language"] not in LANGUAGES:
        raise UnusableRecord(f"language {said['language']!r}")
    return {
        "record": said,
        "context": said["context"],
        "record_sha": canonical.sha256_hex(record),
        "acts": [],
        "photos": [],
        "evidence": evidence,
        "seal": evidence.seal,
        "demonstration": evidence.seal.demonstration or said["context"].get("demonstration") is True,
        "stamp": said["established_at"],
        "audit": json.loads(evidence.audit),
        "tablets": [],
    }
