"""How wide a text is, and how many lines it takes: an estimate of what the layout will find, from the fonts' advances."""

import re
from functools import cache
from math import ceil

from fieldapp.reports.glyphs import FONTS, NoFonts

REGULAR, SEMIBOLD = "IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"

_PIECES = re.compile(r"[^ \n]*?[-–/](?=\w)|[^ \n]+? |[^ \n]+")
_UNKNOWN = 0.6


def width(text: str, size: float, font: str = REGULAR) -> float:
    """The width of a line in points at `size` points, kerning left out."""
    advances = _advances(font)
    return sum(advances.get(ord(c), _UNKNOWN) for c in text) * size


def lines(text: str, size: float, room: float, font: str = REGULAR) -> int:
    """How many lines of `room` points the text takes, broken at spaces and after hyphens; at least one."""
    count, used = 1, 0.0
    for piece in _PIECES.findall(" ".join(text.split(" ")).strip()):
        bare, full = width(piece.rstrip(" "), size, font), width(piece, size, font)
        if used and used + bare > room:
            count, used = count + 1, 0.0
        if bare > room:
            count += ceil(bare / room) - 1
            full = bare % room
        used += full
    return count


@cache
def _advances(name: str) -> dict[int, float]:
    from fontTools.ttLib import TTFont

    if not (FONTS / name).is_file():
        raise NoFonts(name)
    with TTFont(FONTS / name, lazy=True) as font:
        metrics, units = font["hmtx"].metrics, font["head"].unitsPerEm
        return {point: metrics[glyph][0] / units for point, glyph in font.getBestCmap().items()}
