"""Rows of photographs that fill the width of the page and leave no ragged end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Photo = dict[str, Any]

CROWD = 9
"""Above this number a room's photographs stand four in a row instead of three."""

_TAILS: dict[tuple[int, int], tuple[int, ...]] = {
    (3, 0): (),
    (3, 1): (2, 2),
    (3, 2): (2,),
    (4, 0): (),
    (4, 1): (3, 2),
    (4, 2): (2,),
    (4, 3): (3,),
}
"""How the last rows are cut, by the width of a full row and the number left over."""


@dataclass(frozen=True, slots=True)
class Row:
    """Photographs side by side in equal columns; two have their captions beside them, three and four below."""

    photos: tuple[Photo, ...]
    columns: int


def rows(photos: Sequence[Photo]) -> list[Row]:
    """Splits photographs into rows, each as wide as the page."""
    if len(photos) == 1:
        return [Row(tuple(photos), 2)]
    full = 4 if len(photos) > CROWD else 3
    tail = _TAILS[full, len(photos) % full]
    sizes = [full] * ((len(photos) - sum(tail)) // full) + list(tail)
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    return [Row(tuple(photos[start : start + size]), size) for start, size in zip(starts, sizes, strict=True)]
