"""Which photographs a report prints: those of its record, and of the entry those that stand beside a change."""

from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

CARDS = ("changed", "created", "replaced")


def printed(record: Mapping[str, Any]) -> list[Json]:
    """The photographs inside the report, each with its mark: `P01`… of this visit, then `E01`… of the entry.

    The entry's are those of what changed, was replaced or is gone, and the wide ones of each room. A function of the
    record alone: who verifies a report knows from it which images the file holds.
    """
    entry = record.get("entry") or {}
    wanted = set(_entry_marks(record)) if entry else set()
    return [
        *record["photos"],
        *(
            {**photo, "mark": entry_mark(photo["mark"])}
            for photo in entry.get("photos", ())
            if photo["mark"] in wanted and photo.get("report")
        ),
    ]


def entry_mark(mark: str) -> str:
    """The mark under which a photograph of the entry is printed: `P05` of the entry is `E05` here."""
    return f"E{mark[1:]}"


def _entry_marks(record: Mapping[str, Any]) -> Iterator[str]:
    for room in record["rooms"]:
        for source in room["from"]:
            yield from source["photos"]
        for element in room["elements"]:
            if element["change"] in CARDS and element["entry"]:
                yield from element["entry"]["photos"]
        for column in room["removed"]:
            yield from column["photos"]
    for room in record["removed"]["rooms"]:
        yield from room["photos"]
        for column in room["elements"]:
            yield from column["photos"]
