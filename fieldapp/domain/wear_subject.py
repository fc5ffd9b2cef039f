"""How a sentence about an element's age begins, with the right article: *La peinture avait*."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def subject(element_kind: str, label: str) -> dict[str, str]:
    """`{fr, en}` for a kind of element; a kind that only the landlord's grid knows is named by the grid's own label."""
    known = _subjects().get(element_kind)
    return dict(known) if known else {"fr": f"« {label} » avait", "en": f"“{label}” was"}


@cache
def _subjects() -> Mapping[str, Mapping[str, str]]:
    table: Mapping[str, Mapping[str, str]] = json.loads(
        files("fieldapp.domain").joinpath("data/wear_subjects.json").read_bytes()
    )
    return table
