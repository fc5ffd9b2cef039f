"""What is counted or read: meters and keys."""

import random

from PIL import Image, ImageDraw

from fieldapp.demo.pictures.canvas import Colour, blank, mottle

RED_DIGITS = 3
LONG_INDEX = 6


def meter(rng: random.Random, index: str) -> Image.Image:
    """A meter that shows `index`."""
    image = mottle(blank((172, 168, 160)), rng, 0.12, 110)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((220, 90, 780, 670), 40, fill=(232, 234, 234), outline=(120, 122, 124), width=8)
    draw.rectangle((300, 190, 700, 310), fill=(34, 36, 38))
    step = 380 / len(index)
    for place, digit in enumerate(index):
        x = 312 + place * step
        litres = len(index) >= LONG_INDEX and place >= len(index) - RED_DIGITS
        draw.rectangle((x, 200, x + step - 10, 300), fill=(214, 64, 54) if litres else (250, 250, 246))
        _digit(draw, digit, (x + 8, 212), (step - 26, 76), (20, 20, 20))
    draw.ellipse((420, 400, 580, 560), outline=(120, 122, 124), width=6)
    draw.line((500, 480, 548, 430), fill=(196, 30, 30), width=7)
    for bar in range(26):
        draw.rectangle((330 + bar * 13, 600, 330 + bar * 13 + rng.randint(3, 9), 646), fill=(30, 30, 30))
    return image


def keys(rng: random.Random, count: str) -> Image.Image:
    """`count` keys and a badge on a worktop."""
    image = mottle(blank((188, 164, 134)), rng, 0.14, 120)
    draw = ImageDraw.Draw(image)
    for number in range(int(count)):
        x, y = 150 + number * 170, 250 + rng.randint(-40, 40)
        draw.ellipse((x - 55, y - 105, x + 55, y + 5), fill=(200, 186, 140), outline=(134, 120, 80), width=5)
        draw.ellipse((x - 18, y - 86, x + 18, y - 50), fill=(172, 148, 116))
        draw.rectangle((x - 14, y, x + 14, y + 240), fill=(206, 192, 148), outline=(134, 120, 80), width=3)
        for tooth in range(5):
            top = y + 90 + tooth * 28
            draw.rectangle((x + 14, top, x + 14 + rng.randint(8, 26), top + 18), fill=(206, 192, 148))
    draw.ellipse((770, 400, 900, 560), fill=(40, 60, 110), outline=(24, 38, 72), width=4)
    draw.ellipse((812, 412, 858, 456), fill=(186, 160, 128))
    return image


_SEGMENTS = dict(
    zip(
        "0123456789",
        ("abcdef", "bc", "abged", "abgcd", "fgbc", "afgcd", "afgedc", "abc", "abcdefg", "abcdfg"),
        strict=True,
    )
)


def _digit(
    draw: ImageDraw.ImageDraw, digit: str, at: tuple[float, float], size: tuple[float, float], colour: Colour
) -> None:
    """A digit in seven strokes."""
    (x, y), (width, height) = at, size
    middle = height / 2
    strokes = {
        "a": (0.0, 0.0, width, 0.0),
        "b": (width, 0.0, width, middle),
        "c": (width, middle, width, height),
        "d": (0.0, height, width, height),
        "e": (0.0, middle, 0.0, height),
        "f": (0.0, 0.0, 0.0, middle),
        "g": (0.0, middle, width, middle),
    }
    for name in _SEGMENTS[digit]:
        left, top, right, bottom = strokes[name]
        draw.line((x + left, y + top, x + right, y + bottom), fill=colour, width=9)
