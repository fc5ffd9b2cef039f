"""Arrows and circles over a photograph, as the paths of a vector drawing; the photograph itself stays byte for byte."""

import math
from collections.abc import Mapping
from typing import Any

from fieldapp.domain.photo_mark import BOX

_LEAST, _MOST, _SHARE, _ANGLE = 350, 1100, 0.35, math.pi / 7
"""An arrow's head: shortest, longest, its share of the arrow, and half its opening."""


def view_box(picture: Mapping[str, Any]) -> str:
    """The box in which a photograph's marks are drawn: its longest side has `BOX` units."""
    width, height = picture["width"], picture["height"]
    longest = max(width, height, 1)
    return f"0 0 {round(width * BOX / longest)} {round(height * BOX / longest)}"


def path(mark: Mapping[str, Any]) -> str:
    """One mark as the path of an SVG, drawn like `elements/marks-layer.js` does on the tablet."""
    x, y = mark["x"], mark["y"]
    if mark["shape"] == "circle":
        r = mark["r"]
        return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0"
    x2, y2 = mark["x2"], mark["y2"]
    length = min(_MOST, max(_LEAST, math.hypot(x - x2, y - y2) * _SHARE))
    back = math.atan2(y - y2, x - x2)
    left, right = (
        f"{x2 + length * math.cos(back + turn):.0f} {y2 + length * math.sin(back + turn):.0f}"
        for turn in (_ANGLE, -_ANGLE)
    )
    return f"M{x} {y}L{x2} {y2}M{left}L{x2} {y2}L{right}"
