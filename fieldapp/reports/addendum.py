"""The values that the template of an addendum shows, worked out from the record and its acts."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.domain.addendum_record import ADDENDUM, FORMAT
from fieldapp.reports import technical
from fieldapp.reports.evidence import Evidence

Json = dict[str, Any]


def is_addendum(record: bytes) -> bool:
    """Whether these bytes are the record of an addendum."""
    return bool(json.loads(record).get("format") == FORMAT)


def values(record: bytes, acts: bytes, files: Mapping[str, Path], evidence: Evidence) -> Json:
    """Everything that the template shows; raises UnusableRecord."""
    return technical.values(record, acts, files, evidence, kinds=frozenset({ADDENDUM}))
