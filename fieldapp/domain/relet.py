"""What a move-in may start from when the dwelling was given back a short time before: states to be confirmed one by one."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from fieldapp.domain.local_day import local_day

Json = dict[str, Any]

FRESH = timedelta(days=31)
"""An exit older than this says too little about today."""

_PROPOSED = ("state", "material", "defects", "working", "cleanliness", "quantity")
"""How the thing is. No word, remark, photograph, name or number of who lived there."""


def is_fresh(record: Mapping[str, Any], day: date) -> bool:
    """Whether an exit says something about a dwelling that is let again on this day."""
    left = local_day(record["established_at"], record["zone"])
    return left is not None and timedelta(0) <= day - left <= FRESH


def proposals_of(record: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Element and its field `proposed`; what was not checked proposes nothing."""
    for room in record["rooms"]:
        for element in room["elements"]:
            if element["state"] not in {None, "not_checked"}:
                yield element["id"], {name: element[name] for name in _PROPOSED}
