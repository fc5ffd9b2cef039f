"""Rows of photographs that fill the width of the page and leave no ragged end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Photo = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """Photographs side by side in equal columns; two have their captions beside them, three and four below."""

    photos: tuple[Photo, ...]
    columns: int


def rows(photos: Sequence[Photo]) -> list[Row]:
    """Splits photographs into rows, each as wide as the page; one alone stands as if there were a second."""
    cut = sizes(len(photos))
    starts = [sum(cut[:index]) for index in range(len(cut))]
    return [Row(tuple(photos[start : start + size]), max(size, 2)) for start, size in zip(starts, cut, strict=True)]


def sizes(count: int) -> list[int]:
    """Rows of four, then as many rows of three as make the sum; only 1, 2 and 5 photographs need a row of less."""
    if count in {1, 2}:
        return [count]
    if count == 5:
        return [3, 2]
    threes = -count % 4
    return [4] * ((count - 3 * threes) // 4) + [3] * threes
