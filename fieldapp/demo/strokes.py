"""Drawn signatures: what a pen leaves, invented."""

import math
import random

from fieldapp.domain.act import BOX

Strokes = list[list[list[int]]]

_WIDTH, _HEIGHT = 300.0, 115.0
_SAMPLE_MS = 12
_LIFTED_MS = 160


def signature(name: str) -> Strokes:
    """A plausible signature for a name: a tall initial, uneven loops on a rising line, a flourish, a dot.

    Strokes of `[x, y, milliseconds]` inside the box of a signature; the same name, the same strokes.
    """
    rng = random.Random(name)  # noqa: S311 - a drawing, not a secret
    pen = _loops(rng, letters=7 + len(name) % 4)
    pen += _flourish(rng, pen[-1])
    dot = (_WIDTH * rng.uniform(0.3, 0.6), _HEIGHT * rng.uniform(0.08, 0.2))
    clock, strokes = 0, []
    for line in (pen, [dot, (dot[0] + rng.uniform(3, 26), dot[1] - 2)]):
        strokes.append([[*_in_box(x, y), clock + step * _SAMPLE_MS] for step, (x, y) in enumerate(line)])
        clock += len(line) * _SAMPLE_MS + _LIFTED_MS
    return strokes


def _loops(rng: random.Random, letters: int) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    x, base, rise = 16.0, _HEIGHT * 0.6, rng.uniform(0.02, 0.1)
    slant, step = rng.uniform(0.25, 0.6), _WIDTH * 0.66 / letters
    for letter in range(letters):
        tall = rng.uniform(0.5, 0.6) if letter == 0 else rng.choice((0.07, 0.12, 0.16, 0.2, 0.14, 0.44))
        wide = step * (1.6 if letter == 0 else rng.uniform(0.5, 1.3))
        loop = rng.uniform(0.15, 0.85)
        dip = rng.choice((0.0, 0.0, 0.0, 0.28)) if letter > 1 else 0.0
        for part in range(12):
            angle = 2 * math.pi * part / 12
            y = base - _HEIGHT * tall * (1 - math.cos(angle)) / 2
            y += _HEIGHT * dip * math.sin(angle / 2) if part > 6 else 0.0
            across = x + wide * part / 12 - step * loop * math.sin(angle) + (base - y) * slant
            points.append((across, y + rng.uniform(-0.5, 0.5)))
        x, base = x + wide, base - rise * wide
    return points


def _flourish(rng: random.Random, end: tuple[float, float]) -> list[tuple[float, float]]:
    x, y = end
    match rng.randrange(3):
        case 0:
            return [(x + 6 * step, y + 14 * math.sin(step / 2)) for step in range(1, 9)]
        case 1:
            return [(x + 16 - 24 * step, _HEIGHT * 0.82 + 4 * math.sin(step)) for step in range(8)]
        case _:
            down = [(x + 22 * math.sin(step / 2.2), y + 9 * step) for step in range(1, 5)]
            return down + [(x - 30 * step, _HEIGHT * 0.9 - step) for step in range(1, 6)]


def _in_box(x: float, y: float) -> tuple[int, int]:
    width, height = BOX
    return (
        max(0, min(width, round(x * width / _WIDTH))),
        max(0, min(height, round(y * height / _HEIGHT))),
    )
