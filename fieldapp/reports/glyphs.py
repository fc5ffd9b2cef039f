"""Characters that no font of the report can draw, made visible: a box would break PDF/A and say nothing."""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TEXT_FONTS = ("IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf")
EMOJI_FONT = "NotoEmoji-Regular.ttf"

# What the text fonts hold for certain: reading their tables costs 50 ms, and most reports need nothing else.
_KNOWN = frozenset(
    [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1EA0, 0x1EFA)] + [ord(c) for c in "\n\t\u202f\u2011–—‘’“”•…€−→✓"]
)
# What changes the look of the character before it and is nothing by itself.
_JOINERS = frozenset({0x200D, 0xFE0E, 0xFE0F})


class NoFonts(RuntimeError):
    """The fonts of the reports are not installed: `bin/setup` fetches them."""


def visible(text: str) -> str:
    """The text with every character that cannot be drawn written as `[U+XXXX]`.

    Letters with accents typed apart are put together first (NFC: the same text to a reader). The record keeps the text
    as it was given.
    """
    if all(ord(c) in _KNOWN for c in text):
        return text
    text = unicodedata.normalize("NFC", text)
    strange = {ord(c) for c in text} - _KNOWN
    drawable = _points(TEXT_FONTS) | _points((EMOJI_FONT,))
    lost = {point: f"[U+{point:04X}]" for point in strange - _JOINERS if point < 0x20 or point not in drawable}
    return text.translate({**lost, **dict.fromkeys(strange & _JOINERS, "")})


def needs_emoji(text: str) -> bool:
    """Whether the text holds a character that only the emoji font draws; that font is loaded for such a report alone."""
    strange = {ord(c) for c in text} - _KNOWN
    return bool(strange) and bool(strange - _points(TEXT_FONTS))


@cache
def _points(names: Iterable[str]) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    tables = []
    for name in names:
        with TTFont(_font(name), lazy=True) as font:
            tables.append(set(font.getBestCmap()))
    return frozenset(set.intersection(*tables))


def _font(name: str) -> Path:
    path = FONTS / name
    if not path.is_file():
        raise NoFonts(name)
    return path
