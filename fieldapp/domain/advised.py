"""What a visit before the exit leaves for the exit: the lines that a tenant could still put right."""

from collections.abc import Iterator, Mapping
from typing import Any

from fieldapp.domain.local_day import local_day

Json = dict[str, Any]


def advised_of(record: Mapping[str, Any]) -> Iterator[tuple[str, Json]]:
    """Element and its field `advised`, of what was advised or had changed when the visit was made.

    The move-out shows them beside the row: what was seen, what was said, and from which day.
    """
    on = local_day(record["established_at"], record["zone"])
    for room in record["rooms"]:
        for element in room["elements"]:
            if element["advice"] is None and element["change"] != "changed":
                continue
            yield (
                element["id"],
                {
                    "on": on.isoformat() if on else None,
                    "number": record["number"],
                    "state": element["state"],
                    "state_label": element["state_label"],
                    "defect_labels": element["defect_labels"],
                    "text": (element["advice"] or {}).get("text", ""),
                    "due": (element["advice"] or {}).get("due"),
                },
            )
