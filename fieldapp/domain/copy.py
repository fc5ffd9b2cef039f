"""A copy of the sealed report: who is to be handed one (loi 89-462 art. 3-2: each party or its proxy)."""

from collections.abc import Mapping
from typing import Any

from fieldapp.domain.party import Quality

TAKERS = frozenset({Quality.TENANT, Quality.CO_TENANT, Quality.PROXY, Quality.GUARDIAN})
"""The agent's own copy is the office's file; a witness is no party."""


def takes_a_copy(entity: Mapping[str, Any]) -> bool:
    """Whether an entity of the state is a living party that is to be handed a copy."""
    fields = entity["fields"]
    return entity["kind"] == "party" and not fields.get("deleted") and fields.get("quality") in TAKERS
