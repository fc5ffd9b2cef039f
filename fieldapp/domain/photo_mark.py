"""Arrows and circles that point at something on a photograph: drawn over it as vectors, never into it."""

from collections.abc import Mapping
from typing import Any

BOX = 10_000
"""The longest side of every photograph; the other side has as many units as the picture's shape leaves it."""

MOST = 20

SHAPES: Mapping[str, tuple[str, ...]] = {"arrow": ("x", "y", "x2", "y2"), "circle": ("x", "y", "r")}
"""A shape's measures, whole numbers from 0 to `BOX`: an arrow from its tail to its tip, a circle by centre and radius."""


def marks_of(value: object) -> list[dict[str, Any]]:
    """What the field `marks` of a photograph draws; whatever is no such shape is left out."""
    found = value if isinstance(value, list) else []
    return [
        {"shape": mark["shape"], **{name: mark[name] for name in SHAPES[mark["shape"]]}}
        for mark in found
        if isinstance(mark, Mapping) and is_mark(mark)
    ]


def is_mark(value: Mapping[str, Any]) -> bool:
    """Whether an object is a shape with its measures; more members than these are allowed and mean nothing."""
    measures = SHAPES.get(value.get("shape", "")) if isinstance(value.get("shape"), str) else None
    return measures is not None and all(type(value.get(name)) is int and 0 <= value[name] <= BOX for name in measures)
