"""The events that are published: their types, and the JSON Schema that each of them keeps."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

Json = dict[str, Any]

VERSION = 1
TYPES = ("inventory.sealed", "inventory.accepted", "record.corrected", "connector.tried")


def envelope(event_id: str, kind: str, sequence: int, timestamp: str, subject_id: str, data: Json) -> Json:
    """An event as it is sent.

    `id` is the same at every try: who has seen it has nothing to do. `sequence` grows with the events of a landlord: of
    two about one subject the higher one is the later, in whichever order they arrive.
    """
    return {
        "version": VERSION,
        "id": event_id,
        "type": kind,
        "sequence": sequence,
        "timestamp": timestamp,
        "subject_id": subject_id,
        "data": data,
    }


@cache
def schema(kind: str) -> Json:
    """The JSON Schema (2020-12) of the events of one type; raises `KeyError` for an unknown type."""
    if kind not in TYPES:
        raise KeyError(kind)
    found: Json = json.loads(files("sync.record").joinpath(f"schemas/{kind}.json").read_text(encoding="utf-8"))
    return found
