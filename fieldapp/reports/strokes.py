"""Handwriting as it was drawn: pen points become one smooth vector path."""

from collections.abc import Iterable, Sequence

BOX = (3000, 1150)
"""Width and height of the box in which strokes are recorded."""


def path(strokes: Iterable[Sequence[Sequence[int]]]) -> str:
    """The SVG path through the points `[x, y, ms]` of each stroke (Catmull-Rom splines as cubic Bézier curves)."""
    out: list[str] = []
    for stroke in strokes:
        points = [(point[0], point[1]) for point in stroke]
        if not points:
            continue
        out.append(f"M{points[0][0]} {points[0][1]}")
        if len(points) == 1:
            out.append("h1")
        around = [points[0], *points, points[-1]]
        for before, start, end, after in zip(around, around[1:], around[2:], around[3:], strict=False):
            first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
            second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
            out.append(f"C{first[0]:.0f} {first[1]:.0f} {second[0]:.0f} {second[1]:.0f} {end[0]} {end[1]}")
    return "".join(out)
